from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model


class BallotSignature(Model):
    """A person on the roll of a collection has signed; without a time. Taken away when the person withdraws, or when
    the collection ends without enough."""

    __tablename__ = "ballot_signature"

    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
