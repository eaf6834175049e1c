from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class Seal(Model):
    """A signed Merkle root over the heads of all chains at one moment."""

    __tablename__ = "seal"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    root: Mapped[str] = mapped_column(String(64))
    heads: Mapped[list[list[str]]] = mapped_column(ExactJson)
    signature: Mapped[str] = mapped_column(Text)
    public_key: Mapped[str] = mapped_column(Text)
