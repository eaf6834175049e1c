"""The parts of dates, times, durations and ranges: `签署日.year`."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.temporal import MICROSECONDS, microseconds, place_name, seconds_number, time_offset
from engine.feel.values import Range, YearMonthDuration

Property = Callable[..., object]


def _number(attribute: str) -> Property:
    return lambda value: Decimal(getattr(value, attribute))


def _plain(attribute: str) -> Property:
    return lambda value: getattr(value, attribute)


def _signed_part(divisor: int, modulus: int | None) -> Property:
    """A whole part of a duration, with the sign of the whole."""

    def part(value: timedelta) -> Decimal:
        total = microseconds(value)
        count = abs(total) // (divisor * MICROSECONDS)
        count = count % modulus if modulus else count
        return Decimal(-count if total < 0 else count)

    return part


def _sign(value: timedelta) -> int:
    return -1 if value < timedelta(0) else 1


def _years(value: YearMonthDuration) -> Decimal:
    return Decimal(int(value.months / 12))


def _months(value: YearMonthDuration) -> Decimal:
    return Decimal(value.months - int(value.months / 12) * 12)


_DATE: dict[str, Property] = {
    "year": _number("year"),
    "month": _number("month"),
    "day": _number("day"),
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_TIME: dict[str, Property] = {
    "hour": _number("hour"),
    "minute": _number("minute"),
    "second": lambda value: Decimal(value.second) + Decimal(value.microsecond) / MICROSECONDS,
    "time offset": time_offset,
    "timezone": place_name,
}
_PROPERTIES: dict[type, dict[str, Property]] = {
    date: _DATE,
    time: _TIME,
    datetime: _DATE | _TIME,
    timedelta: {
        "days": _signed_part(86_400, None),
        "hours": _signed_part(3_600, 24),
        "minutes": _signed_part(60, 60),
        "seconds": lambda value: _sign(value) * seconds_number(abs(value) % timedelta(minutes=1)),
    },
    YearMonthDuration: {"years": _years, "months": _months},
    Range: {
        "start": _plain("start"),
        "end": _plain("end"),
        "start included": _plain("start_included"),
        "end included": _plain("end_included"),
    },
}


def property_of(value: object, name: str) -> object:
    """The named part; None if a value of this kind has no such part."""
    found = _PROPERTIES.get(type(value), {}).get(name)
    return found(value) if found else None
