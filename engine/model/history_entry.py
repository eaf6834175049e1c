from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime

SYSTEM_STREAM = "system"
ADMINISTRATION = "administration"
# Written out in statements, never bound: a partial index is used only where its condition stands in the query.
WITHOUT_CASE = "stream IN ('administration', 'system')"


class HistoryEntry(Model):
    """One line of a chain. Never updated.

    `stream` is a case id, "administration" for what the three administrators do, "system" for all else without a case.
    """

    __tablename__ = "history_entry"
    __table_args__ = (
        Index(None, "at"),
        *(
            Index(
                f"ix_history_entry_{column}_without_case",
                "stream",
                column,
                "seq",
                sqlite_where=text(WITHOUT_CASE),
                postgresql_where=text(WITHOUT_CASE),
            )
            for column in ("action", "actor")
        ),
    )

    stream: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(64))
    on_behalf_of: Mapped[str | None] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    element_id: Mapped[str | None] = mapped_column(String(100))
    task_id: Mapped[str | None] = mapped_column(Id)
    reason: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class HistorySubject(Model):
    """Which entries of a chain without a case are about this person or organisation: an index, not evidence."""

    __tablename__ = "history_subject"

    subject: Mapped[str] = mapped_column(String(48), primary_key=True)
    stream: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class HistoryStream(Model):
    """The end of a chain that belongs to no case; chains of cases end on the case row."""

    __tablename__ = "history_stream"

    stream: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default="0" * 64)
