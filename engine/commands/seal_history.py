from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from engine.audit import Head, seal_heads
from engine.command import Command
from engine.model import Case, HistoryStream, Seal
from engine.model.base_model import new_id
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class SealHistory(Command[str]):
    """Sign one Merkle root over the heads of all histories; gives the root as hex."""

    key: Ed25519PrivateKey = field(repr=False)

    def execute(self, work: Work) -> str:
        cases = work.session.execute(select(Case.id, Case.history_seq, Case.history_head).where(Case.history_seq > 0))
        others = work.session.execute(select(HistoryStream.stream, HistoryStream.seq, HistoryStream.head))
        heads = sorted(Head(*row) for row in (*cases, *others))
        sealed = seal_heads(heads, sealed_at=work.now, private_key=self.key)
        rows = [[head.stream, head.seq, head.hash] for head in heads]
        work.session.add(Seal(id=new_id(), at=work.now, root=sealed.root, sealed=sealed.as_json(), heads=rows))
        return sealed.root
