from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Model, UtcDateTime


class Movement(Model):
    """What one act made of the tokens of a case, so that the case can go back; append-only.

    `events` are compressed; `undone` are the numbers of earlier events that this act took back. The act wrote the
    entries `first_entry` to `last_entry` of the case's history.
    """

    __tablename__ = "movement"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_entry: Mapped[int]
    last_entry: Mapped[int]
    events: Mapped[bytes] = mapped_column(LargeBinary)
    undone: Mapped[list[int]] = mapped_column(ExactJson, default=list)
