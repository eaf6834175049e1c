"""`for`, `some`, `every`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from engine.feel.builtins import BUILT_INS
from engine.feel.limits import check_list_size
from engine.feel.scope import Build, Compiled, Scope
from engine.feel.syntax import Call, Filter, For, Iteration, Name, Node, Quantified
from engine.feel.values import Range, normal, whole

_DAY = timedelta(days=1)
Source = Callable[[Scope], Iterable[object] | None]


def counted(start: object, end: object) -> Iterable[object] | None:
    """From `start` to `end`, up or down: whole numbers or dates; None for anything else."""
    if type(start) is date and type(end) is date:
        days = (end - start).days
        check_list_size(abs(days))
        return [start + _DAY * step for step in _steps(0, days)]
    low, high = whole(start), whole(end)
    if low is None or high is None:
        return None
    check_list_size(abs(high - low))
    return [Decimal(number) for number in _steps(low, high)]


def _steps(low: int, high: int) -> range:
    return range(low, high + 1) if low <= high else range(low, high - 1, -1)


def _over_range(bounds: Range) -> Iterable[object] | None:
    numbers = counted(bounds.start, bounds.end)
    if numbers is None:
        return None
    kept = list(numbers)
    if not bounds.start_included:
        kept = kept[1:]
    return kept if bounds.end_included else kept[:-1]


def _source(node: Iteration, build: Build) -> Source:
    source = build(node.source)
    if node.end is not None:
        end = build(node.end)
        return lambda scope: counted(source(scope), end(scope))

    def elements(scope: Scope) -> Iterable[object] | None:
        value = source(scope)
        if isinstance(value, Range):
            return _over_range(value)
        if value is None:
            return None
        return map(normal, value) if isinstance(value, list) else [value]

    return elements


class _NoList(Exception):
    """One of the sources cannot be walked through."""


def _rounds(sources: tuple[tuple[str, Source], ...], scope: Scope) -> Iterator[Scope]:
    """One scope for each combination of elements; the last source runs fastest and may use the names before it."""
    (name, source), rest = sources[0], sources[1:]
    elements = source(scope)
    if elements is None:
        raise _NoList
    for element in elements:
        scope.run.spend(3)
        inner = Scope({name: element}, scope, scope.run)
        if rest:
            yield from _rounds(rest, inner)
        else:
            yield inner


def _sources(iterations: tuple[Iteration, ...], build: Build) -> tuple[tuple[str, Source], ...]:
    return tuple((iteration.name, _source(iteration, build)) for iteration in iterations)


def _may_keep_partial(node: Node) -> bool:
    """Whether `partial` may become part of a result: filters and built-in functions make new values of it."""
    if isinstance(node, Name):
        return node.name == "partial"
    inside = tuple(node.children())
    takes_no_hold = isinstance(node, Filter) or (
        isinstance(node, Call) and isinstance(node.function, Name) and node.function.name in BUILT_INS
    )
    if takes_no_hold:
        inside = tuple(child for child in inside if not isinstance(child, Name))
    return any(map(_may_keep_partial, inside))


def _for(node: For, build: Build) -> Compiled:
    sources, body, cost = _sources(node.iterations, build), build(node.body), node.body.size
    must_copy = _may_keep_partial(node.body)

    def loop(scope: Scope) -> list[object] | None:
        results: list[object] = []
        around = Scope({"partial": results}, scope, scope.run)
        try:
            for inner in _rounds(sources, around):
                scope.run.spend(cost + (len(results) if must_copy else 0))
                around.names = {"partial": results[:]} if must_copy else around.names
                check_list_size(len(results))
                results.append(body(inner))
        except _NoList:
            return None
        return results

    return loop


def _quantified(node: Quantified, build: Build) -> Compiled:
    sources, condition, cost = _sources(node.iterations, build), build(node.condition), node.condition.size
    decisive = not node.every

    def test(scope: Scope) -> bool | None:
        result: bool | None = not decisive
        try:
            for inner in _rounds(sources, scope):
                scope.run.spend(cost)
                verdict = condition(inner)
                if verdict is decisive:
                    return decisive
                if verdict is not (not decisive):
                    result = None
        except _NoList:
            return None
        return result

    return test


BUILDERS: dict[type[Node], Callable[..., Compiled]] = {For: _for, Quantified: _quantified}
