"""Dates, times and durations: reading, writing, their parts, and the zone of values that name none."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.values import DEFAULT_ZONE, NUMBERS, YearMonthDuration

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+/-]{1,60})?", re.ASCII
)
_MONTHS = re.compile(r"(-)?P(?=\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?=[\dT])(?:(\d{1,9})D)?"
    r"(?:T(?=\d)(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(?:\.(\d{1,9}))?S)?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
MICROSECONDS = 1_000_000
ZERO = timedelta(0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_date(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def zone(text: str | None) -> tzinfo | None:
    """`Z`, `+08:00` or `@Asia/Shanghai`. Raises ValueError for a zone that does not exist."""
    if text is None:
        return None
    if text in ("Z", "z"):
        return UTC
    if text[0] == "@":
        return _named_zone(text[1:])
    sign, hours, minutes, seconds = _OFFSET.fullmatch(text).groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    if offset > timedelta(hours=18) or int(minutes) > 59:
        raise ValueError(text)
    return timezone(-offset if sign == "-" else offset)


def _named_zone(name: str) -> tzinfo:
    if name in ("Z", "UTC", "Etc/UTC"):
        return UTC
    try:
        return ZoneInfo(name)
    except Exception as unknown:  # zoneinfo leaks several kinds, OSError among them
        raise ValueError(name) from unknown


def parse_time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    try:
        if not match:
            return None
        hour, minute, second = int(match[1]), int(match[2]), int(match[3])
        return time(hour, minute, second, _micro(match[4]), tzinfo=zone(match[5]))
    except ValueError:
        return None


def _micro(fraction: str | None) -> int:
    return int((fraction or "0").ljust(6, "0")[:6])


def parse_datetime(text: str) -> datetime | None:
    day_text, separator, time_text = text.partition("T")
    day = parse_date(day_text)
    clock = parse_time(time_text) if separator else None
    return datetime.combine(day, clock) if day and clock else None


def parse_duration(text: str) -> timedelta | YearMonthDuration | None:
    match = _MONTHS.fullmatch(text)
    if match:
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearMonthDuration(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if not match:
        return None
    days, hours, minutes, seconds = (int(match[group] or 0) for group in (2, 3, 4, 5))
    try:
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=_micro(match[6]))
        return -span if match[1] else span
    except OverflowError:
        return None


def parse_any(text: str) -> object:
    """What `@"text"` means; None if it is nothing."""
    for parse in (parse_date, parse_datetime, parse_time, parse_duration):
        found = parse(text)
        if found is not None:
            return found
    return None


def assumed(value: datetime | time) -> datetime | time:
    """The value with Asia/Shanghai where it names no zone."""
    return value if value.tzinfo else value.replace(tzinfo=DEFAULT_ZONE)


def instant(value: datetime) -> timedelta:
    """Time since the epoch; a value without zone counts as Asia/Shanghai."""
    offset = assumed(value).utcoffset() or ZERO
    return value.replace(tzinfo=UTC) - _EPOCH - offset


def time_of_day(value: time) -> timedelta:
    """Time since midnight UTC; a value without zone counts as Asia/Shanghai."""
    offset = time_offset(assumed(value)) or ZERO
    span = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return span - offset


def time_offset(value: datetime | time) -> timedelta | None:
    if isinstance(value, time) and isinstance(value.tzinfo, ZoneInfo):
        return datetime.combine(date(2000, 1, 1), value).utcoffset()
    return value.utcoffset()


def place_name(value: datetime | time) -> str | None:
    """`Asia/Shanghai`; None for a value with an offset only, or with none."""
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def zone_name(value: datetime | time) -> str | None:
    """What tells two zones apart: the place, else the offset."""
    if value.tzinfo is None:
        return None
    return place_name(value) or _offset_text(time_offset(value) or ZERO)


def _offset_text(offset: timedelta) -> str:
    if not offset:
        return "Z"
    seconds = int(abs(offset).total_seconds())
    text = f"{'-' if offset < ZERO else '+'}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return text + (f":{seconds % 60:02}" if seconds % 60 else "")


def microseconds(span: timedelta) -> int:
    return (span.days * 86_400 + span.seconds) * MICROSECONDS + span.microseconds


def seconds_number(span: timedelta) -> Decimal:
    return NUMBERS.divide(Decimal(microseconds(span)), Decimal(MICROSECONDS))


def _fraction(micro: int) -> str:
    return f".{micro:06}".rstrip("0") if micro else ""


def time_text(value: time | datetime) -> str:
    text = f"{value.hour:02}:{value.minute:02}:{value.second:02}{_fraction(value.microsecond)}"
    if isinstance(value.tzinfo, ZoneInfo):
        return f"{text}@{value.tzinfo.key}"
    return text if value.tzinfo is None else text + _offset_text(time_offset(value) or ZERO)


def date_text(value: date) -> str:
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def duration_text(value: timedelta) -> str:
    whole, micro = divmod(abs(microseconds(value)), MICROSECONDS)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{_fraction(micro)}S" if seconds or micro else ""
    body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if value < ZERO else "") + "P" + (body or "T0S")


def text_of(value: object) -> str | None:
    """The standard writing of a date, time or duration; None for anything else."""
    if isinstance(value, datetime):
        return f"{date_text(value)}T{time_text(value)}"
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    return str(value) if isinstance(value, YearMonthDuration) else None


def add_months(day: date, months: int) -> date | None:
    """The same day of a later or earlier month, or that month's last day; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
