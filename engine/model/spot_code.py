from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.errors import Conflict
from engine.model.base_model import Id, Model, UtcDateTime, new_id


class SpotCodeUsed(Conflict):
    """Something has been confirmed with this code already; it is good for one time."""


class SpotCodeReplaced(Conflict):
    """A newer code was shown for the same task."""


class SpotCodeExpired(Conflict):
    """This code is too old."""


class SpotCode(Model):
    """A code that somebody shows to those whose task it is, who confirm with it on their own device, once (当场确认码).

    Only its SHA-256 is kept. It is good for one task, and only for people to whom that task is offered.
    """

    __tablename__ = "spot_code"
    __table_args__ = (
        CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name="used_has_person"),
        CheckConstraint("used_at IS NULL OR replaced_at IS NULL", name="used_or_replaced"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    task_id: Mapped[str] = mapped_column(ForeignKey("user_task.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    shown_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))

    def must_be_good(self, *, at: datetime) -> None:
        """Raises SpotCodeUsed, SpotCodeReplaced, SpotCodeExpired."""
        if self.used_at is not None:
            raise SpotCodeUsed()
        if self.replaced_at is not None:
            raise SpotCodeReplaced()
        if at >= self.expires_at:
            raise SpotCodeExpired()

    def use(self, *, by: str, at: datetime) -> None:
        self.must_be_good(at=at)
        self.used_by_id, self.used_at = by, at
