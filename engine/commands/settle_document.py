from dataclasses import dataclass

from sqlalchemy import func, select

from engine.circles import Circle, circles_of
from engine.command import Command
from engine.documents import DocumentNotFound
from engine.errors import Problem, Rejected
from engine.model import Document
from engine.model.document import SHOWN, DocumentSettled, DocumentStatus
from engine.permissions import must_be_in_charge
from engine.work import CaseNotFound, Work


class StatusUnknown(Rejected):
    """A document becomes final or filed."""


@dataclass(frozen=True, kw_only=True)
class SettleDocument(Command[None]):
    """Call the newest version of a document final, or file it with the case; officials in charge file."""

    document_id: str
    status: str

    def execute(self, work: Work) -> None:
        if self.status not in (DocumentStatus.FINAL, DocumentStatus.FILED):
            raise StatusUnknown(problems=[Problem(path="status", code="invalid")])
        known = work.session.get(Document, self.document_id)
        if known is None or known.case_id is None or known.status not in SHOWN:
            raise DocumentNotFound()
        try:
            folder = work.lock_case(known.case_id, clocks_first=False)
            circles = circles_of(work.session, folder.case, folder.bundle.process, work.actor)
        except CaseNotFound:
            raise DocumentNotFound() from None
        if known.circle not in circles:
            raise DocumentNotFound()
        if self.status == DocumentStatus.FILED:
            must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        work.session.refresh(known)  # as it is under the lock
        newest = work.session.scalar(select(func.max(Document.version)).where(Document.series_id == known.series_id))
        if known.version != newest:
            raise DocumentSettled(status=known.status)
        known.settle(self.status)
        if known.circle == Circle.EVERYBODY:
            action = "document_filed" if self.status == DocumentStatus.FILED else "document_settled"
            folder.record(action, details={"document": known.id, "sha256": known.sha256})
