"""`+ - * / **` and negation. What the standard gives no meaning is null; a number beyond 10^6144 is an error."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import checked_string
from engine.feel.temporal import add_months, instant, microseconds, time_of_day
from engine.feel.values import NUMBERS, YearMonthDuration, normal

Operation = Callable[[object, object], object]
_DAY = timedelta(days=1)


def _concatenate(left: str, right: str) -> str:
    return checked_string(left + right)


def _date_plus_days(day: date, span: timedelta) -> date:
    return (datetime.combine(day, time()) + span).date()


def _datetime_plus_days(moment: datetime, span: timedelta) -> datetime:
    if moment.tzinfo is None:
        return moment + span
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)


def _time_plus_days(clock: time, span: timedelta) -> time:
    return (datetime.combine(date(2000, 1, 2), clock) + span % _DAY).timetz()


def _plus_months(day: date, span: YearMonthDuration) -> date | None:
    return add_months(day, span.months)


def _datetime_minus_datetime(left: datetime, right: datetime) -> timedelta | None:
    """Undefined by the standard when only one of the two names a zone."""
    if left.tzinfo is None and right.tzinfo is None:
        return left - right
    return None if left.tzinfo is None or right.tzinfo is None else instant(left) - instant(right)


def _date_minus_datetime(left: date, right: datetime) -> timedelta | None:
    return _datetime_minus_datetime(_midnight(left, right), right)


def _midnight(day: date, other: datetime) -> datetime:
    """The standard reads a date beside a zoned time as midnight UTC."""
    return datetime.combine(day, time(), tzinfo=UTC if other.tzinfo else None)


def _scale_days(span: timedelta, factor: Decimal) -> timedelta:
    count = NUMBERS.multiply(Decimal(microseconds(span)), factor)
    return timedelta(microseconds=_integer(count))


def _scale_months(span: YearMonthDuration, factor: Decimal) -> YearMonthDuration:
    return YearMonthDuration(_integer(NUMBERS.multiply(Decimal(span.months), factor)))


def _integer(value: Decimal) -> int:
    if value.adjusted() > 24:
        raise OverflowError
    return int(value)


def _days_by_number(span: timedelta, number: Decimal) -> timedelta:
    return timedelta(microseconds=_integer(NUMBERS.divide(Decimal(microseconds(span)), number)))


def _months_by_number(span: YearMonthDuration, number: Decimal) -> YearMonthDuration:
    return YearMonthDuration(_integer(NUMBERS.divide(Decimal(span.months), number)))


def _days_by_days(left: timedelta, right: timedelta) -> Decimal:
    return NUMBERS.divide(Decimal(microseconds(left)), Decimal(microseconds(right)))


def _months_by_months(left: YearMonthDuration, right: YearMonthDuration) -> Decimal:
    return NUMBERS.divide(Decimal(left.months), Decimal(right.months))


def _swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


_ADD: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.add,
    (str, str): _concatenate,
    (date, timedelta): _date_plus_days,
    (datetime, timedelta): _datetime_plus_days,
    (time, timedelta): _time_plus_days,
    (date, YearMonthDuration): _plus_months,
    (datetime, YearMonthDuration): _plus_months,
    (timedelta, timedelta): lambda a, b: a + b,
    (YearMonthDuration, YearMonthDuration): lambda a, b: YearMonthDuration(a.months + b.months),
}
_ADD |= {(b, a): _swapped(do) for (a, b), do in list(_ADD.items()) if a is not b}
_SUBTRACT: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.subtract,
    (date, timedelta): lambda day, span: _date_plus_days(day, -span),
    (datetime, timedelta): lambda moment, span: _datetime_plus_days(moment, -span),
    (time, timedelta): lambda clock, span: _time_plus_days(clock, -span),
    (date, YearMonthDuration): lambda day, span: add_months(day, -span.months),
    (datetime, YearMonthDuration): lambda day, span: add_months(day, -span.months),
    (date, date): lambda a, b: a - b,
    (datetime, datetime): _datetime_minus_datetime,
    (date, datetime): _date_minus_datetime,
    (datetime, date): lambda moment, day: _datetime_minus_datetime(moment, _midnight(day, moment)),
    (time, time): lambda a, b: time_of_day(a) - time_of_day(b),
    (timedelta, timedelta): lambda a, b: a - b,
    (YearMonthDuration, YearMonthDuration): lambda a, b: YearMonthDuration(a.months - b.months),
}
_MULTIPLY: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.multiply,
    (timedelta, Decimal): _scale_days,
    (Decimal, timedelta): _swapped(_scale_days),
    (YearMonthDuration, Decimal): _scale_months,
    (Decimal, YearMonthDuration): _swapped(_scale_months),
}
_DIVIDE: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): NUMBERS.divide,
    (timedelta, Decimal): _days_by_number,
    (YearMonthDuration, Decimal): _months_by_number,
    (timedelta, timedelta): _days_by_days,
    (YearMonthDuration, YearMonthDuration): _months_by_months,
}
_TABLES = {"+": _ADD, "-": _SUBTRACT, "*": _MULTIPLY, "/": _DIVIDE, "**": {(Decimal, Decimal): NUMBERS.power}}


def operation(operator: str) -> Operation:
    """The function for an operator; it gives null for kinds the operator is not made for."""
    table = _TABLES[operator]

    def work_out(left: object, right: object) -> object:
        do = table.get((type(left), type(right)))
        if do is None:
            return None
        try:
            return do(left, right)
        except (DivisionByZero, InvalidOperation, OverflowError, ValueError):
            return None
        except Overflow as refusal:
            raise FeelEvaluationError("number_too_large") from refusal

    return work_out


def negated(value: object) -> object:
    value = normal(value)
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, timedelta):
        return operation("*")(value, Decimal(-1))
    return YearMonthDuration(-value.months) if isinstance(value, YearMonthDuration) else None
