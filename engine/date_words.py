"""Days and times as people write them, for expressions: 日期 and 时刻."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from engine.calendar.deadline import TIME_ZONE
from engine.feel import HostFunction
from engine.moments import written_moment


def date_functions() -> Mapping[str, Callable[[], HostFunction]]:
    return {
        "日期": lambda: HostFunction("日期", ("date",), day_words),
        "时刻": lambda: HostFunction("时刻", ("moment",), moment_words),
    }


def day_words(value: Any) -> str:
    """2026年3月4日, of a time its day in the city; nothing for null. Raises ValueError for what is no date."""
    found = _read(value)
    if found is None:
        return ""
    day = _in_city(found) if isinstance(found, datetime) else found
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(value: Any) -> str:
    """2026年3月4日09:30 in the city; a bare date without a time. Raises ValueError for what is no date."""
    found = _read(value)
    return f"{day_words(found)}{_in_city(found):%H:%M}" if isinstance(found, datetime) else day_words(found)


def _in_city(moment: datetime) -> datetime:
    return moment.astimezone(TIME_ZONE) if moment.tzinfo else moment


def _read(value: Any) -> date | None:
    """They lie in a case as text, with an offset, with a zone, or as somebody typed them."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and "T" in value:
        return written_moment(value) or datetime.fromisoformat(value)
    return date.fromisoformat(value)
