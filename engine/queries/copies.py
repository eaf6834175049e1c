"""What was sent to whom to read, and whether they did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased, selectinload

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Case, CaseAudience, CaseCopy, GroupMembership, Person, UserTask
from engine.people import by_sound
from engine.permissions import PERSON, is_in_charge
from engine.queries.paging import Page, page_of
from engine.queries.rows import CopyRow
from engine.queries.seeing import readable_case

MOST_OFFICIALS = 200
_SENDER = aliased(Person)


@dataclass(frozen=True)
class Reader:
    """Somebody to whom a case may be sent; `groups` say what they are in it or in the city."""

    username: str
    name: str
    groups: tuple[str, ...]


def copies_of(session: Session, actor: Actor, case_id: str) -> tuple[CopyRow, ...]:
    """Everything that was sent of a case, the newest first. Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    query = _rows().where(CaseCopy.case_id == case.id).order_by(CaseCopy.at.desc(), CaseCopy.id)
    return tuple(_row(*found) for found in session.execute(query))


def unread_copies(session: Session, actor: Actor, case_id: str) -> tuple[CopyRow, ...]:
    """What of this case was sent to this person and waits to be confirmed as read."""
    mine = (CaseCopy.case_id == case_id, CaseCopy.person_id == actor.person_id, CaseCopy.read_at.is_(None))
    return tuple(_row(*found) for found in session.execute(_rows().where(*mine).order_by(CaseCopy.at)))


def my_copies(session: Session, actor: Actor, *, cursor: str | None = None, limit: int = 50) -> Page[CopyRow]:
    """What was sent to this person, the newest first."""
    query, key = _rows().where(CaseCopy.person_id == actor.person_id), ((CaseCopy.at, datetime), (CaseCopy.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(_row(*found) for found in page.items)


def possible_readers(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> tuple[Reader, ...]:
    """Whom this person may send the case to: those who may read it, and for officials their colleagues."""
    case = readable_case(session, actor, case_id)
    process = catalogue.bundle(session, case.deployment_id).process
    ids = {i.removeprefix(PERSON) for i in _persons_who_see(session, case)}
    if is_in_charge(actor, process.oversight_groups, town=case.town):
        ids |= set(session.scalars(_officials(process.official_groups)))
    query = select(Person).where(Person.id.in_(ids), Person.left_at.is_(None), Person.id != actor.person_id)
    people = sorted(session.scalars(query.options(selectinload(Person.memberships))), key=by_sound)
    return tuple(Reader(p.username, p.name, _roles(p, case)) for p in people)


def _persons_who_see(session: Session, case: Case) -> list[str]:
    whole = (CaseAudience.case_id == case.id, CaseAudience.is_guest.is_(False))
    return list(session.scalars(select(CaseAudience.audience).where(*whole, CaseAudience.audience.like(f"{PERSON}%"))))


def _officials(groups: frozenset[str]) -> Select[Any]:
    of_the_city = (GroupMembership.group.in_(groups), GroupMembership.organisation_id.is_(None))
    return select(GroupMembership.person_id).where(*of_the_city).distinct().limit(MOST_OFFICIALS)


def _roles(person: Person, case: Case) -> tuple[str, ...]:
    roles = [role for role, people in case.parties.items() if person.username in people]
    return tuple(roles or sorted({m.group for m in person.memberships}))


def _rows() -> Select[Any]:
    query = select(CaseCopy, Case.number, Case.title, UserTask.name, Person, _SENDER)
    query = query.join(Case, Case.id == CaseCopy.case_id).outerjoin(UserTask, UserTask.id == CaseCopy.task_id)
    return query.join(Person, Person.id == CaseCopy.person_id).join(_SENDER, _SENDER.id == CaseCopy.sent_by_id)


def _row(copy: CaseCopy, number: str, title: str, task_name: str | None, reader: Person, sender: Person) -> CopyRow:
    return CopyRow(
        id=copy.id,
        case_id=copy.case_id,
        case_number=number,
        case_title=title,
        task_id=copy.task_id,
        task_name=task_name,
        reader=reader.username,
        reader_name=reader.name,
        sent_by=sender.username,
        sent_by_name=sender.name,
        note=copy.note,
        at=copy.at,
        read_at=copy.read_at,
    )
