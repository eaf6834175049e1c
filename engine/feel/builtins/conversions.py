"""From one kind of value to another."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException

from engine.feel import comparison, temporal
from engine.feel.json_values import range_text
from engine.feel.limits import MAX_STRING, Run, checked_string
from engine.feel.signatures import builtin
from engine.feel.values import NUMBERS, Range, YearMonthDuration, normal, number_text, whole

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_RANGE = re.compile(r"\s*([\[(\]])(.*?)\.\.(.*)([\])\[])\s*", re.DOTALL)


@builtin("date(from: string|date|date and time)")
def to_date(value: str | date) -> date | None:
    if isinstance(value, str):
        return temporal.parse_date(value)
    return value.date() if isinstance(value, datetime) else value


@builtin("date(year: number, month: number, day: number)")
def date_of(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    try:
        return date(whole(year), whole(month), whole(day))
    except (TypeError, ValueError, OverflowError):
        return None


@builtin("date and time(from: string|date|date and time)")
def to_datetime(value: str | date) -> datetime | None:
    if isinstance(value, str):
        moment = temporal.parse_datetime(value)
        day = temporal.parse_date(value) if moment is None else None
        return datetime.combine(day, time()) if day else moment
    return value if isinstance(value, datetime) else datetime.combine(value, time())


@builtin("date and time(date: date|date and time, time: time)")
def datetime_of(day: date, clock: time) -> datetime:
    return datetime.combine(to_date(day), clock)


@builtin("date and time(date: date and time, timezone: string)")
def in_zone(moment: datetime, zone: str) -> datetime | None:
    """The same instant, read in another zone."""
    parsed = temporal.parse_time("00:00:00" + (zone if zone[:1] in ("Z", "+", "-") else f"@{zone}"))
    return temporal.assumed(moment).astimezone(parsed.tzinfo) if parsed else None


@builtin(
    "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, "
    "offset?: days and time duration|string|null)"
)
def datetime_of_parts(*parts: object) -> datetime | None:
    """From the year down to the second; the offset may also be the name of a zone."""
    whole_day = date_of(*parts[:3])
    hour, minute, second, offset = parts[3:]
    zone = f"@{offset}" if isinstance(offset, str) else offset
    clock = _clock(hour=hour, minute=minute, second=second, offset=zone)
    return datetime.combine(whole_day, clock) if whole_day and clock else None


@builtin("time(from: string|time|date and time|date)")
def to_time(value: str | time | date) -> time | None:
    if isinstance(value, str):
        return temporal.parse_time(value)
    if isinstance(value, datetime):
        return value.timetz()
    return value if isinstance(value, time) else time(tzinfo=temporal.zone("Z"))


@builtin("time(hour: number, minute: number, second: number, offset?: days and time duration|null)")
def time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None) -> time | None:
    return _clock(hour=hour, minute=minute, second=second, offset=offset)


def _clock(*, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | str | None) -> time | None:
    """Null for parts out of bounds; seconds may have a fraction."""
    if whole(hour) is None or whole(minute) is None or not 0 <= second < 60:
        return None
    micro = int((second - int(second)) * temporal.MICROSECONDS)
    try:
        zone = temporal.zone(offset) if isinstance(offset, str) else _fixed_zone(offset)
        return time(int(hour), int(minute), int(second), micro, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _fixed_zone(offset: timedelta | None) -> temporal.tzinfo | None:
    if not offset:
        return None if offset is None else temporal.UTC
    if abs(offset) > timedelta(hours=18):
        raise ValueError(offset)
    return temporal.timezone(offset)


@builtin("duration(from: string|days and time duration|years and months duration)")
def to_duration(value: str | timedelta | YearMonthDuration) -> timedelta | YearMonthDuration | None:
    return temporal.parse_duration(value) if isinstance(value, str) else value


@builtin("years and months duration(from: date|date and time, to: date|date and time)")
def months_between(start: date, end: date) -> YearMonthDuration:
    """Whole months, counted towards zero."""
    first, last = to_date(start), to_date(end)
    if last < first:
        return YearMonthDuration(-months_between(end, start).months)
    return YearMonthDuration((last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))


@builtin("number(from: string|number, grouping separator?: string|null, decimal separator?: string|null)")
def to_number(value: str | Decimal, grouping: str | None, point: str | None) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping and grouping == point):
        return None
    text = value.replace(grouping, "") if grouping else value
    text = text.replace(point, ".") if point else text
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return NUMBERS.create_decimal(text)
    except DecimalException:
        return None


@builtin("string(from: any)", with_run=True)
def to_string(run: Run, value: object) -> str | None:
    return None if value is None else _Writer(run).text(value)


class _Writer:
    """Counts while it writes, so that a small value with shared parts cannot become a huge text."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.left = MAX_STRING

    def text(self, value: object, *, quoted: bool = False) -> str:
        self.run.spend(1)
        value = normal(value)
        text = self._collection(value) if isinstance(value, list | Mapping) else _scalar_text(value)
        if quoted and isinstance(value, str):
            text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        self.left -= 0 if isinstance(value, list | Mapping) else len(text)
        return checked_string(text if self.left >= 0 else " " * (MAX_STRING + 1))

    def _collection(self, value: list[object] | Mapping[str, object]) -> str:
        if isinstance(value, list):
            return "[" + ", ".join(self.text(item, quoted=True) for item in value) + "]"
        return "{" + ", ".join(f"{key}: {self.text(item, quoted=True)}" for key, item in value.items()) + "}"


def _scalar_text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, Range):
        return range_text(value)
    return value if isinstance(value, str) else temporal.text_of(value) or "function"


@builtin("range(from: string)")
def to_range(text: str) -> Range | None:
    """`range("[1..5)")`: the bounds are literals."""
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    is_open, is_closed = match[1] != "[", match[4] == "]"
    low = _bound(match[2].strip(), may_miss=is_open)
    high = _bound(match[3].strip(), may_miss=not is_closed)
    if low is MISFIT or high is MISFIT or low is high is None:
        return None
    if low is not None and high is not None and comparison.less_or_equal(low, high) is not True:
        return None
    return Range(low, high, not is_open, is_closed)


MISFIT = object()
_CALLED = re.compile(r'(?:@|date and time\(|date\(|time\(|duration\()\s*"([^"\\]*)"\s*\)?')


def _bound(text: str, *, may_miss: bool) -> object:
    if text in ("", "null"):
        return None if may_miss else MISFIT
    if _NUMBER.fullmatch(text):
        return to_number(text, None, None)
    if re.fullmatch(r'"[^"\\]*"', text):
        return text[1:-1]
    called = _CALLED.fullmatch(text)
    value = temporal.parse_any(called[1]) if called else None
    return MISFIT if value is None else value
