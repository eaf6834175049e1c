"""How somebody gets notices by mail, and whether a calendar reads their deadlines."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import CalendarFeed, MailAddress, NoticeWishes
from engine.notice_kinds import KINDS, REQUIRED, way_of


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """`ways` by kind of notice; kinds in `required` cannot be switched off. `refusal` is what the mail server said."""

    address: str | None
    confirmed_at: datetime | None
    refused_at: datetime | None
    refusal: str | None
    ways: dict[str, str]
    required: tuple[str, ...]
    digest_at: str
    quiet_from: str | None
    quiet_until: str | None
    feed_since: datetime | None


def mail_settings(session: Session, actor: Actor) -> MailSettings:
    address = session.get(MailAddress, actor.person_id)
    wishes = session.get(NoticeWishes, actor.person_id) or NoticeWishes.usual(actor.person_id)
    feed = session.get(CalendarFeed, actor.person_id)
    return MailSettings(
        address=address.address if address else None,
        confirmed_at=address.confirmed_at if address else None,
        refused_at=address.refused_at if address else None,
        refusal=address.refusal if address else None,
        ways={kind: way_of(kind, wishes.ways).value for kind in KINDS},
        required=tuple(sorted(REQUIRED)),
        digest_at=wishes.digest_at,
        quiet_from=wishes.quiet_from,
        quiet_until=wishes.quiet_until,
        feed_since=feed.since if feed else None,
    )
