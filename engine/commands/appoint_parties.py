from dataclasses import dataclass

from engine.case_call import people_named
from engine.command import Command
from engine.model.case import must_give_reason
from engine.parties import appoint, must_be_fit
from engine.permissions import must_be_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class AppointParties(Command[None]):
    """Replace the people who have a role in a case, with a reason; those who negotiate must be fit by law."""

    case_id: str
    role: str
    persons: tuple[str, ...]
    reason: str

    def execute(self, work: Work) -> None:
        folder = work.lock_case(self.case_id)
        must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        folder.case.must_be_running()
        must_give_reason(self.reason)
        people = people_named(work.session, self.persons)
        must_be_fit(folder, role=self.role, people=people)
        appoint(folder, role=self.role, people=people, reason=self.reason)
