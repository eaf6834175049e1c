from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model, UtcDateTime


class Invitation(Model):
    """A code with which a person chooses a password, once. Only its SHA-256 is kept: a code has 60 random bits."""

    __tablename__ = "invitation"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
