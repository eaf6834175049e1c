"""Equal, before, after, within. Unlike kinds cannot be compared: the answer is null."""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal

from engine.feel.limits import Run
from engine.feel.temporal import instant, time_of_day
from engine.feel.values import Range, kind_of, normal

_ORDERED = frozenset(
    ["number", "string", "date", "time", "date and time", "days and time duration", "years and months duration"]
)


def _keys(left: object, right: object) -> tuple[object, object]:
    """What Python may compare; of two times, one that names no zone is read in the zone of the other."""
    if not isinstance(left, datetime | time):
        return left, right
    zone = left.tzinfo or right.tzinfo
    if zone is None:
        return left, right
    key = instant if isinstance(left, datetime) else time_of_day
    return key(left.replace(tzinfo=left.tzinfo or zone)), key(right.replace(tzinfo=right.tzinfo or zone))


def _same_value(left: object, right: object) -> bool:
    """A time that names a zone is never equal to one that names none."""
    if isinstance(left, datetime | time) and (left.tzinfo is None) != (right.tzinfo is None):
        return False
    a, b = _keys(left, right)
    return a == b


def equal(left: object, right: object, run: Run) -> bool | None:
    """Three-valued equality; contexts and lists are equal when all their parts are."""
    if left is None or right is None:
        return left is right
    if type(left) is type(right) and type(left) in (str, Decimal, bool):
        return left == right
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    run.spend(3)
    if kind == "list":
        return _lists_equal(left, right, run)
    if kind == "context":
        return _contexts_equal(left, right, run)
    if kind == "range":
        return _ranges_equal(left, right, run)
    if kind in ("function", "unknown"):
        return left is right
    return _same_value(left, right)


def _lists_equal(left: list[object], right: list[object], run: Run) -> bool:
    return len(left) == len(right) and all(
        equal(normal(a), normal(b), run) is True for a, b in zip(left, right, strict=True)
    )


def _contexts_equal(left: Mapping[str, object], right: Mapping[str, object], run: Run) -> bool:
    return left.keys() == right.keys() and all(
        equal(normal(left[key]), normal(right[key]), run) is True for key in left
    )


def _ranges_equal(left: Range, right: Range, run: Run) -> bool:
    same_sides = (left.start_included, left.end_included) == (right.start_included, right.end_included)
    return same_sides and all(equal(a, b, run) is True for a, b in ((left.start, right.start), (left.end, right.end)))


def comparable(left: object, right: object) -> bool:
    kind = kind_of(left)
    return kind in _ORDERED and kind == kind_of(right)


def compare(left: object, right: object) -> int | None:
    """-1, 0 or 1; None for values that have no common order."""
    if not comparable(left, right):
        return None
    a, b = _keys(left, right)
    return (a > b) - (a < b)


def less(left: object, right: object) -> bool | None:
    order = compare(left, right)
    return None if order is None else order < 0


def less_or_equal(left: object, right: object) -> bool | None:
    order = compare(left, right)
    return None if order is None else order <= 0


def greater(left: object, right: object) -> bool | None:
    return less(right, left)


def greater_or_equal(left: object, right: object) -> bool | None:
    return less_or_equal(right, left)


def within(value: object, bounds: Range) -> bool | None:
    """Whether a value lies in a range: above its start and below its end, in three-valued logic."""
    if value is None or (bounds.start is None and bounds.end is None):
        return None
    missing = True if bounds.is_certain else None
    above = missing if bounds.start is None else _follows(bounds.start, value, included=bounds.start_included)
    below = missing if bounds.end is None else _follows(value, bounds.end, included=bounds.end_included)
    return both(above, below)


def both(left: bool | None, right: bool | None) -> bool | None:
    """The three-valued `and`."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _follows(low: object, high: object, *, included: bool) -> bool | None:
    return less_or_equal(low, high) if included else less(low, high)
