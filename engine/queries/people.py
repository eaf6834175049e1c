"""Who am I, and what was I told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.actor import Actor, Membership
from engine.model import Case, LoginSession, Mail, Notice, NoticeDelivery, Organisation
from engine.queries.paging import Page, page_of
from engine.queries.told import mail_state


@dataclass(frozen=True)
class OrganisationRow:
    id: str
    kind: str
    name: str
    uscc: str | None
    town: str | None


@dataclass(frozen=True)
class SessionRow:
    id: str
    agent: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class Me:
    id: str
    username: str
    name: str
    locale: str
    groups: tuple[str, ...]
    memberships: tuple[Membership, ...]
    organisations: tuple[OrganisationRow, ...]
    towns: tuple[str, ...]
    unread_notices: int
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True)
class NoticeRow:
    """`kind` names the sentence of the topic `notices`."""

    id: str
    at: datetime
    kind: str
    params: Mapping[str, Any]
    case_id: str | None
    case_number: str | None
    task_id: str | None
    read_at: datetime | None
    mail: str | None = None
    mail_at: datetime | None = None


def me(session: Session, actor: Actor, *, now: datetime) -> Me:
    ids = {m.organisation_id for m in actor.memberships if m.organisation_id}
    found = session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name))
    return Me(
        id=actor.person_id,
        username=actor.username,
        name=actor.name,
        locale=actor.locale,
        groups=tuple(sorted(actor.groups)),
        memberships=actor.memberships,
        organisations=tuple(OrganisationRow(o.id, o.kind, o.name, o.uscc, o.town) for o in found),
        towns=tuple(sorted({m.town for m in actor.memberships if m.town})),
        unread_notices=unread_notices(session, actor),
        sessions=_sessions(session, actor, now),
    )


def unread_notices(session: Session, actor: Actor) -> int:
    unread = select(func.count()).where(Notice.person_id == actor.person_id, Notice.read_at.is_(None))
    return session.scalar(unread) or 0


def notices(session: Session, actor: Actor, *, cursor: str | None = None, limit: int = 50) -> Page[NoticeRow]:
    query = select(Notice, Case.number, NoticeDelivery, Mail).outerjoin(Case, Case.id == Notice.case_id)
    query = query.outerjoin(NoticeDelivery, NoticeDelivery.notice_id == Notice.id)
    query = query.outerjoin(Mail, Mail.id == NoticeDelivery.mail_id)
    query, key = query.where(Notice.person_id == actor.person_id), ((Notice.at, datetime), (Notice.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(
        NoticeRow(n.id, n.at, n.kind, n.params, n.case_id, number, n.task_id, n.read_at, *mail_state(delivery, mail))
        for n, number, delivery, mail in page.items
    )


def _sessions(session: Session, actor: Actor, now: datetime) -> tuple[SessionRow, ...]:
    query = select(LoginSession).where(LoginSession.person_id == actor.person_id, LoginSession.revoked_at.is_(None))
    found = [s for s in session.scalars(query.order_by(LoginSession.created_at.desc())) if s.is_valid(at=now)]
    return tuple(SessionRow(s.id, s.agent, s.created_at, s.last_seen_at, s.id == actor.session_id) for s in found)
