from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime, new_id


class DocumentStatus(StrEnum):
    """`draft` until the task that it was uploaded for is completed."""

    DRAFT = "draft"
    FILED = "filed"
    REMOVED = "removed"


class Document(Model):
    """A file of a case. The bytes lie in the document store under their SHA-256."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "case_id", "uploaded_at"), Index(None, "task_id"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"))
    field: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16), default=DocumentStatus.DRAFT)
    uploaded_by: Mapped[str] = mapped_column(Id)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
