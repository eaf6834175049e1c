from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class BallotNotOpen(Conflict):
    """The ballot has not begun, or it has ended."""


class BallotHasEnded(Conflict):
    """The ballot is closed or aborted already."""


class BallotState(StrEnum):
    OPEN = "open"
    STOPPED = "stopped"  # no more tickets and votes; the scrutineers have not closed it yet
    CLOSED = "closed"  # by two scrutineers; being counted
    COUNTED = "counted"
    ABORTED = "aborted"


class BallotKind(StrEnum):
    VOTE = "vote"
    SURVEY = "survey"  # the same roll, tickets and box; nobody recounts it, only cells that are large enough are told
    DEMAND = "demand"  # the same roll; who is on it signs by name, until enough have signed


class Ballot(Model):
    """One vote of a case: what is voted on, by which rule, with which keys, and at the end its result.

    The private keys are wrapped by a secret that is not in the database (`engine.ballots.safe`); when the count is
    done the key of the tickets is gone and the key of the choices is published on the board.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("(state = 'counted') = (result IS NOT NULL)", name="counted_has_result"),
        CheckConstraint("(state = 'aborted') = (abort_reason IS NOT NULL)", name="aborted_has_reason"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default=BallotKind.VOTE)
    title: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(16))
    motions: Mapped[list[dict[str, Any]]] = mapped_column(ExactJson)
    rule: Mapped[dict[str, Any]] = mapped_column(ExactJson)
    # What voters are shown (engine.ballot_matter); None when the process shows nothing but the motions.
    matter: Mapped[dict[str, Any] | None] = mapped_column(ExactJson, deferred=True)
    matter_hash: Mapped[str | None] = mapped_column(String(64))
    scrutineers: Mapped[list[str]] = mapped_column(ExactJson)
    reminders: Mapped[dict[str, Any]] = mapped_column(ExactJson)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16), default=BallotState.OPEN, index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seats: Mapped[int]
    roll_salt: Mapped[str] = mapped_column(String(64))
    roll_hash: Mapped[str] = mapped_column(String(64))
    trays: Mapped[int]
    choice_size: Mapped[int]
    ticket_key: Mapped[bytes] = mapped_column(LargeBinary)
    seal_key: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_ticket_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrapped_seal_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    abort_reason: Mapped[str | None] = mapped_column(String(500))
    result: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    # The signed end of the board, and the entries of its tree, 32 bytes each: they say what the box held at the count.
    board_end: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    entries: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    def must_take_votes(self, *, at: datetime) -> None:
        if not self.takes_votes(at=at):
            raise BallotNotOpen(state=self.state)

    def must_not_have_ended(self) -> None:
        if self.state not in (BallotState.OPEN, BallotState.STOPPED):
            raise BallotHasEnded(state=self.state)

    def takes_votes(self, *, at: datetime) -> bool:
        return self.state == BallotState.OPEN and at < self.closes_at


class BallotConfirmation(Model):
    """A scrutineer says that the ballot may close; `paper` are the totals of the paper ballots as this one counted.

    `doubts` name what must be counted and confirmed again: where the count of another scrutineer differs, or `issued`
    when more paper was given out since.
    """

    __tablename__ = "ballot_confirmation"

    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    paper: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    doubts: Mapped[list[str] | None] = mapped_column(ExactJson)
