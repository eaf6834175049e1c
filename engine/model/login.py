from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import Id, Model, UtcDateTime, new_id

IDLE_LIMIT = timedelta(hours=8)
ABSOLUTE_LIMIT = timedelta(days=7)
FREE_FAILURES = 5
LOCK_STEP = timedelta(minutes=1)
LOCK_LIMIT = timedelta(minutes=30)


class LoginSession(Model):
    """A signed-in device. Only the SHA-256 of the token is stored."""

    __tablename__ = "login_session"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    agent: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_valid(self, *, at: datetime) -> bool:
        fresh = is_fresh(created_at=self.created_at, last_seen_at=self.last_seen_at, at=at)
        return self.revoked_at is None and fresh


def is_fresh(*, created_at: datetime, last_seen_at: datetime, at: datetime) -> bool:
    """Neither idle for too long nor open for too long."""
    return at - last_seen_at < IDLE_LIMIT and at - created_at < ABSOLUTE_LIMIT


class LoginThrottle(Model):
    """Wrong passwords per user name, existing or not; each failure beyond five doubles the waiting time."""

    __tablename__ = "login_throttle"

    username: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_locked(self, *, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until

    def fail(self, *, at: datetime) -> None:
        self.failures += 1
        if self.failures >= FREE_FAILURES:
            self.locked_until = at + min(LOCK_STEP * 2 ** (self.failures - FREE_FAILURES), LOCK_LIMIT)
