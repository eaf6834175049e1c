from dataclasses import dataclass

from engine.command import Command
from engine.model import CalendarFeed
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class CloseCalendarFeed(Command[None]):
    """Let the secret address of your deadlines die at once."""

    def execute(self, work: Work) -> None:
        feed = work.session.get(CalendarFeed, work.actor.person_id)
        if feed is not None:
            work.session.delete(feed)
            work.record("calendar_feed_closed")
