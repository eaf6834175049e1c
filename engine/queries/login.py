"""Who has a session token."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor, Membership
from engine.model import GroupMembership, LoginSession, Person, StandIn
from engine.model.login import is_fresh
from engine.standing_in import with_absent


@dataclass(frozen=True)
class Login:
    actor: Actor
    created_at: datetime
    last_seen_at: datetime

    def is_valid(self, *, at: datetime) -> bool:
        return is_fresh(created_at=self.created_at, last_seen_at=self.last_seen_at, at=at)


def login_of(session: Session, token: str, *, today: date) -> Login | None:
    """In one statement, every request asks this; in two for who ever stood in for somebody. None for no valid token.

    A token is not valid when it is unknown or ended, or its owner has left.

    A membership ends with its last day, also when nobody has cleared it away yet.
    """
    facts = {"token_hash": hashlib.sha256(token.encode()).hexdigest(), "today": today}
    rows = session.execute(_QUERY, facts).all()
    if not rows:
        return None
    session_id, created_at, last_seen_at, person_id, username, name, locale, stands_in = rows[0][:8]
    memberships = tuple(Membership(group=g, town=t, organisation_id=o) for *_, g, t, o in rows if g is not None)
    actor = Actor(person_id, username, name, memberships, locale, session_id)
    if stands_in:
        actor = with_absent(session, actor, today=today)
    return Login(actor, created_at, last_seen_at)


_QUERY = (
    select(
        LoginSession.id,
        LoginSession.created_at,
        LoginSession.last_seen_at,
        Person.id,
        Person.username,
        Person.name,
        Person.locale,
        exists().where(StandIn.stand_in_id == Person.id).label("stands_in"),
        GroupMembership.group,
        GroupMembership.town,
        GroupMembership.organisation_id,
    )
    .join(Person, Person.id == LoginSession.person_id)
    .outerjoin(
        GroupMembership,
        and_(
            GroupMembership.person_id == Person.id,
            or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= bindparam("today", type_=Date)),
        ),
    )
    .where(
        LoginSession.token_hash == bindparam("token_hash"), LoginSession.revoked_at.is_(None), Person.left_at.is_(None)
    )
)
