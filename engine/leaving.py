"""People who leave: what they may do ends at once, what they had to do goes to others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from engine.experts import dismiss_who_left
from engine.handing_back import hand_back
from engine.memberships import must_not_be_last_administrator
from engine.model import (
    CalendarFeed,
    Case,
    ComingMembership,
    Invitation,
    LoginSession,
    MailAddress,
    Party,
    Person,
    StandIn,
)
from engine.model.case import CaseStatus
from engine.naming_stand_ins import end_stand_in
from engine.people import known_person
from engine.work import Work

# A request that was let in a moment before may still take a task; nobody waits longer for a request than this.
STRAGGLERS_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class OpenRole:
    """A party role of a case that has not ended, held by somebody who left."""

    case_id: str
    number: str
    title: str
    role: str


@dataclass(frozen=True)
class Departure:
    tasks: int
    roles: tuple[OpenRole, ...]


def leave(work: Work, person: Person, *, reason: str, successor: Person | None = None) -> Departure:
    """`person` is locked and has memberships. Raises LastAdministrator."""
    must_not_be_last_administrator(work.session, person, {m.group for m in person.memberships})
    end_access(work, person)
    end_stand_ins(work, person)
    dismiss_who_left(work, person)
    person.left_at = work.now
    tasks = hand_back(work, person, audiences=(), reason=reason, successor=successor)
    roles = roles_of(work.session, person.id)
    for role in roles:
        facts = {"case_id": role.case_id, "role": role.role, "name": person.name}
        work.enqueue("notify_party_left", facts)
    work.enqueue("hand_back_stragglers", {"person_id": person.id, "reason": reason}, after=STRAGGLERS_AFTER)
    facts = {"person": person.username, "tasks": tasks, "roles": [f"{r.number} {r.role}" for r in roles]}
    facts |= {"successor": successor.username} if successor else {}
    work.administer("person_left", person.subject, reason=reason, details=facts)
    return Departure(tasks, roles)


def end_access(work: Work, person: Person) -> None:
    """No session, no code, no membership, now or coming; no mail, and the calendar's address is dead."""
    end_sessions(work, person.id)
    work.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))
    work.session.execute(delete(MailAddress).where(MailAddress.person_id == person.id))
    work.session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    work.session.execute(delete(ComingMembership).where(ComingMembership.person_id == person.id))
    person.memberships.clear()


def end_stand_ins(work: Work, person: Person) -> None:
    """Nobody acts for somebody who left, and they act for nobody."""
    theirs = or_(StandIn.person_id == person.id, StandIn.stand_in_id == person.id)
    lasting = (theirs, StandIn.ended_at.is_(None), StandIn.ends_on >= work.today)
    for stand_in in work.session.scalars(select(StandIn).where(*lasting).order_by(StandIn.id)).all():
        end_stand_in(work, stand_in, reason=None)


def end_sessions(work: Work, person_id: str) -> None:
    mine = (LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None))
    work.session.execute(update(LoginSession).where(*mine).values(revoked_at=work.now))


def roles_of(session: Session, person_id: str) -> tuple[OpenRole, ...]:
    """The party roles of a person in cases that have not ended."""
    query = select(Case.id, Case.number, Case.title, Party.role).join(Party, Party.case_id == Case.id)
    running = Case.status.in_((CaseStatus.RUNNING, CaseStatus.SUSPENDED))
    rows = session.execute(query.where(Party.person_id == person_id, running).order_by(Case.number, Party.role))
    return tuple(OpenRole(*row) for row in rows)


def hand_back_stragglers(work: Work, args: Mapping[str, Any]) -> None:
    """What somebody who left still took while they were leaving."""
    person = known_person(work.session, args["person_id"])
    if person.left_at is not None:
        hand_back(work, person, audiences=(), reason=args["reason"])
