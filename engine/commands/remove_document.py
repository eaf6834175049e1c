from dataclasses import dataclass

from engine.command import Command
from engine.documents import DocumentNotFound
from engine.errors import Conflict
from engine.model import Document
from engine.model.document import DocumentStatus
from engine.work import Work


class DocumentFiled(Conflict):
    """A filed document belongs to the case for good."""


@dataclass(frozen=True, kw_only=True)
class RemoveDocument(Command[None]):
    """Take a file out of a draft again; only the person who added it can."""

    document_id: str

    def execute(self, work: Work) -> None:
        document = work.session.get(Document, self.document_id, with_for_update=True)
        if document is None or document.uploaded_by != work.actor.person_id:
            raise DocumentNotFound()
        if document.status not in (DocumentStatus.DRAFT, DocumentStatus.WORKING):
            raise DocumentFiled()
        document.status = DocumentStatus.REMOVED
