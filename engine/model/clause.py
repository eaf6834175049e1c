from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import Id, Model, UtcDateTime, new_id
from engine.model.negotiation import Side


class ClauseChanged(Conflict):
    """Somebody changed this clause in the meantime; look at the new text first."""


class ClauseAgreed(Conflict):
    """Both sides have agreed on this clause; it can only be opened again with the consent of both."""


class ClauseNotAgreed(Conflict):
    """There is no agreed text yet that could be opened again."""


class NothingToWithdraw(Conflict):
    """Your side has no text on the table."""


class ReopeningAsked(Conflict):
    """It was asked already to open this clause again; the other side has to answer."""


class NoReopeningAsked(Conflict):
    """The other side has not asked to open this clause again."""


class ClauseStatus(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"
    AGREED = "agreed"
    PARKED = "parked"


class Clause(Model):
    """One head of the text. `*_step_id` is the text a side has on the table, `*_consent_id` the one it agrees to.

    Both sides agree when their consents name the same text. `revision` is that of the negotiation at the last change.
    """

    __tablename__ = "clause"
    __table_args__ = (
        UniqueConstraint("negotiation_id", "head"),
        CheckConstraint("(status = 'agreed') = (agreed_step_id IS NOT NULL)", name="agreed_has_text"),
        CheckConstraint("reopening_asked_by IS NULL OR status = 'agreed'", name="only_agreed_reopens"),
        Index(None, "negotiation_id", "position"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    negotiation_id: Mapped[str] = mapped_column(ForeignKey("negotiation.id"))
    position: Mapped[int]
    head: Mapped[str] = mapped_column(String(200))
    part: Mapped[str] = mapped_column(String(100), default="")
    status: Mapped[str] = mapped_column(String(16), default=ClauseStatus.OPEN)
    revision: Mapped[int] = mapped_column(default=0)
    worker_step_id: Mapped[str | None] = mapped_column(Id)
    employer_step_id: Mapped[str | None] = mapped_column(Id)
    worker_consent_id: Mapped[str | None] = mapped_column(Id)
    employer_consent_id: Mapped[str | None] = mapped_column(Id)
    agreed_step_id: Mapped[str | None] = mapped_column(Id)
    reopening_asked_by: Mapped[str | None] = mapped_column(String(16))

    def text_of(self, side: Side) -> str | None:
        return self.worker_step_id if side is Side.WORKER else self.employer_step_id

    def consent_of(self, side: Side) -> str | None:
        return self.worker_consent_id if side is Side.WORKER else self.employer_consent_id

    @property
    def on_the_table(self) -> frozenset[str]:
        return frozenset({self.worker_step_id, self.employer_step_id} - {None})  # type: ignore[arg-type]

    def must_be_at(self, revision: int) -> None:
        """Nobody writes over what he has not seen."""
        if revision != self.revision:
            raise ClauseChanged()

    def must_be_open(self) -> None:
        if self.status == ClauseStatus.AGREED:
            raise ClauseAgreed()

    def propose(self, step_id: str, *, by: Side, consents: bool) -> None:
        """A new text takes the place of the side's older one; who agreed to that one has to look again."""
        self.must_be_open()
        self._put(by, step_id)
        if consents:
            self._consent(by, step_id)
        self._settle()

    def consent(self, step_id: str, *, by: Side) -> bool:
        """True when both sides now agree to the same text: it is locked."""
        self.must_be_open()
        if step_id not in self.on_the_table:
            raise ClauseChanged()
        self._consent(by, step_id)
        self._settle()
        return self.status == ClauseStatus.AGREED

    def withdraw(self, *, by: Side) -> None:
        self.must_be_open()
        if self.text_of(by) is None:
            raise NothingToWithdraw()
        self._put(by, None)
        self._settle()

    def park(self) -> None:
        self.must_be_open()
        self.status = ClauseStatus.PARKED

    def ask_to_reopen(self, *, by: Side) -> None:
        self._must_be_agreed()
        if self.reopening_asked_by is not None:
            raise ReopeningAsked()
        self.reopening_asked_by = by

    def answer_reopening(self, *, by: Side, agrees: bool) -> None:
        self._must_be_agreed()
        if self.reopening_asked_by != by.other:
            raise NoReopeningAsked()
        self.reopening_asked_by = None
        if agrees:
            self.reopen()

    def reopen(self) -> None:
        """Nobody has a text on the table; what was agreed stays in the steps."""
        self._must_be_agreed()
        self.reopening_asked_by = self.agreed_step_id = None
        self.worker_step_id = self.employer_step_id = None
        self.worker_consent_id = self.employer_consent_id = None
        self.status = ClauseStatus.OPEN

    def _must_be_agreed(self) -> None:
        if self.status != ClauseStatus.AGREED:
            raise ClauseNotAgreed()

    def _put(self, side: Side, step_id: str | None) -> None:
        if side is Side.WORKER:
            self.worker_step_id = step_id
        else:
            self.employer_step_id = step_id

    def _consent(self, side: Side, step_id: str) -> None:
        if side is Side.WORKER:
            self.worker_consent_id = step_id
        else:
            self.employer_consent_id = step_id

    def _settle(self) -> None:
        """Consents to texts that are gone are gone too; two consents to one text make it the agreed one."""
        there = self.on_the_table
        self.worker_consent_id = self.worker_consent_id if self.worker_consent_id in there else None
        self.employer_consent_id = self.employer_consent_id if self.employer_consent_id in there else None
        if self.worker_consent_id is not None and self.worker_consent_id == self.employer_consent_id:
            self.status, self.agreed_step_id = ClauseStatus.AGREED, self.worker_consent_id
        else:
            self.status = ClauseStatus.PROPOSED if there else ClauseStatus.OPEN


class ClauseAct(StrEnum):
    """What may happen to a clause; `proposed` brings a text."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"
    PARKED = "parked"
    REOPENING_ASKED = "reopening_asked"
    REOPENING_DECLINED = "reopening_declined"
    REOPENED = "reopened"


class ClauseStep(Model):
    """One act on a clause, append-only. A text that does not `apply` says why the contract is silent on this head."""

    __tablename__ = "clause_step"
    __table_args__ = (UniqueConstraint("clause_id", "seq"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"))
    seq: Mapped[int]
    round: Mapped[int]
    # None: the process itself opened a clause again.
    side: Mapped[str | None] = mapped_column(String(16))
    person_id: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[str] = mapped_column(String(24))
    applies: Mapped[bool | None]
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    # The text that a consent or an agreement is about.
    about_id: Mapped[str | None] = mapped_column(Id)


class ClauseNote(Model):
    """What one side writes for itself. It is in no history, no variable and no evidence of the other side."""

    __tablename__ = "clause_note"
    __table_args__ = (Index(None, "clause_id", "side", "at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    clause_id: Mapped[str] = mapped_column(ForeignKey("clause.id"))
    side: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
