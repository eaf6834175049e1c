from dataclasses import dataclass
from typing import Any

from engine.command import Command
from engine.model import CalendarFeed
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class OpenCalendarFeed(Command[str]):
    """Get a secret address of your deadlines and meetings for a calendar programme; an older one dies.

    The token is given once; only its hash is kept.
    """

    def execute(self, work: Work) -> str:
        token = CalendarFeed.new_token()
        feed = work.session.get(CalendarFeed, work.actor.person_id)
        if feed is None:
            feed = CalendarFeed(person_id=work.actor.person_id)
            work.session.add(feed)
        feed.token_hash, feed.since = CalendarFeed.hash_of(token), work.now
        work.record("calendar_feed_opened")
        return token

    def keep(self, result: str) -> Any:
        """A secret is not kept for a repeated request: that one gets an address that does not work."""
        return ""
