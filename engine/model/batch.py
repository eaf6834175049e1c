from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict, NotFound
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class BatchNotFound(NotFound):
    """There is no such batch, or it is somebody else's."""


class BatchEnded(Conflict):
    """The batch has ended: all its rows are done, or somebody stopped it."""


class BatchState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class RowOutcome(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class Batch(Model):
    """One order for many tasks. Every row is a transaction of its own: a row that is refused stops no other."""

    __tablename__ = "batch"
    __table_args__ = (
        CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended_has_time"),
        Index(None, "person_id", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    order: Mapped[str] = mapped_column(String(16))
    args: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default=BatchState.RUNNING)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def must_run(self) -> None:
        if self.state != BatchState.RUNNING:
            raise BatchEnded(state=self.state)

    def end(self, state: BatchState, *, at: datetime) -> None:
        self.must_run()
        self.state, self.ended_at = state, at


class BatchRow(Model):
    """One task of a batch; `facts` are what an export keeps of it."""

    __tablename__ = "batch_row"
    __table_args__ = (CheckConstraint("outcome <> 'refused' OR code IS NOT NULL", name="refused_has_code"),)

    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    task_id: Mapped[str] = mapped_column(Id)
    outcome: Mapped[str] = mapped_column(String(16), default=RowOutcome.WAITING)
    code: Mapped[str | None] = mapped_column(String(64))
    facts: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
