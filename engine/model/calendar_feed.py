import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model, UtcDateTime


class CalendarFeed(Model):
    """The secret address under which a calendar programme reads somebody's deadlines; only its hash is kept."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    @staticmethod
    def new_token() -> str:
        return secrets.token_urlsafe(32)

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
