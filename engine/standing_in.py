"""Who acts for whom today: read with the person at every login, and for those who are told or handed something."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from engine.actor import Absent, Actor, Membership
from engine.groups import LINES
from engine.model import GroupMembership, Person, StandIn, UserTask

IN_PERSON = "person"
"""Among the groups of a stand-in: what is addressed to the absent person by name."""


def in_force(on: Any) -> Any:
    """An SQL condition on `StandIn`; `on` is a day or a parameter for one."""
    return and_(StandIn.ended_at.is_(None), StandIn.starts_on <= on, StandIn.ends_on >= on)


def acting(session: Session, person: Person, *, today: date) -> Actor:
    """A person, loaded with memberships, as at a login of this day."""
    return with_absent(session, person.as_actor(), today=today)


def with_absent(session: Session, actor: Actor, *, today: date) -> Actor:
    """This actor with those for whom they stand in today; in one statement."""
    rows = session.execute(_of(actor.person_id, today)).all()
    if not rows:
        return actor
    return replace(actor, absent=_absent(rows, actor, today), has_stood_in=True)


def stand_ins_of(session: Session, person_ids: Collection[str], *, today: date) -> Sequence[StandIn]:
    """Those who stand in today for any of these people."""
    if not person_ids:
        return ()
    here = select(Person.id).where(Person.id == StandIn.stand_in_id, Person.left_at.is_(None)).exists()
    query = select(StandIn).where(StandIn.person_id.in_(person_ids), in_force(today), here)
    return session.scalars(query.order_by(StandIn.id)).all()


def is_of_one_line(membership: Membership, own: Iterable[Membership]) -> bool:
    """Whether somebody with these memberships can do the work of that one; in an enterprise only those of the same."""
    line = LINES.get(membership.group)
    return line is not None and any(
        LINES.get(mine.group) == line and mine.organisation_id == membership.organisation_id for mine in own
    )


def stale_tasks(actor: Actor) -> Any:
    """An SQL condition on `UserTask`: held for somebody whose time of absence is over."""
    current = [one.person_id for one in actor.absent]
    for_another = (UserTask.assignee_id == actor.person_id, UserTask.on_behalf_of_id.is_not(None))
    stale = select(UserTask.id).where(*for_another, UserTask.on_behalf_of_id.not_in(current))
    return UserTask.id.in_(stale)


def _of(person_id: str, today: date) -> Any:
    """All in whose stead they ever stood; memberships only of those for whom they do today."""
    lasts = or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= today)
    return (
        select(StandIn, Person.username, Person.name, Person.left_at, GroupMembership)
        .join(Person, Person.id == StandIn.person_id)
        .outerjoin(GroupMembership, and_(GroupMembership.person_id == Person.id, lasts, in_force(today)))
        .where(StandIn.stand_in_id == person_id)
        .order_by(Person.name, StandIn.id, GroupMembership.id)
    )


def _absent(rows: Sequence[Row[Any]], actor: Actor, today: date) -> tuple[Absent, ...]:
    found: dict[str, Absent] = {}
    for stand_in, username, name, left_at, membership in rows:
        if left_at is not None or not stand_in.is_in_force(on=today):
            continue
        known = found.get(stand_in.id) or Absent(
            stand_in.person_id, username, name, stand_in.ends_on, (), is_in_person(stand_in), _only(stand_in)
        )
        if membership is not None and _passes(stand_in, membership.as_membership(), actor):
            known = replace(known, memberships=(*known.memberships, membership.as_membership()))
        found[stand_in.id] = known
    return tuple(found.values())


def is_in_person(stand_in: StandIn) -> bool:
    return stand_in.groups is None or IN_PERSON in stand_in.groups


def _passes(stand_in: StandIn, membership: Membership, actor: Actor) -> bool:
    is_meant = stand_in.groups is None or membership.group in stand_in.groups
    return is_meant and is_of_one_line(membership, actor.memberships)


def _only(stand_in: StandIn) -> frozenset[str]:
    return frozenset(stand_in.processes or ())
