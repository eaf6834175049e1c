from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from engine.audit import Head, seal_heads
from engine.command import Command
from engine.model import Case, HistoryEntry, HistoryStream, Seal, SealedHead
from engine.model.base_model import new_id
from engine.work import Work

SEALS = "seals"
# An entry is written a moment after its time was taken; looking back further than the last seal finds late ones.
OVERLAP = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class SealHistory(Command[str | None]):
    """Sign one Merkle root over what history has gained since the last seal; gives the root as hex, or nothing new."""

    is_recorded_when_refused: ClassVar[bool] = False

    key: Ed25519PrivateKey = field(repr=False)

    def execute(self, work: Work) -> str | None:
        last = work.session.scalars(select(Seal).order_by(Seal.number.desc()).limit(1).with_for_update()).first()
        heads = _new_heads(work, last)
        if not heads:
            return None
        if last is not None:
            heads.append(Head(SEALS, last.number, last.root))
        sealed = seal_heads(heads, sealed_at=work.now, private_key=self.key)
        number = last.number + 1 if last else 1
        seal = Seal(id=new_id(), number=number, at=work.now, root=sealed.root, sealed=sealed.as_json())
        work.session.add(seal)
        work.session.flush()
        work.session.add_all(SealedHead(seal_id=seal.id, stream=h.stream, seq=h.seq, hash=h.hash) for h in heads)
        return sealed.root


def _new_heads(work: Work, last: Seal | None) -> list[Head]:
    """The ends of the chains that grew, without those that the last seal covers as they are."""
    grown = select(HistoryEntry.stream).distinct()
    if last is not None:
        grown = grown.where(HistoryEntry.at > last.at - OVERLAP)
    cases = select(Case.id, Case.history_seq, Case.history_head).where(Case.id.in_(grown))
    others = select(HistoryStream.stream, HistoryStream.seq, HistoryStream.head).where(HistoryStream.stream.in_(grown))
    known = set(_heads_of(work, last)) if last else set()
    found = [Head(*row) for query in (cases, others) for row in work.session.execute(query)]
    return [head for head in found if head not in known]


def _heads_of(work: Work, seal: Seal) -> list[Head]:
    rows = select(SealedHead.stream, SealedHead.seq, SealedHead.hash).where(SealedHead.seal_id == seal.id)
    return [Head(*row) for row in work.session.execute(rows)]
