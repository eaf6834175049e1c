"""Whether a chain is whole as it lies in the database, that of a case or another, and which seal covers it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.audit import GENESIS, Head, Seal, SealNotGenuine, chain_hash, key_fingerprint
from engine.history import hashed_part
from engine.model import HistoryEntry, SealedHead
from engine.model import Seal as SealRow
from engine.queries.seeing import readable_case

BATCH = 500


@dataclass(frozen=True)
class CoveringSeal:
    """The newest seal over this chain: it fixes the entries up to `seq`. `fingerprint` is SHA-256 of the public key."""

    number: int
    at: datetime
    seq: int
    root: str
    fingerprint: str
    is_genuine: bool


@dataclass(frozen=True)
class ChainState:
    """`broken_at` is the number of the first entry that does not follow from those before it."""

    entries: int
    head: str
    broken_at: int | None
    seal: CoveringSeal | None


def chain_state(session: Session, actor: Actor, case_id: str) -> ChainState:
    """Hashes every entry again. Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    return state_of(session, Head(case.id, case.history_seq, case.history_head))


def state_of(session: Session, head: Head, *, after: Head | None = None) -> ChainState:
    """From the entry that follows `after`, which is believed, else from the beginning."""
    return ChainState(head.seq, head.hash, _first_broken(session, head, after), _seal(session, head.stream))


def _first_broken(session: Session, head: Head, after: Head | None) -> int | None:
    seq, prev = (after.seq, after.hash) if after else (0, GENESIS)
    mine = (HistoryEntry.stream == head.stream, HistoryEntry.seq > seq, HistoryEntry.seq <= head.seq)
    for entry in session.scalars(select(HistoryEntry).where(*mine).order_by(HistoryEntry.seq)).yield_per(BATCH):
        seq += 1
        if entry.seq != seq or entry.prev != prev or chain_hash(prev, hashed_part(entry)) != entry.hash:
            return seq
        prev = entry.hash
    return None if (seq, prev) == (head.seq, head.hash) else seq + 1


def _seal(session: Session, stream: str) -> CoveringSeal | None:
    covering = select(SealRow, SealedHead).join(SealedHead, SealedHead.seal_id == SealRow.id)
    newest = session.execute(
        covering.where(SealedHead.stream == stream).order_by(SealRow.number.desc()).limit(1)
    ).first()
    if newest is None:
        return None
    row, head = newest
    seal = Seal(**{name: value for name, value in row.sealed.items() if name != "format"})
    sealed_hash = session.scalar(
        select(HistoryEntry.hash).where(HistoryEntry.stream == stream, HistoryEntry.seq == head.seq)
    )
    return CoveringSeal(
        number=row.number,
        at=row.at,
        seq=head.seq,
        root=row.root,
        fingerprint=key_fingerprint(seal.public_key),
        is_genuine=_is_signed(seal) and sealed_hash == head.hash,
    )


def _is_signed(seal: Seal) -> bool:
    try:
        seal.check_signature()
    except SealNotGenuine:
        return False
    return True
