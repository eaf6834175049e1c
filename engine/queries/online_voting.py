"""Which enterprises may vote online, for the officials of the union who watch over them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import OnlineVotingSwitch, Organisation
from engine.queries.looking_up import people_by_username
from engine.queries.paging import Page, clamp, read_cursor, write_cursor
from engine.voting_places import enterprise_under, under


@dataclass(frozen=True, kw_only=True)
class SwitchRow:
    """`by` is a name."""

    is_off: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OnlineVotingRow:
    """`last` is the newest switch, None when nobody ever touched it."""

    id: str
    name: str
    uscc: str | None
    town: str | None
    is_off: bool
    last: SwitchRow | None


def online_voting(
    session: Session,
    actor: Actor,
    *,
    text: str | None = None,
    is_off: bool | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[OnlineVotingRow]:
    """By name; `text` looks in name and credit code. Raises NotInGroup."""
    query = select(Organisation).where(under(actor))
    if text:
        like = f"%{text.replace('%', '')}%"
        query = query.where(or_(Organisation.name.like(like), Organisation.uscc.like(like)))
    if is_off is not None:
        query = query.where(Organisation.online_voting_off.is_(is_off))
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Organisation.id).subquery()))
    key = (Organisation.name, Organisation.id)
    if cursor:
        query = query.where(tuple_(*key) > read_cursor(cursor, str, str))
    found = session.scalars(query.order_by(*key).limit(clamp(limit) + 1)).all()
    shown = found[: clamp(limit)]
    more = write_cursor(shown[-1].name, shown[-1].id) if len(found) > len(shown) else None
    return Page(tuple(_rows(session, shown)), more, total or 0)


def online_voting_of(
    session: Session, actor: Actor, enterprise_id: str
) -> tuple[OnlineVotingRow, tuple[SwitchRow, ...]]:
    """One enterprise with every switch, the newest first. Raises NotInGroup and EnterpriseNotWatched."""
    enterprise = enterprise_under(session, actor, enterprise_id)
    (row,) = _rows(session, [enterprise])
    return row, tuple(reversed(_switches(session, [enterprise.id]).get(enterprise.id, [])))


def _rows(session: Session, enterprises: Iterable[Organisation]) -> Iterable[OnlineVotingRow]:
    switches = _switches(session, [e.id for e in enterprises])
    for e in enterprises:
        last = switches.get(e.id, [None])[-1]
        yield OnlineVotingRow(id=e.id, name=e.name, uscc=e.uscc, town=e.town, is_off=e.online_voting_off, last=last)


def _switches(session: Session, enterprise_ids: list[str]) -> dict[str, list[SwitchRow]]:
    """The oldest first."""
    query = select(OnlineVotingSwitch).where(OnlineVotingSwitch.organisation_id.in_(enterprise_ids))
    found = session.scalars(query.order_by(OnlineVotingSwitch.id)).all()
    names = people_by_username(session, {row.by for row in found})
    rows: dict[str, list[SwitchRow]] = {}
    for row in found:
        told = SwitchRow(is_off=row.is_off, reason=row.reason, by=names.get(row.by, row.by), at=row.at)
        rows.setdefault(row.organisation_id, []).append(told)
    return rows
