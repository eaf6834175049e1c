from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id
from engine.model.user_task import UserTask


class ClockNotRunning(Conflict):
    """The clock does not run: it was met, fired, paused or cancelled before."""


class ClockNotPaused(Conflict):
    """Only a paused clock can be resumed."""


class ClockExtended(Conflict):
    """A clock is extended once; this one has been."""


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    FIRED = "fired"
    MET = "met"
    CANCELLED = "cancelled"


class Clock(Model):
    """A legal or agreed deadline with its basis. The row is the truth; the engine only waits for `FireClock`.

    `step_id` is the timer event that goes on when the clock fires; a clock that only shows a task's deadline has
    `task_id` instead. `basis` keeps what the screen shows: formula and article in both languages, mark, effect.
    """

    __tablename__ = "clock"
    __table_args__ = (
        CheckConstraint("state <> 'paused' OR paused_on IS NOT NULL", name="paused_has_date"),
        CheckConstraint("state <> 'fired' OR fired_at IS NOT NULL", name="fired_has_time"),
        Index(None, "state", "due_at"),
        Index(None, "state", "remind_at"),
        Index(None, "case_id", "state"),
        Index(
            "ix_clock_paused", "case_id", "due_at", "task_id", "step_id",
            postgresql_where=text("state = 'paused'"), sqlite_where=text("state = 'paused'"),
        ),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    element_id: Mapped[str] = mapped_column(String(100))
    step_id: Mapped[str | None] = mapped_column(Id)
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"))
    # Never read: it tells the unit of work to write the task before its clock.
    task: Mapped[UserTask | None] = relationship(lazy="raise")
    rule: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default=ClockState.RUNNING)
    started_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminders: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    paused_on: Mapped[date | None] = mapped_column(Date)
    paused_until: Mapped[date | None] = mapped_column(Date)
    paused_days: Mapped[int] = mapped_column(default=0)
    # How many of them were working days: what a pause may last in all is counted so by some rules.
    paused_workdays: Mapped[int] = mapped_column(default=0)
    # What a decision has added, in the unit of the extension of its rule.
    extended_by: Mapped[int | None] = mapped_column()
    # The day on which it was met, ran out or was given up.
    ended_on: Mapped[date | None] = mapped_column(Date)
    pause_reason: Mapped[str | None] = mapped_column(Text)
    provisional: Mapped[bool] = mapped_column(default=False)
    calendar_version: Mapped[str] = mapped_column(String(64), default="")
    basis: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    fired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def fire(self, *, at: datetime) -> None:
        self._must_run()
        self.state, self.fired_at, self.remind_at = ClockState.FIRED, at, None
        self.ended_on = self.due_on

    def stop(self, *, met: bool, on: date) -> None:
        """The step it watched is over: in time and by a person (`met`), or given up."""
        self.state, self.remind_at = (ClockState.MET if met else ClockState.CANCELLED), None
        self.ended_on = on

    def go_on(self) -> None:
        """The step it watched is there again, and the law has not begun to count anew."""
        self.state = ClockState.PAUSED if self.paused_on else ClockState.RUNNING
        self.ended_on = None

    def pause(self, *, on: date, until: date, reason: str) -> None:
        self._must_run()
        self.state, self.paused_on, self.paused_until, self.pause_reason = ClockState.PAUSED, on, until, reason

    def resume(self, *, on: date, workdays: int = 0) -> None:
        """`workdays` are those of the days for which it stood still that were worked."""
        if self.state != ClockState.PAUSED or self.paused_on is None:
            raise ClockNotPaused(state=self.state)
        self.paused_days += max(0, (on - self.paused_on).days)
        self.paused_workdays += workdays
        self.state, self.paused_on, self.paused_until = ClockState.RUNNING, None, None

    def extend(self, *, by: int) -> None:
        """Also while it stands still."""
        if self.state not in (ClockState.RUNNING, ClockState.PAUSED):
            raise ClockNotRunning(state=self.state)
        if self.extended_by is not None:
            raise ClockExtended()
        self.extended_by = by

    def days_taken(self, *, today: date) -> int:
        """Calendar days from the start until it ended, or until today; with those for which it stood still."""
        return max(0, ((self.ended_on or today) - self.started_on).days)

    def days_stood_still(self, *, today: date) -> int:
        """Also those of a pause that lasts."""
        if self.paused_on is None:
            return self.paused_days
        until = min(day for day in (self.ended_on, self.paused_until, today) if day is not None)
        return self.paused_days + max(0, (until - self.paused_on).days)

    def _must_run(self) -> None:
        if self.state != ClockState.RUNNING:
            raise ClockNotRunning(state=self.state)
