from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, growing_id


class MessageState(StrEnum):
    BUFFERED = "buffered"
    DELIVERED = "delivered"
    EXPIRED = "expired"


class IncomingMessage(Model):
    """Something from outside that a process waits for. `message_id` is the sender's own id, used once."""

    __tablename__ = "incoming_message"
    __table_args__ = (Index(None, "name", "key", "state"), Index(None, "state", "expires_at"))

    message_id: Mapped[str] = mapped_column(String(140), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    state: Mapped[str] = mapped_column(String(16), default=MessageState.BUFFERED)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MessageWait(Model):
    """A token waits for a message of this name with exactly this key."""

    __tablename__ = "message_wait"
    __table_args__ = (Index(None, "name", "key"), Index(None, "case_id"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=growing_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    step_id: Mapped[str] = mapped_column(Id)
    element_id: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(200))


class SignalWait(Model):
    """A token waits for a signal of this name, whoever sends it."""

    __tablename__ = "signal_wait"
    __table_args__ = (Index(None, "name", "case_id"), Index(None, "case_id"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=growing_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    step_id: Mapped[str] = mapped_column(Id)
    element_id: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
