"""Types of decisions: which values belong to them, and what the standard makes of a value that nearly does.

DMN 1.5, 10.3.2.9.4: `[x]` may stand for `x`, `x` for `[x]`, a date for its midnight; any other value of another type
becomes null.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from math import isfinite
from typing import Any

from engine.feel import HostFunction, Range, Run, UnaryTests, UserFunction, YearMonthDuration, compile_expression

MISFIT = object()

_FROM_TEXT = {
    "date": compile_expression("date(v)"),
    "time": compile_expression("time(v)"),
    "date and time": compile_expression("date and time(v)"),
    "days and time duration": compile_expression("duration(v)"),
    "years and months duration": compile_expression("duration(v)"),
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isfinite(value) and value == int(value)


_BELONGS: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": _is_number,
    "date": lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "time": lambda value: isinstance(value, time),
    "date and time": lambda value: isinstance(value, datetime),
    "days and time duration": lambda value: isinstance(value, timedelta),
    "years and months duration": lambda value: isinstance(value, YearMonthDuration),
    "context": lambda value: isinstance(value, Mapping),
    "range": lambda value: isinstance(value, Range),
    "function": lambda value: isinstance(value, UserFunction | HostFunction),
    "Any": lambda _value: True,
    "Null": lambda value: value is None,
}
_SPELLINGS = {
    "any": "Any",
    "null": "Null",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    **dict.fromkeys(("integer", "long", "double"), "number"),
}


@dataclass(frozen=True)
class ItemType:
    """A built-in `kind`, a list `of` something, a context with `components`, or a further restriction of `base`.

    `allowed` restricts the values; of a list, those of its elements. `is_whole`: only whole numbers, as editors' types
    `integer` and `long` want.
    """

    name: str
    kind: str = "Any"
    base: "ItemType | None" = None
    of: "ItemType | None" = None
    components: tuple[tuple[str, "ItemType"], ...] = ()
    allowed: UnaryTests | None = None
    is_whole: bool = False

    def fitted(self, value: Any, run: Run, *, from_outside: bool = False) -> Any:
        """The value as one of this type, or MISFIT. Null belongs to every type.

        `from_outside`: the value comes from JSON, where dates, times and durations are texts.
        """
        if value is None or self.takes_all:
            return value
        run.spend(1)
        found = self._of_kind(value, run, from_outside)
        if found is MISFIT or self.allowed is None or self.allowed.matches(found, {}, run=run):
            return found
        return MISFIT

    def _of_kind(self, value: Any, run: Run, from_outside: bool) -> Any:
        if self.of is not None:
            items = value if isinstance(value, list | tuple) else [value]
            return _all_or_misfit([self.of.fitted(item, run, from_outside=from_outside) for item in items])
        if isinstance(value, list | tuple) and self.takes_one:
            if len(value) != 1:
                return MISFIT
            value = value[0]
        if self.base is not None:
            return self.base.fitted(value, run, from_outside=from_outside)
        if self.components:
            return self._with_components(value, run, from_outside)
        return self._converted(value, run, from_outside)

    @cached_property
    def takes_all(self) -> bool:
        """Whether every value is one of this type, as it is."""
        return self.kind == "Any" and not (self.base or self.of or self.components or self.allowed)

    @property
    def takes_one(self) -> bool:
        """Whether a list is no value of this type."""
        if self.base is not None:
            return self.base.takes_one
        return self.of is None and self.kind not in ("Any", "list")

    def _with_components(self, value: Any, run: Run, from_outside: bool) -> Any:
        """Entries that the type does not name are kept; those that are missing count as null."""
        if not isinstance(value, Mapping):
            return MISFIT
        parts = {
            name: part.fitted(value[name], run, from_outside=from_outside)
            for name, part in self.components
            if name in value
        }
        return MISFIT if any(part is MISFIT for part in parts.values()) else {**value, **parts}

    def _converted(self, value: Any, run: Run, from_outside: bool) -> Any:
        if self.kind == "list":
            return value if isinstance(value, list | tuple) else [value]
        if _BELONGS[self.kind](value):
            return MISFIT if self.is_whole and not _is_whole(value) else value
        if self.kind == "date and time" and isinstance(value, date):
            return datetime.combine(value, time(), tzinfo=UTC)
        if from_outside and isinstance(value, str) and self.kind in _FROM_TEXT:
            read = _FROM_TEXT[self.kind].evaluate({"v": value}, run=run)
            return read if _BELONGS[self.kind](read) else MISFIT
        return MISFIT


def _all_or_misfit(items: list[Any]) -> Any:
    return MISFIT if any(item is MISFIT for item in items) else items


ANY = ItemType("Any")
BUILT_IN: Mapping[str, ItemType] = {
    name: ItemType(name, kind, is_whole=name in ("integer", "long"))
    for name, kind in {**dict(zip(_BELONGS, _BELONGS, strict=True)), "list": "list", **_SPELLINGS}.items()
}


def or_null(value: Any) -> Any:
    return None if value is MISFIT else value
