from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, growing_id


class RosterState(StrEnum):
    """Lines are read one part after the other, then everything is written at once."""

    READING = "reading"
    WRITING = "writing"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"


UNDER_WAY = (RosterState.READING, RosterState.WRITING)
_UNDER_WAY = text("state IN ('reading', 'writing')")


class RosterOver(Conflict):
    """This import is over: it was written, refused or cancelled."""


class RosterImport(Model):
    """A staff roster on its way in. Nothing of it counts before the state is done."""

    __tablename__ = "roster_import"
    __table_args__ = (
        Index(None, "organisation_id", "id"),
        Index(
            "uq_roster_import_one_at_a_time",
            "organisation_id",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=growing_id)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    may_name_reps: Mapped[bool]
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default=RosterState.READING)
    # The content without what does not count, under which further parts are read.
    plain: Mapped[str | None] = mapped_column(String(64))
    lines: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    flaws: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    # The code of an error of the file as a whole.
    refusal: Mapped[str | None] = mapped_column(String(64))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def end(self, state: RosterState, *, at: datetime) -> None:
        if not self.is_under_way:
            raise RosterOver(state=self.state)
        self.state, self.ended_at = state, at


class RosterLine(Model):
    """A line that was checked and waits for the others; gone when the import is over."""

    __tablename__ = "roster_line"
    __table_args__ = (Index(None, "import_id", "username", unique=True),)

    import_id: Mapped[str] = mapped_column(ForeignKey("roster_import.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    username: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(20))
    post: Mapped[str | None] = mapped_column(String(100))
    since: Mapped[date | None] = mapped_column(Date)
    # Of somebody known already their own, else the one they will have.
    person_id: Mapped[str] = mapped_column(Id)
    is_new: Mapped[bool]
    is_changed: Mapped[bool]
    # What they become, and under which id; None for what they are already.
    group: Mapped[str | None] = mapped_column(String(64))
    membership_id: Mapped[str] = mapped_column(Id)


class RosterFlaw(Model):
    """What is wrong with a line; it stays, so that it can be mended in the sheet."""

    __tablename__ = "roster_flaw"

    import_id: Mapped[str] = mapped_column(ForeignKey("roster_import.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    column: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    name: Mapped[str | None] = mapped_column(String(100))
