from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import NotFound
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class ViewNotFound(NotFound):
    """There is no such saved view, or it is not for your eyes."""


class Desk(Model):
    """How somebody has arranged their worklist: columns in their order, height of rows, order of saved views."""

    __tablename__ = "desk"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    columns: Mapped[list[str]] = mapped_column(ExactJson, default=list)
    density: Mapped[str] = mapped_column(String(16), default="normal")
    view_order: Mapped[list[str]] = mapped_column(ExactJson, default=list)


class SavedView(Model):
    """A queue with its filters under a name; `audience` is the group that it is shared with.

    It holds questions, not tasks: everybody who opens it finds what they themselves may see.
    """

    __tablename__ = "saved_view"
    __table_args__ = (Index(None, "owner_id", "name", unique=True), Index(None, "audience"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    asked: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    audience: Mapped[str | None] = mapped_column(String(140))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
