"""What the expressions of a form see: the answers so far, computed values, and the data of the case around them."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from engine.definitions.form.components import Computed, Group, Input, RowList
from engine.definitions.form.level import Level, Member
from engine.feel import to_json

_EMPTY: Mapping[str, Any] = {"flag": False, "choices": [], "files": []}
_SPECIAL = frozenset({"this", "parent", "i"})
_MOST_DIGITS = 40
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


class Surroundings(Mapping[str, Any]):
    """The data of the case; a name that the form mentions and the case does not know is null.

    `once` keeps what was worked out from this data and is asked for again and again, such as lists of people.
    """

    def __init__(self, context: Mapping[str, Any], known: frozenset[str]) -> None:
        self.context = context
        self.known = known
        self.once: dict[Any, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name in self.context:
            return self.context[name]
        if name in self.known:
            return None
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.known | self.context.keys())

    def __len__(self) -> int:
        return len(self.known | self.context.keys())


class Scope(Mapping[str, Any]):
    """One level of the answers, worked out on demand: a value is computed when something asks for it.

    `typed` are the answers of this level, `initial` what the case already had here, `index` the row numbers from 1.
    """

    def __init__(
        self,
        *,
        level: Level,
        typed: Mapping[str, Any],
        initial: Mapping[str, Any],
        outer: "Scope | Surroundings",
        index: tuple[int, ...] = (),
    ) -> None:
        self.level = level
        self.typed = typed
        self.initial = initial
        self.outer = outer
        self.surroundings: Surroundings = outer if isinstance(outer, Surroundings) else outer.surroundings
        self.index = index
        self._values: dict[str, Any] = {}
        self._hidden: dict[str, bool] = {}
        self._below: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name in self._values:
            return self._values[name]
        member = self.level.members.get(name)
        if member is None:
            return self._special(name) if name in _SPECIAL else self.outer[name]
        value = self._values[name] = None if self.is_hidden(name) else self._value(name, member)
        return value

    def __iter__(self) -> Iterator[str]:
        yield from self.level.members
        yield from (name for name in self.outer if name not in self.level.members)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def context(self) -> Mapping[str, Any]:
        """The data of the case, without the answers."""
        return self.surroundings.context

    def is_hidden(self, name: str) -> bool:
        """By its own condition or that of a group without a path around it."""
        conditions = self.level.members[name].conditions
        if not conditions:
            return False
        if name not in self._hidden:
            self._hidden[name] = any(condition.of(self) is True for condition in conditions)
        return self._hidden[name]

    def is_readonly(self, component: Input) -> bool:
        return component.readonly.of(self) is True

    def initial_value(self, component: Input) -> Any:
        """What the case already says here, else the default of the form."""
        known = self.initial.get(component.name) if component.prefill else None
        return component.default if known is None else known

    def group(self, name: str) -> "Scope":
        if name not in self._below:
            level = self.level.members[name].level
            typed, initial = _object(self.typed.get(name)), _object(self.initial.get(name))
            self._below[name] = Scope(level=level, typed=typed, initial=initial, outer=self, index=self.index)
        return self._below[name]

    def rows(self, name: str) -> list["Scope"]:
        if name not in self._below:
            self._below[name] = self._row_scopes(name)
        return self._below[name]

    def first_rows(self, component: RowList) -> list[Mapping[str, Any]]:
        """The rows a fresh form starts with: those of the case, those of the `rows` expression, or empty ones."""
        held = self.initial.get(component.path)
        held = [_object(row) for row in held] if isinstance(held, list) else None
        written = component.rows.of(self)
        if not isinstance(written, list):
            return held or [{} for _ in range(max(component.first_rows, component.min_rows))]
        written = [_object(row) for row in written]
        if component.is_open:
            return held or written
        if held and len(held) == len(written):
            return [{**old, **new} for old, new in zip(held, written, strict=True)]
        return written

    def empty(self, component: Input) -> Any:
        return _EMPTY.get(component.kind)

    def _row_scopes(self, name: str) -> list["Scope"]:
        member = self.level.members[name]
        firsts = [] if member.component.is_open else self.first_rows(member.component)
        return [
            Scope(
                level=member.level,
                typed=_object(row),
                initial=firsts[n] if n < len(firsts) else {},
                outer=self,
                index=(*self.index, n + 1),
            )
            for n, row in enumerate(self.typed.get(name) or [])
        ]

    def _value(self, name: str, member: Member) -> Any:
        component = member.component
        if isinstance(component, Input):
            value = self.initial_value(component) if self.is_readonly(component) else self.typed.get(name)
            return self.empty(component) if value is None else value
        if isinstance(component, Computed):
            return _rounded(component.rule.of(self), component.digits)
        if isinstance(component, Group):
            return self.group(name).values_here()
        return [row.values_here() for row in self.rows(name)]

    def values_here(self) -> dict[str, Any]:
        return {name: self[name] for name in self.level.members}

    def _special(self, name: str) -> Any:
        if name == "i":
            return list(self.index)
        if name == "this":
            return dict(self.typed)
        return dict(self.outer.typed) if isinstance(self.outer, Scope) else None


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _rounded(value: Any, digits: int | None) -> Any:
    if digits is None or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    if Decimal(value).adjusted() > _MOST_DIGITS:
        return value
    return to_json(Decimal(value).quantize(Decimal(1).scaleb(-digits), context=_EXACT))
