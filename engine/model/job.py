from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, growing_id


class JobState(StrEnum):
    READY = "ready"
    SENT = "sent"
    DONE = "done"
    DEAD = "dead"


class Job(Model):
    """A row of the outbox, written in the business transaction. The row is the job; the broker is only a bell."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "state", "lease_until"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=growing_id)
    kind: Mapped[str] = mapped_column(String(64))
    args: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    state: Mapped[str] = mapped_column(String(16), default=JobState.READY)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    dedupe: Mapped[str | None] = mapped_column(String(140), unique=True)
    last_error: Mapped[str | None] = mapped_column(Text)
