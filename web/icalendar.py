"""Calendar text (RFC 5545): lines folded at 75 octets, text escaped, times of the city with their time zone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")
_MOST_OCTETS = 75
# China keeps one time all year, since 1991 without summer time.
_ZONE = """BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:19910915T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0800
TZNAME:CST
END:STANDARD
END:VTIMEZONE""".splitlines()


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


def calendar(name: str, entries: Iterable[Entry]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tongban//Deadlines//ZH", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "X-WR-TIMEZONE:Asia/Shanghai"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", *_ZONE]
    for entry in entries:
        lines += _entry(entry)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def escaped(text: str) -> str:
    """No text ends its line, whatever a step or a case is called."""
    for character, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(character, written)
    return "".join(character for character in text if character >= " " or character == "\t")


def folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets that never cut a character in two; all but the first begin with a blank."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > _MOST_OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece


def _entry(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{entry.since.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if entry.on is not None:
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
    else:
        begin = entry.at.astimezone(CITY)
        yield f"DTSTART;TZID=Asia/Shanghai:{begin:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID=Asia/Shanghai:{begin + entry.lasts:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{escaped(entry.title)}"
    yield f"DESCRIPTION:{escaped(entry.text)}"
    yield f"URL:{entry.link}"
    yield "TRANSP:TRANSPARENT" if entry.on is not None else "TRANSP:OPAQUE"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(entry.title)}")
    yield f"TRIGGER:{_before(entry.alarm)}"
    yield from ("END:VALARM", "END:VEVENT")


def _before(alarm: timedelta) -> str:
    minutes = int(alarm.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    return f"-PT{hours}H{minutes}M"
