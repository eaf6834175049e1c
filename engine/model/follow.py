from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Model, UtcDateTime


class CaseFollow(Model):
    """Somebody keeps an eye on a case; what he may not see any more he does not see here either."""

    __tablename__ = "case_follow"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class TaskFollow(Model):
    """The same for one task of a case."""

    __tablename__ = "task_follow"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
