"""One document with its bytes."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.documents import DocumentNotFound, DocumentStore
from engine.model import Case, Document
from engine.model.document import DocumentStatus
from engine.queries.looking_up import people_by_id
from engine.queries.row_making import document_row
from engine.queries.rows import DocumentRow
from engine.queries.seeing import may_read_case


def document_content(
    session: Session, actor: Actor, document_id: str, *, store: DocumentStore
) -> tuple[DocumentRow, bytes]:
    """Filed documents for those who read the case, and what this person added. Raises DocumentNotFound."""
    filed = (Document.status == DocumentStatus.FILED) & may_read_case(actor)
    own = (Document.status != DocumentStatus.REMOVED) & (Document.uploaded_by == actor.person_id)
    query = select(Document).outerjoin(Case, Case.id == Document.case_id).where(Document.id == document_id)
    document = session.scalars(query.where(or_(filed, own))).first()
    if document is None:
        raise DocumentNotFound()
    people = people_by_id(session, [document.uploaded_by])
    return document_row(document, people), store.get(document.sha256)
