"""The register of people, for system and security administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.groups import ADMINISTRATORS, SECURITY
from engine.leaving import OpenRole, roles_of
from engine.memberships import coming
from engine.model import (
    ComingMembership,
    GroupMembership,
    Invitation,
    LoginSession,
    LoginThrottle,
    Organisation,
    Person,
    UserTask,
)
from engine.model.user_task import TaskState
from engine.people import known_person
from engine.permissions import must_be_in
from engine.queries.looking_up import organisations_by_id
from engine.queries.paging import Page, page_of

STATES = ("here", "waiting", "left")


@dataclass(frozen=True)
class PersonLine:
    """`state` is here, waiting (has chosen no password yet) or left."""

    id: str
    username: str
    name: str
    organisation: str | None
    organisation_id: str | None
    post: str | None
    groups: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class MembershipRow:
    """`starts_on` is set for one that has not begun."""

    id: str
    group: str
    town: str | None
    organisation: str | None
    since: date | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class PersonFile:
    """`answers` fill the form of a person; `roles` are party roles in cases that have not ended."""

    id: str
    username: str
    name: str
    state: str
    left_at: datetime | None
    organisation: str | None
    organisation_id: str | None
    answers: Mapping[str, Any]
    memberships: tuple[MembershipRow, ...]
    roles: tuple[OpenRole, ...]
    open_tasks: int
    sessions: int
    invited_until: datetime | None
    locked_until: datetime | None
    failures: int
    version: int


@dataclass(frozen=True)
class PersonFilter:
    """`text` looks in name, user name and telephone; `state` is one of STATES."""

    text: str | None = None
    organisation_id: str | None = None
    group: str | None = None
    town: str | None = None
    state: str | None = None


def people(
    session: Session, actor: Actor, *, filters: PersonFilter, cursor: str | None = None, limit: int = 50
) -> Page[PersonLine]:
    """By name."""
    must_be_in(actor, ADMINISTRATORS, SECURITY)
    query, key = _filtered(select(Person), filters), ((Person.name, str), (Person.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit)
    return page.of(_lines(session, page.items))


def person_file(session: Session, actor: Actor, person_id: str, *, now: datetime) -> PersonFile:
    """Raises PersonNotFound."""
    must_be_in(actor, ADMINISTRATORS, SECURITY)
    person = known_person(session, person_id)
    place = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    invitation = session.get(Invitation, person.id)
    throttle = session.get(LoginThrottle, person.username)
    logins = session.scalars(select(LoginSession).where(LoginSession.person_id == person.id))
    held = (UserTask.assignee_id == person.id, UserTask.state == TaskState.CLAIMED)
    entry = {"username": person.username, "name": person.name, "phone": person.phone, "post": person.post}
    return PersonFile(
        id=person.id,
        username=person.username,
        name=person.name,
        state=_state(person),
        left_at=person.left_at,
        organisation=place.name if place else None,
        organisation_id=person.organisation_id,
        answers={**entry, "organisation": place.name if place else None},
        memberships=_memberships(session, person),
        roles=roles_of(session, person.id),
        open_tasks=session.scalar(select(func.count()).select_from(UserTask).where(*held)) or 0,
        sessions=sum(login.is_valid(at=now) for login in logins),
        invited_until=invitation.expires_at if invitation and invitation.expires_at > now else None,
        locked_until=throttle.locked_until if throttle and throttle.is_locked(at=now) else None,
        failures=throttle.failures if throttle else 0,
        version=person.lock_version,
    )


def _memberships(session: Session, person: Person) -> tuple[MembershipRow, ...]:
    waiting = coming(session, person.id)
    both: list[GroupMembership | ComingMembership] = [*person.memberships, *waiting]
    names = organisations_by_id(session, [m.organisation_id for m in both])
    in_force = sorted(person.memberships, key=lambda m: (m.group, m.town or "", m.id))
    return tuple(
        MembershipRow(
            id=m.id,
            group=m.group,
            town=m.town,
            organisation=names.get(m.organisation_id or ""),
            since=m.since if isinstance(m, GroupMembership) else None,
            starts_on=m.starts_on if isinstance(m, ComingMembership) else None,
            ends_on=m.ends_on,
        )
        for m in (*in_force, *waiting)
    )


def _lines(session: Session, found: list[Person]) -> list[PersonLine]:
    places = organisations_by_id(session, [p.organisation_id for p in found])
    ids = [p.id for p in found]
    held = select(GroupMembership.person_id, GroupMembership.group).where(GroupMembership.person_id.in_(ids))
    groups: dict[str, set[str]] = {}
    for person_id, group in session.execute(held) if ids else ():
        groups.setdefault(person_id, set()).add(group)
    return [
        PersonLine(
            id=p.id,
            username=p.username,
            name=p.name,
            organisation=places.get(p.organisation_id or ""),
            organisation_id=p.organisation_id,
            post=p.post,
            groups=tuple(sorted(groups.get(p.id, ()))),
            state=_state(p),
        )
        for p in found
    ]


def _state(person: Person) -> str:
    if person.left_at is not None:
        return "left"
    return "waiting" if person.password_hash is None else "here"


def _filtered(query: Select[Any], filters: PersonFilter) -> Select[Any]:
    if filters.text:
        like = "%" + filters.text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        places = (Person.name, Person.username, Person.phone)
        query = query.where(or_(*(place.ilike(like, escape="\\") for place in places)))
    if filters.organisation_id:
        query = query.where(Person.organisation_id == filters.organisation_id)
    if filters.group or filters.town:
        held = [GroupMembership.person_id == Person.id]
        held += [GroupMembership.group == filters.group] if filters.group else []
        held += [GroupMembership.town == filters.town] if filters.town else []
        query = query.where(exists().where(*held))
    return query.where(*_in_state(filters.state))


def _in_state(state: str | None) -> list[Any]:
    """Those who left are shown only when they are asked for."""
    if state == "left":
        return [Person.left_at.is_not(None)]
    chosen = {"here": Person.password_hash.is_not(None), "waiting": Person.password_hash.is_(None)}
    return [Person.left_at.is_(None), *([chosen[state]] if state in chosen else [])]
