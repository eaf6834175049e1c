"""How points and ranges lie to each other (DMN 1.5, table 78)."""

from collections.abc import Callable

from engine.feel.comparison import compare, within
from engine.feel.signatures import builtin
from engine.feel.values import Range, kind_of

Answer = bool | None


def _order(left: object, right: object) -> int:
    found = compare(left, right)
    if found is None:
        raise _Incomparable
    return found


class _Incomparable(Exception):
    """A bound is missing, or of another kind."""


def _relation(name: str, *signatures: tuple[str, str]) -> Callable[[Callable[..., bool]], Callable[..., Answer]]:
    """Register under several pairs of parameters; where bounds cannot be compared the answer is null."""

    def register(work: Callable[..., bool]) -> Callable[..., Answer]:
        def work_out(left: object, right: object) -> Answer:
            try:
                return work(left, right)
            except _Incomparable:
                return None

        return builtin(*(f"{name}({', '.join(signature)})" for signature in signatures))(work_out)

    return register


_KINDS = "number|string|date|time|date and time|days and time duration|years and months duration"
_RANGES = ("range1: range", "range2: range")
_POINTS = (f"point1: {_KINDS}", f"point2: {_KINDS}")
_POINT_RANGE = (f"point: {_KINDS}", "range: range")
_RANGE_POINT = ("range: range", f"point: {_KINDS}")


def _as_range(value: object) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


@_relation("before", _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)
def before(left: object, right: object) -> bool:
    return _is_before(_as_range(left), _as_range(right))


def _is_before(left: Range, right: Range) -> bool:
    order = _order(left.end, right.start)
    return order < 0 or (order == 0 and not (left.end_included and right.start_included))


@_relation("after", _POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)
def after(left: object, right: object) -> bool:
    return _is_before(_as_range(right), _as_range(left))


def _meets(left: Range, right: Range) -> bool:
    return left.end_included and right.start_included and _order(left.end, right.start) == 0


_relation("meets", _RANGES)(_meets)
_relation("met by", _RANGES)(lambda left, right: _meets(right, left))


@_relation("overlaps", _RANGES)
def overlaps(left: Range, right: Range) -> bool:
    return not _is_before(left, right) and not _is_before(right, left)


def _start_order(left: Range, right: Range) -> int:
    """Which starts first; an included bound starts before an excluded one at the same point."""
    return _order(left.start, right.start) or right.start_included - left.start_included


def _end_order(left: Range, right: Range) -> int:
    return _order(left.end, right.end) or left.end_included - right.end_included


def _overlaps_before(left: Range, right: Range) -> bool:
    return _start_order(left, right) < 0 and not _is_before(left, right) and _end_order(left, right) <= 0


_relation("overlaps before", _RANGES)(_overlaps_before)
_relation("overlaps after", _RANGES)(
    lambda left, right: _start_order(left, right) > 0 and not _is_before(right, left) and _end_order(left, right) >= 0
)


def _finishes(left: Range, right: Range) -> bool:
    return _end_order(left, right) == 0 and _start_order(left, right) >= 0


def _starts(left: Range, right: Range) -> bool:
    return _start_order(left, right) == 0 and _end_order(left, right) <= 0


def _includes(left: Range, right: Range) -> bool:
    return _start_order(left, right) <= 0 and _end_order(left, right) >= 0


def _point_in(point: object, bounds: Range) -> bool:
    inside = within(point, bounds)
    if inside is None:
        raise _Incomparable
    return inside


def _ends_at(point: object, bounds: Range) -> bool:
    return bounds.end_included and _order(bounds.end, point) == 0


def _starts_at(point: object, bounds: Range) -> bool:
    return bounds.start_included and _order(bounds.start, point) == 0


_relation("finishes", _POINT_RANGE)(_ends_at)
_relation("finishes", _RANGES)(_finishes)
_relation("finished by", _RANGE_POINT)(lambda bounds, point: _ends_at(point, bounds))
_relation("finished by", _RANGES)(lambda left, right: _finishes(right, left))
_relation("includes", _RANGE_POINT)(lambda bounds, point: _point_in(point, bounds))
_relation("includes", _RANGES)(_includes)
_relation("during", _POINT_RANGE)(_point_in)
_relation("during", _RANGES)(lambda left, right: _includes(right, left))
_relation("starts", _POINT_RANGE)(_starts_at)
_relation("starts", _RANGES)(_starts)
_relation("started by", _RANGE_POINT)(lambda bounds, point: _starts_at(point, bounds))
_relation("started by", _RANGES)(lambda left, right: _starts(right, left))


@_relation("coincides", _POINTS, _RANGES)
def coincides(left: object, right: object) -> bool:
    if kind_of(left) == "range" and kind_of(right) == "range":
        return _start_order(left, right) == 0 and _end_order(left, right) == 0
    return _order(left, right) == 0
