from dataclasses import dataclass

from engine.command import Command
from engine.permissions import must_be_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ResumeCase(Command[None]):
    """Let a suspended case go on, with a reason; clocks that ran out meanwhile fire now."""

    case_id: str
    reason: str

    def execute(self, work: Work) -> None:
        folder = work.lock_case(self.case_id, clocks_first=False)
        must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        folder.case.resume(reason=self.reason)
        folder.record("case_resumed", reason=self.reason)
