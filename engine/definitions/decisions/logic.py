"""Boxed expressions: how a decision or a function works out its value. Each is a FEEL expression drawn as boxes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from engine.definitions.decisions.item_types import ANY, MISFIT, ItemType, or_null
from engine.feel import Expression, Run, UserFunction, invoke

_MISSING = object()
_CALL_STEPS = 6  # what a boxed function costs beyond one written in an expression: its body has a scope of its own


class Names(Mapping[str, Any]):
    """What an expression may name: names of its own, then those around it, which are asked for only when needed."""

    __slots__ = ("outer", "own")

    def __init__(self, own: dict[str, Any], outer: Mapping[str, Any]) -> None:
        self.own = own
        self.outer = outer

    def get(self, name: str, default: Any = None) -> Any:  # type: ignore[override]
        found = self.own.get(name, _MISSING)
        return self.outer.get(name, default) if found is _MISSING else found

    def __getitem__(self, name: str) -> Any:
        return self.own[name] if name in self.own else self.outer[name]

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        yield from (name for name in self.outer if name not in self.own)

    def __len__(self) -> int:
        return len(self.own.keys() | self.outer.keys())


class Logic(Protocol):
    """`free_names` are those it takes from outside."""

    @property
    def free_names(self) -> frozenset[str]: ...

    def work_out(self, names: Mapping[str, Any], run: Run) -> Any:
        """The FEEL value. Raises FeelEvaluationError and the errors of decision tables."""
        ...


def _all_free(*parts: Logic | Expression) -> frozenset[str]:
    return frozenset().union(*(part.free_names for part in parts))


@dataclass(frozen=True)
class Formula:
    """A literal expression."""

    expression: Expression
    type: ItemType = ANY

    @property
    def free_names(self) -> frozenset[str]:
        return self.expression.free_names

    def work_out(self, names: Mapping[str, Any], run: Run) -> Any:
        run.spend(self.expression.tree.size)
        return or_null(self.type.fitted(self.expression.evaluate(names, run=run), run))


@dataclass(frozen=True)
class Entry:
    name: str
    type: ItemType
    logic: Logic


@dataclass(frozen=True)
class BoxedContext:
    """Entries see those above them; with a `result` that is the value, else the context itself."""

    entries: tuple[Entry, ...]
    result: Logic | None = None
    type: ItemType = ANY

    @cached_property
    def free_names(self) -> frozenset[str]:
        free: frozenset[str] = frozenset()
        above: frozenset[str] = frozenset()
        for entry in self.entries:
            itself = {entry.name} if isinstance(entry.logic, BoxedFunction) else set()
            free |= entry.logic.free_names - above - itself
            above |= {entry.name}
        return free | (self.result.free_names - above if self.result else frozenset())

    def work_out(self, names: Mapping[str, Any], run: Run) -> Any:
        made: dict[str, Any] = {}
        inner = Names(made, names)
        for entry in self.entries:
            made[entry.name] = or_null(entry.type.fitted(entry.logic.work_out(inner, run), run))
        return or_null(self.type.fitted(self.result.work_out(inner, run) if self.result else made, run))


@dataclass(frozen=True)
class BoxedList:
    items: tuple[Logic, ...]
    type: ItemType = ANY

    @cached_property
    def free_names(self) -> frozenset[str]:
        return _all_free(*self.items)

    def work_out(self, names: Mapping[str, Any], run: Run) -> Any:
        return or_null(self.type.fitted([item.work_out(names, run) for item in self.items], run))


@dataclass(frozen=True)
class Relation:
    """A list of contexts with the same entries."""

    columns: tuple[tuple[str, ItemType], ...]
    rows: tuple[tuple[Logic, ...], ...]
    type: ItemType = ANY

    @cached_property
    def free_names(self) -> frozenset[str]:
        return _all_free(*(cell for row in self.rows for cell in row))

    def work_out(self, names: Mapping[str, Any], run: Run) -> Any:
        return or_null(self.type.fitted([self._row(row, names, run) for row in self.rows], run))

    def _row(self, row: tuple[Logic, ...], names: Mapping[str, Any], run: Run) -> dict[str, Any]:
        return {
            name: or_null(kind.fitted(cell.work_out(names, run), run))
            for (name, kind), cell in zip(self.columns, row, strict=True)
        }


@dataclass(frozen=True)
class BoxedFunction:
    """`body` sees the parameters and what is around the function. Arguments of another type give null."""

    parameters: tuple[tuple[str, ItemType], ...]
    body: Logic
    type: ItemType = ANY

    @cached_property
    def free_names(self) -> frozenset[str]:
        return self.body.free_names - {name for name, _ in self.parameters}

    def work_out(self, names: Mapping[str, Any], run: Run) -> UserFunction:
        called = tuple(name for name, _ in self.parameters)
        narrow = tuple((name, kind) for name, kind in self.parameters if not kind.takes_all)

        def call(arguments: dict[str, Any]) -> Any:
            run.spend(_CALL_STEPS)
            for name, kind in narrow:
                arguments[name] = kind.fitted(arguments[name], run)
                if arguments[name] is MISFIT:
                    return None
            return or_null(self.type.fitted(self.body.work_out(Names(arguments, names), run), run))

        return UserFunction(parameters=called, types=(None,) * len(called), body=call)


@dataclass(frozen=True)
class Invocation:
    """Calls a function with arguments by name."""

    function: Expression
    bindings: tuple[tuple[str, Logic], ...]
    type: ItemType = ANY

    @cached_property
    def free_names(self) -> frozenset[str]:
        return _all_free(self.function, *(logic for _, logic in self.bindings))

    def work_out(self, names: Mapping[str, Any], run: Run) -> Any:
        arguments = [logic.work_out(names, run) for _, logic in self.bindings]
        called = self.function.evaluate(names, run=run)
        by_name = [name for name, _ in self.bindings]
        return or_null(self.type.fitted(invoke(called, arguments, run, by_name), run))


def parts(logic: Logic) -> Iterator[Logic]:
    """A boxed expression and all inside it."""
    yield logic
    for part in _inside(logic):
        yield from parts(part)


def _inside(logic: Logic) -> Iterator[Logic]:
    if isinstance(logic, BoxedContext):
        yield from (entry.logic for entry in logic.entries)
        yield from filter(None, (logic.result,))
    elif isinstance(logic, BoxedList):
        yield from logic.items
    elif isinstance(logic, Relation):
        yield from (cell for row in logic.rows for cell in row)
    elif isinstance(logic, BoxedFunction):
        yield logic.body
    elif isinstance(logic, Invocation):
        yield from (bound for _, bound in logic.bindings)
