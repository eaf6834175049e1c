from dataclasses import dataclass

from engine.command import Command
from engine.errors import Conflict
from engine.groups import SECURITY
from engine.memberships import NotToYourself
from engine.model.case import must_give_reason
from engine.people import known_person
from engine.permissions import must_be_in
from engine.signing_in import forgive
from engine.work import Work


class LoginNotLocked(Conflict):
    """No wrong passwords count against this person."""


@dataclass(frozen=True, kw_only=True)
class UnlockLogin(Command[None]):
    """Let a person try to log in again at once after too many wrong passwords."""

    person_id: str
    reason: str

    def execute(self, work: Work) -> None:
        must_be_in(work.actor, SECURITY)
        must_give_reason(self.reason)
        if self.person_id == work.actor.person_id:
            raise NotToYourself()
        person = known_person(work.session, self.person_id)
        if not forgive(work, person.username):
            raise LoginNotLocked()
        work.administer("login_unlocked", person.subject, reason=self.reason, details={"person": person.username})
