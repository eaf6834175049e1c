"""Writes history: every act becomes a link in a hash chain, in the same transaction as the act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.audit import GENESIS, canonical_time, chain_hash
from engine.model import Case, HistoryEntry, HistoryStream, HistorySubject
from engine.model.history_entry import SYSTEM_STREAM


@dataclass(frozen=True)
class Act:
    """What happened. `details` are facts that may be remembered; answers are referred to by digest.

    It stands in the chain of its case, else in `stream`. `subjects` are the people and organisations it is about,
    as `person:<id>` and `organisation:<id>`; only acts without a case have them.
    """

    action: str
    case: Case | None = None
    stream: str = SYSTEM_STREAM
    subjects: tuple[str, ...] = ()
    actor: str = "system"
    on_behalf_of: str | None = None
    element_id: str | None = None
    task_id: str | None = None
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def write(session: Session, acts: Iterable[Act], *, at: datetime) -> None:
    """Chain and store the acts in their order."""
    moment = at.astimezone(UTC)
    ends: dict[str, HistoryStream] = {}
    for act in acts:
        if act.case is not None:
            entry = _link(act, stream=act.case.id, seq=act.case.history_seq + 1, prev=act.case.history_head, at=moment)
            act.case.history_seq, act.case.history_head = entry.seq, entry.hash
        else:
            end = ends.get(act.stream) or ends.setdefault(act.stream, _end_of(session, act.stream))
            entry = _link(act, stream=end.stream, seq=end.seq + 1, prev=end.head, at=moment)
            end.seq, end.head = entry.seq, entry.hash
            session.add_all(HistorySubject(subject=s, stream=end.stream, seq=entry.seq) for s in act.subjects)
        session.add(entry)


def hashed_part(entry: HistoryEntry) -> dict[str, Any]:
    """The fields that the hash covers, as they stand in `history.jsonl`."""
    return {
        "stream": entry.stream,
        "seq": entry.seq,
        "at": canonical_time(entry.at),
        "actor": entry.actor,
        "on_behalf_of": entry.on_behalf_of,
        "action": entry.action,
        "element_id": entry.element_id,
        "task_id": entry.task_id,
        "reason": entry.reason,
        "details": entry.details,
        "prev": entry.prev,
    }


def _end_of(session: Session, stream: str) -> HistoryStream:
    end = session.get(HistoryStream, stream, with_for_update=True)
    if end is None:
        end = HistoryStream(stream=stream, seq=0, head=GENESIS)
        session.add(end)
    return end


def _link(act: Act, *, stream: str, seq: int, prev: str, at: datetime) -> HistoryEntry:
    entry = HistoryEntry(
        stream=stream,
        seq=seq,
        at=at,
        actor=act.actor,
        on_behalf_of=act.on_behalf_of,
        action=act.action,
        element_id=act.element_id,
        task_id=act.task_id,
        reason=act.reason,
        details=act.details,
        prev=prev,
    )
    entry.hash = chain_hash(prev, hashed_part(entry))
    return entry
