"""Who may read what somebody adds to a case: one side of the table, both sides, the offices in charge, or everybody.

What one side writes for itself the other side never sees, and neither do the offices; and the reverse.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.definitions.process import Process
from engine.errors import NotAllowed
from engine.groups import EMPLOYER_SIDE, WORKER_SIDE
from engine.model import Case, Document, GroupMembership, Person
from engine.permissions import group_audiences, person_audience
from engine.visibility import reaches_whole
from engine.work import CaseNotFound

MOST_PEOPLE = 300
WORKERS, EMPLOYERS = WORKER_SIDE, EMPLOYER_SIDE


class Circle(StrEnum):
    WORKER = "worker"
    EMPLOYER = "employer"
    CHIEFS = "chiefs"
    SIDES = "sides"
    OFFICE = "office"
    EVERYBODY = "everybody"


class NotInCircle(NotAllowed):
    """This is for people of the other side, or for the offices, only."""


_ROLES = {Circle.WORKER: WORKERS, Circle.EMPLOYER: EMPLOYERS}
_CHIEFS = frozenset({"worker_chief", "employer_chief"})


def circles_of(session: Session, case: Case, process: Process, actor: Actor) -> tuple[Circle, ...]:
    """The circles this reader is in, the own one first. Raises CaseNotFound for those who see only their own part."""
    if actor is SYSTEM:
        return tuple(Circle)
    if not _reads_all(session, case, actor):
        raise CaseNotFound(case_id=case.id)
    return own_circles(case, process, actor)


def own_circles(case: Case, process: Process, actor: Actor) -> tuple[Circle, ...]:
    """The same for somebody of whom is known that he reads all of the case."""
    own = [side for side, roles in _ROLES.items() if _holds(case, roles, actor.person_id)]
    if len(own) > 1:  # nobody speaks for both sides
        return (Circle.EVERYBODY,)
    if own:
        chiefs = [Circle.CHIEFS] if _holds(case, _CHIEFS, actor.person_id) else []
        return (*own, *chiefs, Circle.SIDES, Circle.EVERYBODY)
    is_office = any(_is_of_office(case, actor, group) for group in office_groups(case, process))
    is_office = is_office or _stands_in_for_office(case, process, actor)
    return (Circle.OFFICE, Circle.EVERYBODY) if is_office else (Circle.EVERYBODY,)


def for_the_eyes_of(session: Session, case: Case, process: Process, actor: Actor) -> Any:
    """An SQL condition on `Document`: those for this reader; for somebody who sees only a part, what he added."""
    own: ColumnElement[bool] = Document.uploaded_by == actor.person_id
    try:
        return own | Document.circle.in_(circles_of(session, case, process, actor))
    except CaseNotFound:
        return own


def office_groups(case: Case, process: Process) -> tuple[str, ...]:
    """The groups in charge and those that were offered a task; not the people of the enterprise itself."""
    groups = dict.fromkeys([*process.oversight_groups, *case.readers])
    return tuple(g for g in groups if g not in WORKERS | EMPLOYERS | set(process.guest_groups))


def people_of(session: Session, case: Case, process: Process, circle: Circle) -> dict[str, tuple[str, str]]:
    """{username: (person id, name)} of those in a circle who are still here."""
    ids: set[str] = set()
    for side, roles in _ROLES.items():
        if circle in (side, Circle.SIDES, Circle.EVERYBODY):
            ids |= {p for role in roles for p in (case.parties.get(role) or {}).values()}
    if circle == Circle.CHIEFS:
        ids |= {p for role in _CHIEFS for p in (case.parties.get(role) or {}).values()}
    if circle == Circle.EVERYBODY:
        ids |= {p for people in case.parties.values() for p in people.values()} | {case.created_by}
    if circle in (Circle.OFFICE, Circle.EVERYBODY):
        ids |= _officials(session, case, office_groups(case, process))
    query = select(Person.username, Person.id, Person.name).where(Person.id.in_(ids), Person.left_at.is_(None))
    return {username: (id_, name) for username, id_, name in session.execute(query.order_by(Person.name, Person.id))}


def _reads_all(session: Session, case: Case, actor: Actor) -> bool:
    return bool(session.scalar(select(reaches_whole(actor, literal(case.id)))))


def _holds(case: Case, roles: Iterable[str], person_id: str) -> bool:
    return any(person_id in (case.parties.get(role) or {}).values() for role in roles)


def _is_of_office(case: Case, actor: Actor, group: str) -> bool:
    return bool(actor.audiences & set(group_audiences(group, town=case.town, organisation_id=None)))


def _stands_in_for_office(case: Case, process: Process, actor: Actor) -> bool:
    """The circles of a side are never passed on; who is of no side may read what the office of an absent one reads."""
    keys = {k for g in office_groups(case, process) for k in group_audiences(g, town=case.town, organisation_id=None)}
    in_process = [one for one in actor.absent if not one.processes or case.process in one.processes]
    return any((one.audiences - {person_audience(one.person_id)}) & keys for one in in_process)


def _officials(session: Session, case: Case, groups: Iterable[str]) -> set[str]:
    here = GroupMembership.town.is_(None) | (GroupMembership.town == case.town)
    members = select(GroupMembership.person_id).where(
        GroupMembership.group.in_(list(groups)), GroupMembership.organisation_id.is_(None), here
    )
    return set(session.scalars(members.limit(MOST_PEOPLE)))
