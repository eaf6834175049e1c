"""The documents of a case that a reader may see, and one of them with its bytes."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.circles import for_the_eyes_of
from engine.definitions.process import Process
from engine.documents import DocumentNotFound, DocumentStore
from engine.model import Case, Cosignature, Document
from engine.model.cosignature import CosignState
from engine.model.document import SHOWN, DocumentStatus
from engine.queries.looking_up import people_by_id
from engine.queries.row_making import document_row
from engine.queries.rows import DocumentRow
from engine.queries.seeing import may_read_case


def documents_of(session: Session, actor: Actor, case: Case, process: Process) -> tuple[DocumentRow, ...]:
    """All versions, the newest upload first; only those for this reader. For a guest: what he added himself."""
    for_me = for_the_eyes_of(session, case, process, actor)
    query = select(Document).where(Document.case_id == case.id, Document.status.in_(SHOWN), for_me)
    found = session.scalars(query.order_by(Document.uploaded_at.desc(), Document.version.desc(), Document.id)).all()
    people = people_by_id(session, [i for d in found for i in (d.uploaded_by, d.on_behalf_of_id)])
    return tuple(document_row(d, people) for d in found)


def document_content(
    session: Session, actor: Actor, document_id: str, *, catalogue: Catalogue, store: DocumentStore
) -> tuple[DocumentRow, bytes]:
    """What the case shows, what lies before them to sign, and what they added. Raises DocumentNotFound."""
    shown = Document.status.in_(SHOWN) & may_read_case(actor)
    own = (Document.status != DocumentStatus.REMOVED) & (Document.uploaded_by == actor.person_id)
    before_me = exists().where(
        Cosignature.principal_id == Document.task_id,
        Cosignature.person_id == actor.person_id,
        Cosignature.state.in_((CosignState.ASKED, CosignState.SIGNED)),
    )
    to_sign = (Document.status == DocumentStatus.DRAFT) & before_me
    query = select(Document).outerjoin(Case, Case.id == Document.case_id).where(Document.id == document_id)
    case = session.scalar(select(Case).join(Document, Document.case_id == Case.id).where(Document.id == document_id))
    if case is not None:
        process = catalogue.bundle(session, case.deployment_id).process
        query = query.where(for_the_eyes_of(session, case, process, actor) | to_sign)
    document = session.scalars(query.where(or_(shown, own, to_sign))).first()
    if document is None:
        raise DocumentNotFound()
    people = people_by_id(session, [document.uploaded_by, document.on_behalf_of_id])
    return document_row(document, people), store.get(document.sha256)
