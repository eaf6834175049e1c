from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime, new_id


class DocumentTemplate(Model):
    """A version of the Word template of a paper; the bytes lie in the document store. Never changed, never removed.

    Going back to an older version is a new one that `restores` it; version 0 is the one of the program.
    """

    __tablename__ = "document_template"
    __table_args__ = (
        UniqueConstraint("key", "version"),
        CheckConstraint("version > 0", name="first_is_the_programs"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    filename: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    restores: Mapped[int | None]
    put_by: Mapped[str] = mapped_column(Id)
    put_at: Mapped[datetime] = mapped_column(UtcDateTime)
