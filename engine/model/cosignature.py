from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict, NotFound, Problem, Rejected
from engine.model.base_model import Id, Model, UtcDateTime, growing_id

LONGEST_OPINION = 2000


class SignatureGiven(Conflict):
    """Who has signed cannot be taken off; the signature stays on record."""


class SignerUnknown(NotFound):
    """This person was not asked to sign this task."""


class OpinionUnfit(Rejected):
    """An opinion agrees or disagrees; who disagrees says why."""


class SignaturesAwaited(Conflict):
    """Others were asked to sign this task first; they have to, or to be taken off."""


class TaskHandedIn(Conflict):
    """It is handed in and lies with those who sign it; whoever has it can take it back from them."""


class TaskNotHandedIn(Conflict):
    """It does not lie with anybody to be signed."""


class IsCosignature(Conflict):
    """A co-signature is given by the person who was asked, or that person is taken off; nothing else."""


class NotACosignature(Conflict):
    """Nobody is asked to sign here: this is a task to do."""


class CosignMode(StrEnum):
    """When a co-signer is asked: before the task is written, while it is, or after it was handed in."""

    BEFORE = "before"
    PARALLEL = "parallel"
    AFTER = "after"


class CosignState(StrEnum):
    """`planned`: asked once the task is handed in; `removed` by somebody; `closed` by what became of the task."""

    PLANNED = "planned"
    ASKED = "asked"
    SIGNED = "signed"
    REMOVED = "removed"
    CLOSED = "closed"


class Verdict(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"


AWAITED = (CosignState.PLANNED, CosignState.ASKED)


class Cosignature(Model):
    """One person is asked to sign one task (加签), and what they said; never overwritten once they have.

    `task_id` is the task with which they are asked, None as long as it is planned. `circle` are those who read the
    question and the opinion; `shown_digest` is of the answers that lay before them when they signed.
    """

    __tablename__ = "cosignature"
    __table_args__ = (
        CheckConstraint("(state = 'signed') = (verdict IS NOT NULL)", name="signed_has_verdict"),
        CheckConstraint("state NOT IN ('asked', 'signed') OR task_id IS NOT NULL", name="asked_has_task"),
        Index(None, "principal_id", "state"),
        Index(None, "person_id", "state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=growing_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    principal_id: Mapped[str] = mapped_column(ForeignKey("user_task.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"), unique=True)
    mode: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    circle: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(String(500), default="")
    verdict: Mapped[str | None] = mapped_column(String(16))
    opinion: Mapped[str] = mapped_column(Text, default="")
    shown_digest: Mapped[str | None] = mapped_column(String(64))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Of what was removed or closed: by whom, None for the system, and why (words, or a code for what the system did).
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    end_reason: Mapped[str | None] = mapped_column(String(500))

    @property
    def is_awaited(self) -> bool:
        return self.state in AWAITED

    def sign(self, *, verdict: str, opinion: str, shown: str | None, at: datetime) -> None:
        """Raises OpinionUnfit."""
        problems = []
        if verdict not in set(Verdict):
            problems.append(Problem(path="verdict", code="not_an_option"))
        if verdict == Verdict.DISAGREE and not opinion:
            problems.append(Problem(path="opinion", code="required"))
        if len(opinion) > LONGEST_OPINION:
            problems.append(Problem(path="opinion", code="too_long", params={"limit": LONGEST_OPINION}))
        if problems:
            raise OpinionUnfit(problems=problems)
        self.state, self.verdict, self.opinion = CosignState.SIGNED, verdict, opinion
        self.shown_digest, self.ended_at = shown, at

    def end(self, state: CosignState, *, by: str | None, reason: str, at: datetime) -> None:
        """Nobody waits for it any more. Raises SignatureGiven."""
        if not self.is_awaited:
            raise SignatureGiven()
        self.state, self.ended_at, self.ended_by_id, self.end_reason = state, at, by, reason
