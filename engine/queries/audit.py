"""What belongs to no case, for the audit administrator: what administrators did, logins and refusals; as a list, as
evidence that is verified offline, and whether the chain is whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.audit import GENESIS, Evidence, Head, Seal, build_evidence, seal_part
from engine.errors import Problem, Rejected
from engine.groups import AUDITORS
from engine.history import hashed_part
from engine.model import HistoryEntry, HistoryStream, SealedHead
from engine.model import Seal as SealRow
from engine.model.history_entry import ADMINISTRATION, SYSTEM_STREAM, WITHOUT_CASE
from engine.permissions import must_be_in
from engine.queries.administration import AdministrationRow, administration_rows
from engine.queries.chain_state import ChainState, state_of
from engine.queries.paging import Page, clamp, counted, read_cursor, write_cursor
from engine.work import CITY_TIME

STREAMS = (ADMINISTRATION, SYSTEM_STREAM)
MOST_IN_EXCERPT = 100_000
MOST_CHECKED = 20_000


class StreamUnknown(Rejected):
    """The chains without a case are administration and system."""


class ExcerptTooLong(Rejected):
    """So many entries are not taken out at once."""


@dataclass(frozen=True)
class AuditFilter:
    """`stream` is one of STREAMS; `actor` is a user name; the days are inclusive."""

    stream: str = ADMINISTRATION
    actor: str | None = None
    action: str | None = None
    since: date | None = None
    until: date | None = None


def audit(
    session: Session, actor: Actor, *, filters: AuditFilter, cursor: str | None = None, limit: int = 50
) -> Page[AdministrationRow]:
    """Newest first."""
    matching = _matching(actor, filters)
    total, is_exact = counted(session, matching.with_only_columns(HistoryEntry.seq))
    query = matching.order_by(HistoryEntry.seq.desc())
    if cursor:
        query = query.where(HistoryEntry.seq < read_cursor(cursor, int)[0])
    found = session.scalars(query.limit(clamp(limit) + 1)).all()
    shown = list(found[: clamp(limit)])
    more = write_cursor(shown[-1].seq) if len(found) > len(shown) else None
    return Page(administration_rows(session, shown), more, total, total_is_exact=is_exact)


def audit_lines(session: Session, actor: Actor, *, filters: AuditFilter) -> Iterator[AdministrationRow]:
    """The same, oldest first and all of it. Raises ExcerptTooLong."""
    matching = _matching(actor, filters)
    _must_fit(session, matching)
    for part in session.scalars(matching.order_by(HistoryEntry.seq)).partitions(1000):
        yield from administration_rows(session, list(part))


def audit_evidence(session: Session, actor: Actor, *, filters: AuditFilter, now: datetime) -> bytes:
    """The entries of these days as a bundle; an excerpt of the chain, with nothing left out. Raises ExcerptTooLong."""
    whole = AuditFilter(stream=filters.stream, since=filters.since, until=filters.until)
    matching = _matching(actor, whole)
    _must_fit(session, matching)
    entries = session.scalars(_without_gaps(session, matching, whole.stream)).all()
    head = Head(whole.stream, entries[-1].seq, entries[-1].hash) if entries else Head(whole.stream, 0, GENESIS)
    after = Head(whole.stream, entries[0].seq - 1, entries[0].prev) if entries else head
    return build_evidence(
        Evidence(
            case={
                "stream": whole.stream,
                "title": "审计记录 audit",
                "since": _iso(whole.since),
                "until": _iso(whole.until),
            },
            created_at=now,
            heads=[head],
            after={whole.stream: after},
            history=[{**hashed_part(entry), "hash": entry.hash} for entry in entries],
            seals=_seals(session, after=after, head=head),
        )
    )


def audit_state(session: Session, actor: Actor, stream: str) -> ChainState:
    """Hashes the chain again, of a long one the newest part."""
    must_be_in(actor, AUDITORS)
    end = session.get(HistoryStream, _known(stream))
    if end is None:
        return ChainState(0, GENESIS, None, None)
    begin = max(0, end.seq - MOST_CHECKED)
    before = session.get(HistoryEntry, (stream, begin)) if begin else None
    after = Head(stream, begin, before.hash) if before else None
    return state_of(session, Head(stream, end.seq, end.head), after=after)


def _matching(actor: Actor, filters: AuditFilter) -> Select[Any]:
    must_be_in(actor, AUDITORS)
    query = select(HistoryEntry).where(HistoryEntry.stream == _known(filters.stream), text(WITHOUT_CASE))
    query = query.where(HistoryEntry.actor == filters.actor) if filters.actor else query
    query = query.where(HistoryEntry.action == filters.action) if filters.action else query
    if filters.since:
        query = query.where(HistoryEntry.at >= _midnight(filters.since))
    if filters.until:
        query = query.where(HistoryEntry.at <= datetime.combine(filters.until, time.max, CITY_TIME))
    return query


def _without_gaps(session: Session, matching: Select[Any], stream: str) -> Select[Any]:
    """Times of neighbours may cross by a moment, so the first and the last of the days decide, and all between."""
    found = matching.with_only_columns(func.min(HistoryEntry.seq), func.max(HistoryEntry.seq))
    first, last = session.execute(found).one()
    between = HistoryEntry.seq.between(first or 0, last or 0)
    return select(HistoryEntry).where(HistoryEntry.stream == stream, between).order_by(HistoryEntry.seq)


def _known(stream: str) -> str:
    if stream not in STREAMS:
        raise StreamUnknown(problems=[Problem(path="stream", code="not_an_option")])
    return stream


def _must_fit(session: Session, matching: Select[Any]) -> None:
    number, is_all = counted(session, matching.with_only_columns(HistoryEntry.seq), most=MOST_IN_EXCERPT)
    if not is_all:
        raise ExcerptTooLong(most=number)


def _seals(session: Session, *, after: Head, head: Head) -> list[dict[str, Any]]:
    """The newest seal over an entry of the excerpt, if there is one."""
    inside = (SealedHead.stream == head.stream, SealedHead.seq > after.seq, SealedHead.seq <= head.seq)
    covering = select(SealRow).join(SealedHead, SealedHead.seal_id == SealRow.id).where(*inside)
    newest = session.scalars(covering.order_by(SealRow.number.desc()).limit(1)).first()
    if newest is None:
        return []
    leaves = select(SealedHead.stream, SealedHead.seq, SealedHead.hash).where(SealedHead.seal_id == newest.id)
    seal = Seal(**{name: value for name, value in newest.sealed.items() if name != "format"})
    return [seal_part(seal, heads=[Head(*leaf) for leaf in session.execute(leaves)], stream=head.stream)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CITY_TIME)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
