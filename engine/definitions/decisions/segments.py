"""A column of a decision table cut into pieces in which every cell accepts all values or none.

The constants of the cells cut the values into points and the stretches between them. Piece 2i+1 is the constant number
i, piece 2i the stretch before it. A set of pieces is the bits of a number: two cells meet where `a & b` is not zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from math import floor
from typing import Any

from engine.definitions.decisions.item_types import ItemType
from engine.definitions.decisions.table import Input
from engine.feel import Accepted, Range, UnaryTests, YearMonthDuration, constant_tests

ANOTHER_TEXT = "其他"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_STEPS: dict[type, Any] = {Decimal: Decimal(1), date: _DAY, datetime: _HOUR, timedelta: _HOUR}
_KINDS = {*_STEPS, str, bool, YearMonthDuration}


@dataclass(frozen=True)
class Column:
    """`cells` are the pieces that each cell accepts, None for a cell that depends on more than the value.

    `domain` are the pieces that can occur; `is_bounded` when that is known for certain.
    """

    cells: tuple[int | None, ...]
    domain: int
    examples: tuple[Any, ...]
    is_bounded: bool

    def example(self, pieces: int) -> Any:
        """A value in one of some pieces: the first, or a text that is plainly another than all those named."""
        chosen = pieces & self._another or pieces
        return self.examples[(chosen & -chosen).bit_length() - 1]

    @cached_property
    def _another(self) -> int:
        return 1 << self.examples.index(ANOTHER_TEXT) if ANOTHER_TEXT in self.examples else 0


def column(given: Input, tests: Sequence[UnaryTests | None]) -> Column | None:
    """None when the constants of the column have no common order."""
    cells, limits = [_parts(test) for test in tests], [_parts(test) for test in _limits(given.type, given.allowed)]
    bounds = [bound for cell in [*cells, *limits] for part in cell or () for bound in _bounds(part)]
    kind = _kind(given.type, bounds)
    if kind is None and bounds:
        return None
    grid = _Grid([False, True] if kind is bool else sorted(set(bounds)), kind, is_whole=_base(given.type).is_whole)
    domain = grid.everything
    for limit in limits:
        domain &= grid.everything if limit is None else grid.mask(limit)
    masks = tuple(None if cell is None else grid.mask(cell) & domain for cell in cells)
    return Column(masks, domain, grid.examples, is_bounded=None not in limits)


def _parts(test: UnaryTests | None) -> tuple[Accepted, ...] | None:
    return (Accepted((), negated=True),) if test is None else constant_tests(test.tree)


def _limits(kind: ItemType, allowed: UnaryTests | None) -> Iterator[UnaryTests]:
    """What restricts the values of a column: its input values and the allowed values of its type."""
    yield from filter(None, (allowed, kind.allowed))
    if kind.base is not None:
        yield from _limits(kind.base, None)


def _bounds(part: Accepted) -> Iterator[Any]:
    for found in part.ranges:
        yield from (bound for bound in (found.start, found.end) if bound is not None)


def _base(kind: ItemType) -> ItemType:
    return kind if kind.base is None else _base(kind.base)


def _kind(given: ItemType, bounds: list[Any]) -> type | None:
    """The one kind of all constants, if it has an order that can be counted with."""
    base = _base(given)
    if base.of is not None or base.kind in ("list", "time", "context"):
        return None
    kinds = {type(bound) for bound in bounds}
    zoned = {bound.tzinfo is None for bound in bounds if isinstance(bound, datetime)}
    if not kinds:
        return {"boolean": bool, "number": Decimal, "string": str}.get(base.kind)
    return next(iter(kinds)) if len(kinds) == 1 and kinds <= _KINDS and len(zoned) < 2 else None


class _Grid:
    def __init__(self, bounds: list[Any], kind: type | None, *, is_whole: bool) -> None:
        self._places = {bound: place for place, bound in enumerate(bounds)}
        self._last = 2 * len(bounds)
        examples: list[Any] = []
        for low, high in zip([None, *bounds], [*bounds, None], strict=True):
            examples += [_inside(low, high, kind, is_whole=is_whole), high]
        self.examples = tuple(examples[:-1])
        self.everything = sum(1 << place for place, value in enumerate(self.examples) if _exists(value, is_whole))
        if not bounds:
            self.everything = 1

    def mask(self, cell: tuple[Accepted, ...]) -> int:
        mask = 0
        for part in cell:
            found = 0
            for one in part.ranges:
                found |= self._range(one)
            mask |= self.everything & ~found if part.negated else found
        return mask & self.everything

    def _range(self, found: Range) -> int:
        low, high = 0, self._last
        if found.start is not None:
            low = 2 * self._places[found.start] + (1 if found.start_included else 2)
        if found.end is not None:
            high = 2 * self._places[found.end] + (1 if found.end_included else 0)
        return (1 << high + 1) - (1 << low) if low <= high else 0


def _exists(value: Any, is_whole: bool) -> bool:
    return value is not None and not (is_whole and isinstance(value, Decimal) and value != floor(value))


def _inside(low: Any, high: Any, kind: type | None, *, is_whole: bool) -> Any:
    """A value between two constants, or None when there is none."""
    if kind is bool:
        return None
    if kind is str:
        return _text_inside(low, high)
    if low is None and high is None:
        return Decimal(0) if kind is Decimal else None
    try:
        value = _between(low, high, kind, is_whole=is_whole)
    except (OverflowError, ArithmeticError, ValueError):
        return None
    return value if (low is None or value > low) and (high is None or value < high) else None


def _between(low: Any, high: Any, kind: type | None, *, is_whole: bool) -> Any:
    if kind is YearMonthDuration:
        return YearMonthDuration(high.months - 1 if low is None else low.months + 1)
    if kind is Decimal and is_whole:
        return -Decimal(floor(-high) + 1) if low is None else Decimal(floor(low) + 1)
    step = _STEPS[kind or Decimal]
    if low is None or high is None:
        return high - step if low is None else low + step
    return low + (step if kind is date else (high - low) / 2)


def _text_inside(low: str | None, high: str | None) -> str | None:
    candidates = (ANOTHER_TEXT, "", f"{low or ''}0", f"{low or ''}\0")
    return next((text for text in candidates if (low is None or text > low) and (high is None or text < high)), None)
