from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime


class KeptReply(Model):
    """What a request with an idempotency key was answered; the same request again gets the same answer."""

    __tablename__ = "kept_reply"

    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(140), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    result: Mapped[Any] = mapped_column(ExactJson, nullable=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
