from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.model.base_model import Model
from engine.model.user_task import UserTask


class TaskOffer(Model):
    """An open task is offered to an audience; the rows go when the task ends (see `engine.actor.Actor.audiences`)."""

    __tablename__ = "task_offer"
    __table_args__ = (Index(None, "audience", "task_id"),)

    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    # Never read: it tells the unit of work to write the task before the offer.
    task: Mapped[UserTask] = relationship(lazy="raise")
    audience: Mapped[str] = mapped_column(String(140), primary_key=True)
