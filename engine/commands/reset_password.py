from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.commands.issue_invitations import CodesGivenBefore
from engine.commands.record_leaving import PersonLeft
from engine.groups import SECURITY
from engine.invitations import issue
from engine.leaving import end_sessions
from engine.memberships import NotToYourself
from engine.model.case import must_give_reason
from engine.people import known_person
from engine.permissions import must_be_in
from engine.signing_in import forgive
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ResetPassword(Command[str]):
    """A person has lost their password or somebody else knows it: all their logins end, gives a code for a new one."""

    person_id: str
    reason: str

    def execute(self, work: Work) -> str:
        must_be_in(work.actor, SECURITY)
        must_give_reason(self.reason)
        if self.person_id == work.actor.person_id:
            raise NotToYourself()
        person = known_person(work.session, self.person_id, lock=True)
        if person.left_at is not None:
            raise PersonLeft(since=person.left_at.isoformat())
        person.password_hash = None
        end_sessions(work, person.id)
        forgive(work, person.username)
        work.administer("password_reset", person.subject, reason=self.reason, details={"person": person.username})
        return issue(work.session, [person.id], at=work.now)[person.id]

    def keep(self, result: str) -> Any:
        return None

    def revive(self, kept: Any) -> str:
        raise CodesGivenBefore(count=1)
