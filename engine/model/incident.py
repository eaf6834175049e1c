from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class IncidentResolved(Conflict):
    """This failed step was put right before."""


class IncidentState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


class Incident(Model):
    """An automatic step that failed and needs a person; the token waits at `step_id`."""

    __tablename__ = "incident"
    __table_args__ = (Index(None, "state", "created_at", "id"), Index(None, "case_id", "state"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    step_id: Mapped[str] = mapped_column(Id)
    element_id: Mapped[str] = mapped_column(String(100))
    code: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(ExactJson, default=dict)
    state: Mapped[str] = mapped_column(String(16), default=IncidentState.OPEN)
    attempts: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def must_be_open(self) -> None:
        if self.state != IncidentState.OPEN:
            raise IncidentResolved()
