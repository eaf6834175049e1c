from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict, NotFound
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class MigrationNotFound(NotFound):
    """There is no such migration of running cases."""


class MigrationEnded(Conflict):
    """The migration has ended: all its cases are done, or somebody stopped it."""


class MigrationNotPaused(Conflict):
    """Only a paused migration can go on."""


class MigrationState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class MigrationOutcome(StrEnum):
    WAITING = "waiting"
    MOVED = "moved"
    STAYED = "stayed"


class MigrationRun(Model):
    """Running cases of one version are moved to another, one by one; a case that must stay stops no other.

    `targets` are elements of the old diagram with those of the new one that were chosen for them; "" takes the token
    away. A rehearsal does everything on copies and keeps only what would have happened.
    """

    __tablename__ = "migration_run"
    __table_args__ = (
        CheckConstraint("(state IN ('running','paused')) = (ended_at IS NULL)", name="ended_has_time"),
        Index(None, "process", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    process: Mapped[str] = mapped_column(String(100))
    from_id: Mapped[str] = mapped_column(ForeignKey("deployment.id"))
    to_id: Mapped[str] = mapped_column(ForeignKey("deployment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    targets: Mapped[dict[str, str]] = mapped_column(ExactJson, default=dict)
    keeps_rules: Mapped[bool] = mapped_column(default=True)
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(16), default=MigrationState.RUNNING)
    total: Mapped[int]
    moved: Mapped[int] = mapped_column(default=0)
    stayed: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def pause(self) -> None:
        self._must_be(MigrationState.RUNNING)
        self.state = MigrationState.PAUSED

    def go_on(self) -> None:
        if self.state in (MigrationState.DONE, MigrationState.CANCELLED):
            raise MigrationEnded(state=self.state)
        if self.state != MigrationState.PAUSED:
            raise MigrationNotPaused(state=self.state)
        self.state = MigrationState.RUNNING

    def cancel(self, *, at: datetime) -> None:
        self._must_be(MigrationState.RUNNING, MigrationState.PAUSED)
        self.state, self.ended_at = MigrationState.CANCELLED, at

    def note(self, *, moved: bool, at: datetime) -> None:
        """One more case is done; the last one ends the run, unless somebody has stopped it before."""
        self.moved, self.stayed = self.moved + moved, self.stayed + (not moved)
        if self.moved + self.stayed == self.total and self.ended_at is None:
            self.state, self.ended_at = MigrationState.DONE, at

    def _must_be(self, *states: MigrationState) -> None:
        if self.state not in states:
            raise MigrationEnded(state=self.state)


class MigrationRow(Model):
    """One case of a run. `code` says why it stayed; `facts` are what changed in it, or would have."""

    __tablename__ = "migration_row"
    __table_args__ = (
        CheckConstraint("outcome <> 'stayed' OR code IS NOT NULL", name="stayed_has_code"),
        Index(None, "run_id", "outcome", "position"),
    )

    run_id: Mapped[str] = mapped_column(ForeignKey("migration_run.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    outcome: Mapped[str] = mapped_column(String(16), default=MigrationOutcome.WAITING)
    code: Mapped[str | None] = mapped_column(String(64))
    facts: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaseMigration(Model):
    """A case was moved to another version: how far it was in the old one, which stays to be looked at; append-only.

    `passed` are the elements that tokens had left by then, `stood` those at which they were. `last_entry` is the last
    entry of the history that the old version wrote.
    """

    __tablename__ = "case_migration"
    __table_args__ = (Index(None, "case_id", "at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("migration_run.id"))
    from_id: Mapped[str] = mapped_column(ForeignKey("deployment.id"))
    to_id: Mapped[str] = mapped_column(ForeignKey("deployment.id"))
    person_id: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_entry: Mapped[int]
    passed: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    stood: Mapped[list[str]] = mapped_column(ExactJson, default=list)
