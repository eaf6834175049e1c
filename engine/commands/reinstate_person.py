from dataclasses import dataclass

from engine.command import Command
from engine.errors import Conflict
from engine.groups import ADMINISTRATORS
from engine.model.case import must_give_reason
from engine.people import known_person
from engine.permissions import must_be_in
from engine.work import Work


class PersonStillHere(Conflict):
    """This person has not left."""


@dataclass(frozen=True, kw_only=True)
class ReinstatePerson(Command[None]):
    """Take a person back who left; nothing they could do comes back with them, and they choose a new password."""

    person_id: str
    reason: str

    def execute(self, work: Work) -> None:
        must_be_in(work.actor, ADMINISTRATORS)
        must_give_reason(self.reason)
        person = known_person(work.session, self.person_id, lock=True)
        if person.left_at is None:
            raise PersonStillHere()
        person.left_at = person.password_hash = None
        facts = {"person": person.username}
        work.administer("person_reinstated", person.subject, reason=self.reason, details=facts)
