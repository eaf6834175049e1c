from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class Answer(Model):
    """What a person handed in, as it was; only `superseded_at` ever changes. History refers to the SHA-256 `digest`."""

    __tablename__ = "answer"
    __table_args__ = (Index(None, "case_id", "element_id", "submitted_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"))
    element_id: Mapped[str] = mapped_column(String(100))
    form: Mapped[str | None] = mapped_column(String(100))
    answers: Mapped[dict[str, Any]] = mapped_column(ExactJson)
    digest: Mapped[str] = mapped_column(String(64))
    submitted_by: Mapped[str] = mapped_column(Id)
    # Who was away while somebody handed this in for them (代理).
    on_behalf_of_id: Mapped[str | None] = mapped_column(Id)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Somebody went back behind this step: it stays on record and does not count any more.
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
