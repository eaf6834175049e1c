"""The calendar: today and now come from the context, never from this computer."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import Run
from engine.feel.signatures import builtin
from engine.feel.temporal import assumed, days_in_month, parse_date, parse_datetime, zone_name
from engine.feel.values import DEFAULT_ZONE, NUMBERS, YearMonthDuration, kind_of

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@builtin("now()", with_run=True)
def now(run: Run) -> datetime:
    """`现在` of the context. Raises FeelEvaluationError if the host gave none."""
    given = run.root.get("现在")
    moment = parse_datetime(given) if isinstance(given, str) else given
    if not isinstance(moment, datetime):
        raise FeelEvaluationError("clock_missing", function="now()", name="现在")
    return assumed(moment)


@builtin("today()", with_run=True)
def today(run: Run) -> date:
    """`今天` of the context, else the day of `现在`. Raises FeelEvaluationError if the host gave neither."""
    given = run.root.get("今天")
    day = parse_date(given) if isinstance(given, str) else given
    if type(day) is date:
        return day
    if run.root.get("现在") is None:
        raise FeelEvaluationError("clock_missing", function="today()", name="今天")
    return now(run).astimezone(DEFAULT_ZONE).date()


@builtin("day of year(date: date|date and time)")
def day_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


@builtin("day of week(date: date|date and time)")
def day_of_week(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


@builtin("month of year(date: date|date and time)")
def month_of_year(day: date) -> str:
    return _MONTHS[day.month - 1]


@builtin("week of year(date: date|date and time)")
def week_of_year(day: date) -> Decimal:
    return Decimal(day.isocalendar().week)


@builtin("last day of month(date: date|date and time)")
def last_day_of_month(day: date) -> date:
    return date(day.year, day.month, days_in_month(day.year, day.month))


@builtin("is(value1: any, value2: any)")
def same(left: object, right: object) -> bool:
    """The same value in every respect, zones and kinds included."""
    if kind_of(left) != kind_of(right):
        return False
    if isinstance(left, datetime | time):
        return left.replace(tzinfo=None) == right.replace(tzinfo=None) and zone_name(left) == zone_name(right)
    return bool(left == right)


@builtin("abs(n: number|days and time duration|years and months duration)")
def absolute(value: Decimal | timedelta | YearMonthDuration) -> object:
    if isinstance(value, YearMonthDuration):
        return YearMonthDuration(abs(value.months))
    return NUMBERS.abs(value) if isinstance(value, Decimal) else abs(value)
