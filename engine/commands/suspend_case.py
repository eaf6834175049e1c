from dataclasses import dataclass

from engine.command import Command
from engine.permissions import must_be_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class SuspendCase(Command[None]):
    """Stop a case technically, with a reason: nobody can act on it until it is resumed. Legal clocks keep running."""

    case_id: str
    reason: str

    def execute(self, work: Work) -> None:
        folder = work.lock_case(self.case_id)
        must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        folder.case.suspend(reason=self.reason)
        folder.record("case_suspended", reason=self.reason)
