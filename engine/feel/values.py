"""The values FEEL works on, and their kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from zoneinfo import ZoneInfo

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import MAX_INTEGER_BITS

NUMBERS = Context(prec=34, Emax=6144, Emin=-6143, traps=[DivisionByZero, InvalidOperation, Overflow])
DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, order=True, slots=True)
class YearMonthDuration:
    """A duration of whole months; twelve of them are a year."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-" if self.months < 0 else "") + "P" + parts


@dataclass(frozen=True, slots=True)
class Range:
    """From `start` to `end`; None stands for no bound.

    `is_certain` is false when a bound was written and turned out to be null: nothing then lies within for sure.
    """

    start: object
    end: object
    start_included: bool = True
    end_included: bool = True
    is_certain: bool = field(default=True, compare=False)


class Function:
    """Something that can be called from FEEL. `parameters` are the names for calls by name."""

    __slots__ = ()


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    float: "number",
    Decimal: "number",
    str: "string",
    date: "date",
    datetime: "date and time",
    time: "time",
    timedelta: "days and time duration",
    YearMonthDuration: "years and months duration",
    list: "list",
    tuple: "list",
    dict: "context",
    Range: "range",
}


def kind_of(value: object) -> str:
    """The FEEL type of a value; `unknown` for things of Python that FEEL must not look into."""
    found = KINDS.get(type(value))
    if found:
        return found
    if isinstance(value, Function):
        return "function"
    return "context" if isinstance(value, Mapping) else "unknown"


def _from_int(value: int) -> Decimal:
    if value.bit_length() > MAX_INTEGER_BITS:
        raise FeelEvaluationError("number_too_large")
    return Decimal(value)


def _from_float(value: float) -> Decimal | None:
    return _from_decimal(Decimal(repr(value)))


def _from_decimal(value: Decimal) -> Decimal | None:
    return value if value.is_finite() else None


_CONVERSIONS: dict[type, Callable[..., object]] = {
    int: _from_int,
    float: _from_float,
    Decimal: _from_decimal,
    tuple: list,
}


def normal(value: object) -> object:
    """A value from outside as FEEL sees it: integers become exact decimals, NaN and infinity become null."""
    convert = _CONVERSIONS.get(type(value))
    return value if convert is None else convert(value)


def normal_list(items: object) -> list[object]:
    return [normal(item) for item in items]


def whole(value: object) -> int | None:
    """The integer a FEEL number stands for; None if it is not one, or far beyond any position or calendar field."""
    if not isinstance(value, Decimal) or value.adjusted() > 15 or value != value.to_integral_value():
        return None
    return int(value)


def number_text(value: Decimal) -> str:
    """The shortest exact writing of a number, without an exponent unless it is extreme."""
    if not value:
        return "0"
    if abs(value.adjusted()) > 60:
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
