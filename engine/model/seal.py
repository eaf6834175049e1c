from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class Seal(Model):
    """A signed Merkle root over the heads that are new since the seal before it, and over that seal's root.

    So the seals are a chain, and one seal costs what has changed, not what there is.
    """

    __tablename__ = "seal"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    root: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[dict[str, Any]] = mapped_column(ExactJson)


class SealedHead(Model):
    """A leaf of a seal: the end of one chain as it was."""

    __tablename__ = "sealed_head"
    __table_args__ = (Index(None, "stream"),)

    seal_id: Mapped[str] = mapped_column(ForeignKey("seal.id"), primary_key=True)
    stream: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
