"""Which rows of a decision table fit the same input, and which inputs fit no row.

Only what is certain is found: a cell that depends on more than its value neither overlaps nor leaves a gap. Null is no
value here. The cost is bounded: a table that needs more steps is not checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.definitions.decisions.segments import Column, column
from engine.definitions.decisions.table import Row, Table
from engine.feel import FeelEvaluationError, to_json

MAX_STEPS = 500_000
MAX_COLUMNS = 30
_STEPS_OF_A_CHOICE = 3

Example = dict[str, Any]


class TooLarge(Exception):
    """The table would need more steps than a check may take."""


class Budget:
    """What the check of several tables may cost together, in steps of about a microsecond."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.steps = steps

    def spend(self, steps: int) -> None:
        if steps > self.steps:
            raise TooLarge
        self.steps -= steps


@dataclass(frozen=True)
class Overlap:
    """Two rows, counted from 1, that fit the same `example`."""

    rows: tuple[int, int]
    example: Example


class Coverage:
    """Raises TooLarge."""

    def __init__(self, table: Table, budget: Budget) -> None:
        self.table = table
        self._budget = budget
        if len(table.inputs) > MAX_COLUMNS:
            raise TooLarge
        budget.spend(len(table.rows) * (len(table.rows) - 1) // 2 * len(table.inputs))
        tests = [dict(row.tests) for row in table.rows]
        self._columns = [column(given, [row.get(n) for row in tests]) for n, given in enumerate(table.inputs)]

    def overlaps(self) -> Iterator[Overlap]:
        """Pairs of rows that fit the same input; with ANY only those whose results surely differ."""
        for second, row in enumerate(self.table.rows):
            for first in range(second):
                example = self._meeting(first, second)
                if example is not None and self._may_not_meet(self.table.rows[first], row):
                    yield Overlap((first + 1, second + 1), example)

    def hidden(self) -> Iterator[tuple[int, int]]:
        """Rows that never apply because an earlier one fits whenever they do, with that one."""
        for second in range(len(self.table.rows)):
            hiding = next((first for first in range(second) if self._hides(first, second)), None)
            if hiding is not None:
                yield second + 1, hiding + 1

    def gap(self) -> Example | None:
        """An input that no row fits."""
        columns = [_Open(found, len(self.table.rows)) for found in self._columns]
        if not all(found is not None and found.is_bounded for found in self._columns):
            return None
        chosen = self._uncovered(columns, (1 << len(self.table.rows)) - 1, seen=set())
        return None if chosen is None else self._example(chosen)

    def _meeting(self, first: int, second: int) -> Example | None:
        pieces = []
        for found in self._columns:
            a, b = (None, None) if found is None else (found.cells[first], found.cells[second])
            if found is None or a is None or b is None or not a & b:
                return None
            pieces.append(found.example(a & b))
        return self._example(pieces)

    def _may_not_meet(self, first: Row, second: Row) -> bool:
        return self.table.policy.name != "ANY" or _surely_differ(first, second)

    def _hides(self, first: int, second: int) -> bool:
        for found in self._columns:
            hiding = None if found is None else found.cells[first]
            if found is None or hiding is None:
                return False
            hidden = found.cells[second]
            if hidden == 0 or (found.domain if hidden is None else hidden) & ~hiding:
                return False
        return True

    def _uncovered(self, columns: list["_Open"], rows: int, *, seen: set[tuple[int, int]]) -> list[Any] | None:
        """Values for the remaining columns that none of `rows` accepts."""
        if not rows:
            return [found.any_value for found in columns]
        if not columns or (len(columns), rows) in seen:
            return None
        seen.add((len(columns), rows))
        for accepting, value in columns[0].choices.items():
            self._budget.spend(_STEPS_OF_A_CHOICE)
            rest = self._uncovered(columns[1:], rows & accepting, seen=seen)
            if rest is not None:
                return [value, *rest]
        return None

    def _example(self, values: list[Any]) -> Example:
        return {given.label: to_json(value) for given, value in zip(self.table.inputs, values, strict=True)}


class _Open:
    """A column for the search of gaps: which sets of rows accept some value, with that value."""

    def __init__(self, found: Column | None, rows: int) -> None:
        self.choices: dict[int, Any] = {}
        self.any_value: Any = None
        if found is None:
            return
        pieces: dict[int, int] = {}
        for place in range(len(found.examples)):
            if found.domain >> place & 1:
                cells = enumerate(found.cells)
                accepting = sum(1 << row for row, cell in cells if cell is None or cell >> place & 1)
                pieces[accepting] = pieces.get(accepting, 0) | 1 << place
        self.choices = {accepting: found.example(those) for accepting, those in pieces.items()}
        if found.domain:
            self.any_value = found.example(found.domain)


def _surely_differ(first: Row, second: Row) -> bool:
    """Whether two rows have constant results that are not the same."""
    for one, other in zip(first.results, second.results, strict=True):
        if one is None or other is None or one.free_names or other.free_names:
            continue
        try:
            if one.expression.evaluate({}) != other.expression.evaluate({}):
                return True
        except FeelEvaluationError:
            continue
    return False
