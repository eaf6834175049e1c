from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class DocumentSettled(Conflict):
    """The document is final or filed, or a newer version of it is there."""


class DocumentStatus(StrEnum):
    """`draft` until the task that it was uploaded for is completed; `working` may get newer versions."""

    DRAFT = "draft"
    WORKING = "working"
    FINAL = "final"
    FILED = "filed"
    REMOVED = "removed"


# What others see of a case's documents.
SHOWN = (DocumentStatus.WORKING, DocumentStatus.FINAL, DocumentStatus.FILED)
_NEXT = {
    DocumentStatus.WORKING: {DocumentStatus.FINAL, DocumentStatus.FILED},
    DocumentStatus.FINAL: {DocumentStatus.FILED},
}


class Document(Model):
    """A file of a case. The bytes lie in the document store under their SHA-256.

    Versions of one document share `series_id`, the id of the first; `circle` are those who may see it
    (`engine.circles`); `sent_on` and `received_on` are the days that a paper bears. `origin` says of a made paper which
    one it is, from which template and which facts.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index(None, "case_id", "uploaded_at"),
        Index(None, "task_id"),
        Index(None, "series_id", "version"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"))
    series_id: Mapped[str] = mapped_column(Id, default=lambda context: context.get_current_parameters()["id"])
    version: Mapped[int] = mapped_column(default=1)
    circle: Mapped[str] = mapped_column(String(16), default="everybody")
    field: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16), default=DocumentStatus.DRAFT)
    sent_on: Mapped[date | None] = mapped_column(Date)
    received_on: Mapped[date | None] = mapped_column(Date)
    origin: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    uploaded_by: Mapped[str] = mapped_column(Id)
    on_behalf_of_id: Mapped[str | None] = mapped_column(Id)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # It belongs to answers that somebody went back behind, and no later answer has named it again.
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def settle(self, status: str) -> None:
        """Working, then final, then filed; never back."""
        if status not in _NEXT.get(DocumentStatus(self.status), ()):
            raise DocumentSettled(status=self.status)
        self.status = status

    def must_take_versions(self) -> None:
        if self.status != DocumentStatus.WORKING:
            raise DocumentSettled(status=self.status)
