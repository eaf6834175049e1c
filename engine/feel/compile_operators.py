"""Arithmetic, comparison and three-valued logic."""

from collections.abc import Callable

from engine.feel import comparison
from engine.feel.arithmetic import negated, operation
from engine.feel.limits import TRANSCENDENTAL_STEPS
from engine.feel.scope import Build, Compiled, Scope
from engine.feel.syntax import (
    Arithmetic,
    Between,
    Comparison,
    Conjunction,
    Disjunction,
    Negation,
    Node,
    RangeLiteral,
    Unbounded,
)
from engine.feel.values import Range

ORDERINGS: dict[str, Callable[[object, object], bool | None]] = {
    "<": comparison.less,
    "<=": comparison.less_or_equal,
    ">": comparison.greater,
    ">=": comparison.greater_or_equal,
}


def _arithmetic(node: Arithmetic, build: Build) -> Compiled:
    first = build(node.first)
    steps = tuple((operation(operator), build(operand)) for operator, operand in node.rest)
    cost = sum(TRANSCENDENTAL_STEPS for operator, _ in node.rest if operator == "**")

    def work_out(scope: Scope) -> object:
        value = first(scope)
        scope.run.spend(cost)
        for do, operand in steps:
            value = do(value, operand(scope))
            if type(value) is str:
                scope.run.spend_on(value)
        return value

    return work_out


def _negation(node: Negation, build: Build) -> Compiled:
    operand = build(node.operand)
    return lambda scope: negated(operand(scope))


def _comparison(node: Comparison, build: Build) -> Compiled:
    left, right = build(node.left), build(node.right)
    if node.operator == "=":
        return lambda scope: comparison.equal(left(scope), right(scope), scope.run)
    if node.operator == "!=":
        return _unequal(left, right)
    order = ORDERINGS[node.operator]
    return lambda scope: order(left(scope), right(scope))


def _unequal(left: Compiled, right: Compiled) -> Compiled:
    def work_out(scope: Scope) -> bool | None:
        same = comparison.equal(left(scope), right(scope), scope.run)
        return None if same is None else not same

    return work_out


def _between(node: Between, build: Build) -> Compiled:
    value, low, high = build(node.value), build(node.low), build(node.high)

    def work_out(scope: Scope) -> bool | None:
        middle = value(scope)
        above = comparison.less_or_equal(low(scope), middle)
        below = comparison.less_or_equal(middle, high(scope))
        return comparison.both(above, below)

    return work_out


def _junction(node: Conjunction | Disjunction, build: Build, *, decisive: bool) -> Compiled:
    """`decisive` settles the result alone; without it, anything but the other truth value makes it null."""
    parts = tuple(build(part) for part in node.parts)

    def work_out(scope: Scope) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            value = part(scope)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                result = None
        return result

    return work_out


def _range(node: RangeLiteral, build: Build) -> Compiled:
    """A range whose bounds have no common order, or stand in the wrong one, is null."""
    start, end = build(node.start), build(node.end)
    start_included, end_included = node.start_included, node.end_included
    has_start, has_end = not isinstance(node.start, Unbounded), not isinstance(node.end, Unbounded)

    def make(scope: Scope) -> Range | None:
        low, high = start(scope), end(scope)
        if low is not None and high is not None and comparison.less_or_equal(low, high) is not True:
            return None
        is_certain = not (has_start and low is None) and not (has_end and high is None)
        return Range(low, high, start_included, end_included, is_certain)

    return make


BUILDERS: dict[type[Node], Callable[..., Compiled]] = {
    Arithmetic: _arithmetic,
    Negation: _negation,
    Comparison: _comparison,
    Between: _between,
    RangeLiteral: _range,
    Conjunction: lambda node, build: _junction(node, build, decisive=False),
    Disjunction: lambda node, build: _junction(node, build, decisive=True),
}
