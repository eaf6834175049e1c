from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class Seal(Model):
    """A signed Merkle root over the heads of all chains at one moment; `heads` are [stream, seq, hash]."""

    __tablename__ = "seal"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    root: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[dict[str, Any]] = mapped_column(ExactJson)
    heads: Mapped[list[list[Any]]] = mapped_column(ExactJson)
