"""Calendar text (RFC 5545) of deadlines, meetings and votes: times of the city, each with an alarm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

CITY = ZoneInfo("Asia/Shanghai")
# China keeps one time all year, since 1991 without summer time: one line of the zone is enough.
_SINCE = date(2000, 1, 1)
_HEAD = {
    "prodid": "-//Tongban//Deadlines//ZH",
    "version": "2.0",
    "calscale": "GREGORIAN",
    "method": "PUBLISH",
    "x-wr-timezone": "Asia/Shanghai",
    "x-published-ttl": "PT1H",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`on` is a whole day; else it begins at `at` and lasts for `lasts`. The alarm rings `alarm` before it begins."""

    uid: str
    title: str
    text: str
    link: str
    at: datetime
    on: date | None
    lasts: timedelta
    alarm: timedelta
    since: datetime
    place: str | None = None


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    made = Calendar()
    for key, value in _HEAD.items():
        made.add(key, value)
    made.add("x-wr-calname", _printable(name))
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry))
    made.add_missing_timezones(first_date=_SINCE)
    written: bytes = made.to_ical()
    return written


def _event(entry: Entry) -> Event:
    event = Event()
    begins = entry.on or entry.at.astimezone(CITY)
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.since)
    event.add("dtstart", begins)
    event.add("dtend", begins + (timedelta(days=1) if entry.on else entry.lasts))
    event.add("summary", _printable(entry.title))
    event.add("description", _printable(entry.text))
    event.add("url", entry.link)
    if entry.place:
        event.add("location", _printable(entry.place))
    event.add("transp", "TRANSPARENT" if entry.on else "OPAQUE")
    event.add_component(_alarm(entry))
    return event


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _printable(entry.title))
    alarm.add("trigger", -entry.alarm)
    return alarm


def _printable(text: str) -> str:
    """The library keeps lines apart, and lets through control characters that some programmes stumble over."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in text if character >= " " or character in "\t\n")
