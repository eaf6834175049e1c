from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.command import Command
from engine.errors import Conflict
from engine.groups import SECURITY
from engine.invitations import issue
from engine.model import Organisation, Person
from engine.permissions import must_be_in
from engine.work import Work

MOST = 200_000


class CodesGivenBefore(Conflict):
    """Codes are given once and kept nowhere; a repeated request gets none."""


class NobodyToInvite(Conflict):
    """Everybody among these has chosen a password, or has left."""


@dataclass(frozen=True)
class InvitationCode:
    username: str
    name: str
    organisation: str
    code: str


@dataclass(frozen=True, kw_only=True)
class IssueInvitations(Command[tuple[InvitationCode, ...]]):
    """Give a fresh code for the first login to people who have no password; codes they had are worth nothing then.

    `person_ids`, else everybody of the organisation, else everybody. The codes are in the answer and nowhere else.
    """

    person_ids: tuple[str, ...] = ()
    organisation_id: str | None = None

    def execute(self, work: Work) -> tuple[InvitationCode, ...]:
        must_be_in(work.actor, SECURITY)
        wanted = [Person.password_hash.is_(None), Person.left_at.is_(None)]
        wanted += [Person.id.in_(self.person_ids)] if self.person_ids else []
        wanted += [Person.organisation_id == self.organisation_id] if self.organisation_id else []
        query = select(Person.id, Person.username, Person.name, Organisation.name).where(*wanted)
        query = query.outerjoin(Organisation, Organisation.id == Person.organisation_id)
        people = work.session.execute(query.order_by(Organisation.name, Person.username).limit(MOST)).all()
        if not people:
            raise NobodyToInvite()
        codes = issue(work.session, [person.id for person in people], at=work.now)
        subjects = [f"person:{person.id}" for person in people] if len(people) == 1 else []
        subjects += [f"organisation:{self.organisation_id}"] if self.organisation_id else []
        facts: dict[str, Any] = {"count": len(people)}
        facts |= {"person": people[0].username} if len(people) == 1 else {}
        work.administer("invitations_issued", *subjects, details=facts)
        return tuple(InvitationCode(p.username, p.name, p[3] or "", codes[p.id]) for p in people)

    def keep(self, result: tuple[InvitationCode, ...]) -> Any:
        return len(result)

    def revive(self, kept: Any) -> tuple[InvitationCode, ...]:
        raise CodesGivenBefore(count=kept)
