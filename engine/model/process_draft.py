from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import ExactJson, Id, Model, UtcDateTime, new_id


class DraftState(StrEnum):
    """Open ones are worked on; submitted ones wait for a second person; publishing ones play their scenarios."""

    OPEN = "open"
    SUBMITTED = "submitted"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class DraftNotOpen(Conflict):
    """The draft is not open for changes: it waits for review, or it is over."""


class DraftNotSubmitted(Conflict):
    """The draft does not wait for a second person."""


class ProcessDraft(Model):
    """A bundle somebody works on: diagram, tables, forms, scenarios. `revision` counts the saves."""

    __tablename__ = "draft"
    __table_args__ = (Index(None, "updated_at", "id"), Index(None, "process", "state"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    process: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    based_on: Mapped[str | None] = mapped_column(ForeignKey("deployment.id"))
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(16), default=DraftState.OPEN)
    created_by: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[str] = mapped_column(Id)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Which tool drew it, and what of its file is not in the draft as it was: kept, so that it stands beside the canvas.
    vendor: Mapped[str | None] = mapped_column(String(40))
    gaps: Mapped[list[dict[str, Any]]] = mapped_column(ExactJson, default=list)
    submitted_by: Mapped[str | None] = mapped_column(Id)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What changed and why, in the words of who submitted it.
    comment: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Why it was returned or discarded, or what the second person says at the publication.
    reason: Mapped[str] = mapped_column(Text, default="")
    # While it is published: how many scenarios there are, how many were played, and where which ones failed.
    scenarios: Mapped[int] = mapped_column(default=0)
    played: Mapped[int] = mapped_column(default=0)
    failures: Mapped[list[dict[str, str]]] = mapped_column(ExactJson, default=list)
    published_as: Mapped[str | None] = mapped_column(ForeignKey("deployment.id"))

    def must_be_open(self) -> None:
        if self.state != DraftState.OPEN:
            raise DraftNotOpen(state=self.state)

    def must_be_submitted(self) -> None:
        if self.state != DraftState.SUBMITTED:
            raise DraftNotSubmitted(state=self.state)

    def decide(self, state: DraftState, *, by: str, at: datetime, reason: str) -> None:
        self.state, self.decided_by, self.decided_at, self.reason = state, by, at, reason.strip()


class DraftFile(Model):
    __tablename__ = "draft_file"

    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
