from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class NegotiationClosed(Conflict):
    """The text is agreed and closed; nothing in it can be changed here any more."""


class Side(StrEnum):
    WORKER = "worker"
    EMPLOYER = "employer"

    @property
    def other(self) -> "Side":
        return Side.EMPLOYER if self is Side.WORKER else Side.WORKER


class NegotiationState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Negotiation(Model):
    """What the two sides of a case agree on, clause by clause, in rounds.

    `variable` is the process variable that the engine keeps with its state. `sides` maps each side to its party roles,
    the role of its chief first. `revision` counts the changes, so that a page can ask for what came after.
    """

    __tablename__ = "negotiation"
    __table_args__ = (CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_time"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), unique=True)
    variable: Mapped[str] = mapped_column(String(100))
    sides: Mapped[Mapping[str, list[str]]] = mapped_column(ExactJson)
    observers: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    state: Mapped[str] = mapped_column(String(16), default=NegotiationState.OPEN)
    round: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def must_be_open(self) -> None:
        if self.state != NegotiationState.OPEN:
            raise NegotiationClosed()

    def reopen(self) -> None:
        self.state, self.closed_at = NegotiationState.OPEN, None

    def close(self, *, at: datetime) -> None:
        self.state, self.closed_at = NegotiationState.CLOSED, at


class NegotiationDelegate(Model):
    """A negotiator who may agree for the side, until the chief takes it back."""

    __tablename__ = "negotiation_delegate"

    negotiation_id: Mapped[str] = mapped_column(ForeignKey("negotiation.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(16))
    named_by: Mapped[str] = mapped_column(Id)
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NegotiationPresence(Model):
    """Who had the text open when, and which clause was being edited. It fades away and is no part of any record."""

    __tablename__ = "negotiation_presence"
    __table_args__ = (Index(None, "negotiation_id", "seen_at"),)

    negotiation_id: Mapped[str] = mapped_column(ForeignKey("negotiation.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    clause_id: Mapped[str | None] = mapped_column(Id)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
