from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict, Rejected
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class CaseNotRunning(Conflict):
    """The case is suspended or closed."""


class CaseNotSuspended(Conflict):
    """Only a suspended case can be resumed."""


class ReasonMissing(Rejected):
    """This act needs a reason of at least two characters."""


class CaseStatus(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Case(Model):
    """The file people talk about: number, enterprise, parties, documents, one history.

    Every command locks this row first; `history_seq` and `history_head` are the end of its hash chain.
    """

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("(status IN ('completed','cancelled')) = (closed_at IS NOT NULL)", name="closed_has_time"),
        Index(None, "process", "status"),
        Index(None, "process", "stage"),
        Index(None, "process", "created_at", "id"),
        Index(None, "process", "closed_at", "id"),
        Index(None, "created_at", "id"),
        Index(None, "town", "created_at", "id"),
        Index(None, "stage", "created_at", "id"),
        Index("ix_case_words", "number", "title", "id"),
        Index(
            "ix_case_live", "id", "process", "town", "stage", "status", "enterprise_id", "number", "title",
            postgresql_where=text("closed_at IS NULL"), sqlite_where=text("closed_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    process: Mapped[str] = mapped_column(String(100))
    deployment_id: Mapped[str] = mapped_column(ForeignKey("deployment.id"))
    status: Mapped[str] = mapped_column(String(16), default=CaseStatus.RUNNING)
    stage: Mapped[str | None] = mapped_column(String(100))
    enterprise_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    town: Mapped[str | None] = mapped_column(String(64))
    # Copy of the `party` rows, {role: {username: person id}}: every command and every list needs it.
    parties: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    # Groups that were offered a task of this case, and persons to whom it was copied; they may read it from then on.
    readers: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    # Persons that were offered a task of this case by name: they see that it exists, and their own part of it.
    guests: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    created_by: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    history_seq: Mapped[int] = mapped_column(default=0)
    history_head: Mapped[str] = mapped_column(String(64), default="0" * 64)
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": lock_version}

    def must_be_running(self) -> None:
        if self.status != CaseStatus.RUNNING:
            raise CaseNotRunning(status=self.status)

    def suspend(self, *, reason: str) -> None:
        self.must_be_running()
        must_give_reason(reason)
        self.status = CaseStatus.SUSPENDED

    def resume(self, *, reason: str) -> None:
        must_give_reason(reason)
        if self.status != CaseStatus.SUSPENDED:
            raise CaseNotSuspended(status=self.status)
        self.status = CaseStatus.RUNNING

    def cancel(self, *, reason: str, at: datetime) -> None:
        if self.status not in (CaseStatus.RUNNING, CaseStatus.SUSPENDED):
            raise CaseNotRunning(status=self.status)
        must_give_reason(reason)
        self.status, self.closed_at = CaseStatus.CANCELLED, at

    def complete(self, *, at: datetime) -> None:
        self.status, self.closed_at = CaseStatus.COMPLETED, at


def must_give_reason(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise ReasonMissing()


class CaseAudience(Model):
    """Who may see the case: `person:<id>` for its parties, `<group>@<town>` and `<group>@*` for those in charge.

    A guest sees that there is the case, what he may start in it, and what is his own; nothing that others handed in.
    """

    __tablename__ = "case_audience"
    __table_args__ = (
        Index(None, "audience", "case_id"),
        Index(
            "ix_case_audience_live", "audience", "case_id",
            postgresql_where=text("is_live IS true AND is_guest IS false"),
            sqlite_where=text("is_live IS 1 AND is_guest IS 0"),
        ),
    )  # fmt: skip

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(String(140), primary_key=True)
    is_guest: Mapped[bool] = mapped_column(default=False)
    # Until the case is closed: a worklist asks about the few cases that live, not about all there ever were.
    is_live: Mapped[bool] = mapped_column(default=True)
