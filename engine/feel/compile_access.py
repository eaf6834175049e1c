"""Contexts, paths into them, and filters on lists."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel.limits import Run
from engine.feel.properties import property_of
from engine.feel.scope import Build, Compiled, Scope
from engine.feel.syntax import ContextLiteral, Filter, Literal, Node, Path
from engine.feel.values import normal, whole


def _context(node: ContextLiteral, build: Build) -> Compiled:
    entries = tuple((key, build(value)) for key, value in node.entries)
    repeated = len({key for key, _ in entries}) < len(entries)

    def make(scope: Scope) -> dict[str, object] | None:
        made: dict[str, object] = {}
        inner = Scope(made, scope, scope.run)
        for key, value in entries:
            made[key] = value(inner)
        return None if repeated else made

    return make


def step_into(value: object, name: str, run: Run) -> object:
    """`value.name`: an entry, a part of a date and the like; of a list, that of each element."""
    if isinstance(value, Mapping):
        return normal(value.get(name))
    if isinstance(value, list):
        run.spend(2 * len(value))
        return [step_into(normal(item), name, run) for item in value]
    return property_of(value, name)


def _path(node: Path, build: Build) -> Compiled:
    target, name = build(node.target), node.name

    def walk(scope: Scope) -> object:
        value = target(scope)
        if type(value) is dict:
            return normal(value.get(name))
        return step_into(value, name, scope.run)

    return walk


def element(items: list[object], position: object) -> object:
    """The element at a place counted from 1, or from -1 at the end; null beyond."""
    place = whole(position)
    if not place or abs(place) > len(items):
        return None
    return normal(items[place - 1 if place > 0 else place])


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _element_of(value: object, position: object) -> object:
    return None if value is None else element(_as_list(value), position)


def item_scope(item: object, scope: Scope) -> Scope:
    """The entries of a context are names of their own in a filter; `item` is the element itself."""
    around = Scope({"item": item}, scope, scope.run)
    return Scope(item, around, scope.run) if isinstance(item, Mapping) else around


def _filter(node: Filter, build: Build) -> Compiled:
    target, condition = build(node.target), build(node.condition)
    if isinstance(node.condition, Literal) and isinstance(node.condition.value, Decimal):
        place = node.condition.value
        return lambda scope: _element_of(target(scope), place)
    cost = node.condition.size

    def select(scope: Scope) -> object:
        found = target(scope)
        if found is None:
            return None
        items, kept = _as_list(found), []
        for raw in items:
            scope.run.spend(cost)
            item = normal(raw)
            verdict = condition(item_scope(item, scope))
            if isinstance(verdict, Decimal):
                return element(items, verdict)
            if verdict is True:
                kept.append(item)
        if not items and isinstance(condition(item_scope(None, scope)), Decimal):
            return None
        return kept

    return select


BUILDERS: dict[type[Node], Callable[..., Compiled]] = {ContextLiteral: _context, Path: _path, Filter: _filter}
