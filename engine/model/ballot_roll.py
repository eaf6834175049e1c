from sqlalchemy import Boolean, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model


class BallotRollEntry(Model):
    """A person may vote in this ballot; frozen when it opens. `on_paper`: this one was given a paper ballot."""

    __tablename__ = "ballot_roll_entry"

    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    on_paper: Mapped[bool] = mapped_column(Boolean, default=False)


class BallotTicket(Model):
    """One ticket a person, by primary key: the blinded value that was signed, and the signature to give again."""

    __tablename__ = "ballot_ticket"

    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    blinded_sha256: Mapped[str] = mapped_column(String(64))
    blind_signature: Mapped[bytes] = mapped_column(LargeBinary)
