from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class Notice(Model):
    """An in-app notification; `dedupe` makes a repeated job write it once."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(None, "person_id", "read_at"),
        Index(None, "person_id", "at", "id"),
        Index(None, "case_id", "at", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(64))
    params: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dedupe: Mapped[str] = mapped_column(String(200), unique=True)
