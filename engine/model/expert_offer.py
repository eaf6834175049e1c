from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class OfferOutcome(StrEnum):
    """What became of an offer; only the first is open.

    Recused is who took it and has a conflict. Lapsed is who had not answered when more people were asked; superseded is
    who was not needed any more, and may be asked again. Left is who may not be dispatched any more, or was replaced.
    """

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RECUSED = "recused"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    LEFT = "left"


class ExpertRanking(Model):
    """One decision whom to ask, as it was taken: everybody of the profession with their reasons, also the excluded.

    `entries` are `{username, name, employer, rank, reasons}`; the history of the case holds their `sha256`.
    """

    __tablename__ = "expert_ranking"
    __table_args__ = (Index(None, "case_id", "ranked_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    profession: Mapped[str] = mapped_column(String(16))
    round: Mapped[int] = mapped_column()
    # What it was asked for: field, town, counterparty, number.
    wanted: Mapped[dict[str, Any]] = mapped_column(ExactJson)
    eligible: Mapped[int] = mapped_column()
    entries: Mapped[list[dict[str, Any]]] = mapped_column(ExactJson)
    sha256: Mapped[str] = mapped_column(String(64))
    ranked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExpertOffer(Model):
    """A case was offered to an expert, or (without a ranking) given to one by who coordinates."""

    __tablename__ = "expert_offer"
    __table_args__ = (
        CheckConstraint("(outcome = 'offered') = (outcome_at IS NULL)", name="outcome_has_time"),
        CheckConstraint("round >= 1", name="round_from_one"),
        Index(None, "case_id", "profession", "outcome"),
        # How often and when last everybody of a profession was dispatched is read from this alone.
        Index("ix_expert_offer_dispatched", "profession", "outcome", "person_id", "outcome_at"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    ranking_id: Mapped[str | None] = mapped_column(ForeignKey("expert_ranking.id"))
    profession: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    round: Mapped[int] = mapped_column()
    rank: Mapped[int | None] = mapped_column()
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(ExactJson, default=list)
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(16), default=OfferOutcome.OFFERED)
    outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Why it was declined or why the expert recused themselves; only for those in charge.
    reason: Mapped[str | None] = mapped_column(Text)

    def end(self, outcome: OfferOutcome, *, at: datetime, reason: str | None = None) -> None:
        self.outcome, self.outcome_at, self.reason = outcome, at, reason
