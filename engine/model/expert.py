from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Model, UtcDateTime


class ExpertStatusUnchanged(Conflict):
    """The expert is active, suspended or dismissed already, as was asked."""


class ExpertNotAway(Conflict):
    """No absence of the expert is on record that could end."""


class Profession(StrEnum):
    """The five professions that are dispatched (五师)."""

    PHYSICIAN = "physician"
    LAWYER = "lawyer"
    ACCOUNTANT = "accountant"
    TAX_ADVISER = "tax_adviser"
    APPRAISER = "appraiser"


class ExpertStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DISMISSED = "dismissed"


class Expert(Model):
    """A line of the register of 特派指导员: one person, one profession, appointed for a term.

    `towns` are those that the expert serves, none is the whole city; `max_open` is how many cases at a time.
    """

    __tablename__ = "expert"
    __table_args__ = (
        CheckConstraint("max_open BETWEEN 1 AND 10", name="max_open_in_range"),
        CheckConstraint("term_from <= term_to", name="term_in_order"),
        CheckConstraint("(absent_from IS NULL) = (absent_until IS NULL)", name="absence_is_whole"),
        Index(None, "profession", "status", "person_id"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    profession: Mapped[str] = mapped_column(String(16))
    licence_no: Mapped[str] = mapped_column(String(64))
    licence_until: Mapped[date] = mapped_column()
    employer: Mapped[str] = mapped_column(String(200))
    fields: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    towns: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    max_open: Mapped[int] = mapped_column(default=3)
    term_from: Mapped[date] = mapped_column()
    term_to: Mapped[date] = mapped_column()
    status: Mapped[str] = mapped_column(String(16), default=ExpertStatus.ACTIVE)
    absent_from: Mapped[date | None] = mapped_column()
    absent_until: Mapped[date | None] = mapped_column()
    # The end that people were warned of, so that each end is told once.
    warned_of: Mapped[date | None] = mapped_column()
    # The end at which their cases were told that they cannot go on, each once.
    released_of: Mapped[date | None] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lock_version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": lock_version}

    @property
    def ends_on(self) -> date:
        """The last day of the licence or of the term, whichever comes first."""
        return min(self.licence_until, self.term_to)

    def describe(self, facts: Mapping[str, Any]) -> list[str]:
        """Take over columns; gives the names of those that changed."""
        changed = [name for name, value in facts.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, facts[name])
        return changed

    def set_status(self, status: str, *, at: datetime) -> None:
        """Raises ExpertStatusUnchanged."""
        if self.status == status:
            raise ExpertStatusUnchanged()
        self.status, self.changed_at = status, at

    def has_absence(self, *, today: date) -> bool:
        """One that lasts or is still to come."""
        return self.absent_until is not None and self.absent_until >= today

    def end_absence(self, *, today: date, at: datetime) -> None:
        """Raises ExpertNotAway."""
        if not self.has_absence(today=today):
            raise ExpertNotAway()
        self.absent_from, self.absent_until, self.changed_at = None, None, at

    def why_not_on(self, day: date) -> str | None:
        """Why this expert may not be dispatched on a day: a code, or None."""
        if self.status != ExpertStatus.ACTIVE:
            return f"expert_{self.status}"
        if not self.term_from <= day <= self.term_to:
            return "expert_term_over"
        if day > self.licence_until:
            return "expert_licence_expired"
        return "expert_absent" if self.is_absent_on(day) else None

    def is_absent_on(self, day: date) -> bool:
        return (
            self.absent_from is not None
            and self.absent_until is not None
            and self.absent_from <= day <= self.absent_until
        )
