from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime, new_id


class CaseCopy(Model):
    """A case, or one task of it, was sent to a person to read (抄送); nothing is asked of them but to have read it."""

    __tablename__ = "case_copy"
    __table_args__ = (Index(None, "case_id", "at"), Index(None, "person_id", "at", "id"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    task_id: Mapped[str | None] = mapped_column(ForeignKey("user_task.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sent_by_id: Mapped[str] = mapped_column(Id)
    note: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
