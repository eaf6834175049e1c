from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from engine.circles import Circle, NotInCircle, circles_of
from engine.command import Command
from engine.commands.upload_document import kind_of, plain_name
from engine.documents import DocumentNotFound
from engine.errors import Problem, Rejected
from engine.model import Document
from engine.model.base_model import new_id
from engine.model.document import DocumentSettled, DocumentStatus
from engine.work import Work

FIELD = "attachment"


class CircleUnknown(Rejected):
    """A document is for one circle of the readers of its case."""


@dataclass(frozen=True, kw_only=True)
class AttachDocument(Command[str]):
    """Add a file to a case for one circle of its readers, or a newer version of one that is not final yet."""

    case_id: str
    filename: str
    content: bytes = field(repr=False)
    circle: str = Circle.EVERYBODY
    replaces: str | None = None
    sent_on: date | None = None
    received_on: date | None = None

    def execute(self, work: Work) -> str:
        folder = work.lock_case(self.case_id, clocks_first=False)
        allowed = circles_of(work.session, folder.case, folder.bundle.process, work.actor)
        before = _replaced(work, self.case_id, self.replaces, allowed)
        circle = before.circle if before else self._circle(allowed)
        id_ = new_id()
        document = Document(
            id=id_,
            case_id=folder.case.id,
            series_id=before.series_id if before else id_,
            version=before.version + 1 if before else 1,
            circle=circle,
            field=FIELD,
            name=plain_name(self.filename),
            media_type=kind_of(self.content, path="file"),
            size=len(self.content),
            sha256=work.documents.put(self.content),
            status=DocumentStatus.WORKING,
            sent_on=self.sent_on,
            received_on=self.received_on,
            uploaded_by=work.actor.person_id,
            on_behalf_of_id=work.acts_for_id,
            uploaded_at=work.now,
        )
        work.session.add(document)
        if circle == Circle.EVERYBODY:  # both sides read the history
            facts = {"document": id_, "sha256": document.sha256, "version": document.version, "name": document.name}
            folder.record("document_attached", details=facts)
        return id_

    def uploads(self) -> tuple[bytes, ...]:
        return (self.content,)

    def _circle(self, allowed: tuple[Circle, ...]) -> str:
        if self.circle not in set(Circle):
            raise CircleUnknown(problems=[Problem(path="circle", code="invalid")])
        if self.circle not in allowed:
            raise NotInCircle()
        return self.circle


def _replaced(work: Work, case_id: str, document_id: str | None, allowed: tuple[Circle, ...]) -> Document | None:
    """The newest version, which may still be replaced. Raises DocumentNotFound and DocumentSettled."""
    if document_id is None:
        return None
    document = work.session.get(Document, document_id)
    if document is None or document.case_id != case_id or document.circle not in allowed:
        raise DocumentNotFound()
    newest = work.session.scalar(select(func.max(Document.version)).where(Document.series_id == document.series_id))
    if document.version != newest:
        raise DocumentSettled(status=document.status)
    document.must_take_versions()
    return document
