from datetime import datetime, time, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.model.base_model import ExactJson, Model

DIGEST_AT = "08:30"
QUIET_FROM, QUIET_UNTIL = "21:00", "07:30"


class NoticeWishes(Model):
    """How somebody wants their notices by mail: `ways` by kind, the hour of the digest, the hours of silence.

    Hours are those of the city, written `08:30`; without both ends there is no silence.
    """

    __tablename__ = "notice_wishes"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    ways: Mapped[dict[str, str]] = mapped_column(ExactJson, default=dict)
    digest_at: Mapped[str] = mapped_column(String(5), default=DIGEST_AT)
    quiet_from: Mapped[str | None] = mapped_column(String(5))
    quiet_until: Mapped[str | None] = mapped_column(String(5))

    @classmethod
    def usual(cls, person_id: str) -> "NoticeWishes":
        return cls(person_id=person_id, ways={}, digest_at=DIGEST_AT, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)

    def after_silence(self, local: datetime) -> datetime:
        """`local`, or the end of the silence that it falls into; a silence may go over midnight."""
        if not self.quiet_from or not self.quiet_until or self.quiet_from == self.quiet_until:
            return local
        begin, end, now = time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until), local.time()
        is_over_midnight = begin > end
        is_quiet = now >= begin or now < end if is_over_midnight else begin <= now < end
        if not is_quiet:
            return local
        day = local.date() + timedelta(days=1 if is_over_midnight and now >= begin else 0)
        return datetime.combine(day, end, local.tzinfo)
