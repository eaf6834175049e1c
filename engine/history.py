"""Writes history: every act becomes a link in the hash chain of its case, in the same transaction as the act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.audit import GENESIS, canonical_time, chain_hash
from engine.model import Case, HistoryEntry, HistoryStream
from engine.model.history_entry import SYSTEM_STREAM


@dataclass(frozen=True)
class Act:
    """What happened. `details` are facts that may be remembered; answers are referred to by digest."""

    action: str
    case: Case | None = None
    actor: str = "system"
    on_behalf_of: str | None = None
    element_id: str | None = None
    task_id: str | None = None
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def write(session: Session, acts: Iterable[Act], *, at: datetime) -> None:
    """Chain and store the acts in their order."""
    moment = at.astimezone(UTC)
    system_end: HistoryStream | None = None
    for act in acts:
        if act.case is not None:
            entry = _link(act, stream=act.case.id, seq=act.case.history_seq + 1, prev=act.case.history_head, at=moment)
            act.case.history_seq, act.case.history_head = entry.seq, entry.hash
        else:
            system_end = system_end or _system_end(session)
            entry = _link(act, stream=system_end.stream, seq=system_end.seq + 1, prev=system_end.head, at=moment)
            system_end.seq, system_end.head = entry.seq, entry.hash
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


def _system_end(session: Session) -> HistoryStream:
    end = session.get(HistoryStream, SYSTEM_STREAM, with_for_update=True)
    if end is None:
        end = HistoryStream(stream=SYSTEM_STREAM, seq=0, head=GENESIS)
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
