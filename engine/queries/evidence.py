"""Everything that was recorded of a case, as a bundle that an outsider can verify offline."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.audit import Evidence, Head, Seal, build_evidence, seal_part
from engine.catalogue import Catalogue
from engine.circles import Circle
from engine.documents import DocumentStore
from engine.former_versions import CaseVersions, versions_of_case
from engine.history import hashed_part
from engine.model import Answer, Case, Document, HistoryEntry, Organisation, SealedHead
from engine.model import Seal as SealRow
from engine.model.document import DocumentStatus
from engine.queries.seeing import readable_case


def evidence(
    session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, store: DocumentStore, now: datetime
) -> bytes:
    """A zip file. Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    return build_evidence(
        Evidence(
            case=_title_page(session, case),
            created_at=now,
            heads=[Head(case.id, case.history_seq, case.history_head)],
            history=[_line(e) for e in session.scalars(_entries(case))],
            answers={a.digest: a.answers for a in session.scalars(select(Answer).where(Answer.case_id == case_id))},
            documents=_documents(session, case, store),
            diagrams=_diagrams(versions_of_case(session, catalogue, case)),
            seals=_seals(session, case_id),
        )
    )


def _title_page(session: Session, case: Case) -> dict[str, Any]:
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "process": case.process,
        "status": case.status,
        "enterprise": enterprise.name if enterprise else None,
    }


def _entries(case: Case) -> Any:
    """Up to the head that was read; an act that comes meanwhile belongs to the next bundle."""
    mine = (HistoryEntry.stream == case.id, HistoryEntry.seq <= case.history_seq)
    return select(HistoryEntry).where(*mine).order_by(HistoryEntry.seq)


def _line(entry: HistoryEntry) -> dict[str, Any]:
    return {**hashed_part(entry), "hash": entry.hash}


def _documents(session: Session, case: Case, store: DocumentStore) -> dict[str, bytes]:
    query = select(Document).where(Document.case_id == case.id, Document.status == DocumentStatus.FILED)
    query = query.where(Document.circle == Circle.EVERYBODY)  # the bundle goes to every reader of the case
    found = session.scalars(query.order_by(Document.uploaded_at, Document.id))
    return {f"{d.id[:8]}-{d.name}": store.get(d.sha256) for d in found}


def _diagrams(versions: CaseVersions) -> dict[str, bytes]:
    """Those of every version that the case ran on."""
    return {
        f"v{stretch.version}-{key}.bpmn": content
        for stretch in versions.stretches
        for key, content in versions.bundle(stretch).diagrams.items()
    }


def _seals(session: Session, case_id: str) -> list[dict[str, Any]]:
    """The newest seal that covers this case, if there is one."""
    covering = select(SealRow).join(SealedHead, SealedHead.seal_id == SealRow.id).where(SealedHead.stream == case_id)
    newest = session.scalars(covering.order_by(SealRow.number.desc()).limit(1)).first()
    if newest is None:
        return []
    leaves = select(SealedHead.stream, SealedHead.seq, SealedHead.hash).where(SealedHead.seal_id == newest.id)
    facts = {k: v for k, v in newest.sealed.items() if k != "format"}
    return [seal_part(Seal(**facts), heads=[Head(*h) for h in session.execute(leaves)], stream=case_id)]
