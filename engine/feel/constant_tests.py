"""What a cell of a decision table accepts, when that can be said without knowing any variable."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel.builtins import BUILT_INS
from engine.feel.compiler import build
from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import Run
from engine.feel.scope import Scope
from engine.feel.syntax import Literal, Node, OperatorTest, UnaryTestList
from engine.feel.values import Function, Range, normal

_OPERATORS = {
    "<": lambda bound: Range(None, bound, False, False),
    "<=": lambda bound: Range(None, bound, False, True),
    ">": lambda bound: Range(bound, None, False, False),
    ">=": lambda bound: Range(bound, None, True, False),
}
_STEPS = 1_000


@dataclass(frozen=True)
class Accepted:
    """Values in one of the `ranges`, or with `negated` in none of them; a bound None is open for ever."""

    ranges: tuple[Range, ...]
    negated: bool = False


class _NotConstant(Exception):
    """The test needs a variable, or its result cannot be read as ranges."""


def constant_tests(tree: Node) -> tuple[Accepted, ...] | None:
    """The parts of a cell, one of which must accept the value; None when that depends on more than the value.

    A test for null accepts none of the values that have an order.
    """
    try:
        return tuple(_parts(tree))
    except _NotConstant:
        return None


def _parts(tree: Node) -> Iterator[Accepted]:
    if not isinstance(tree, UnaryTestList):
        yield _accepted(tree)
    elif not tree.tests:
        yield Accepted((), negated=True)
    elif tree.negated:
        parts = [_accepted(test) for test in tree.tests]
        if any(part.negated for part in parts):
            raise _NotConstant
        yield Accepted(tuple(found for part in parts for found in part.ranges), negated=True)
    else:
        for test in tree.tests:
            yield from _parts(test)


def _accepted(test: Node) -> Accepted:
    if isinstance(test, UnaryTestList):
        raise _NotConstant
    if not isinstance(test, OperatorTest):
        return Accepted(tuple(_ranges(_value(test), is_literal=isinstance(test, Literal))))
    bound = _value(test.operand)
    if test.operator in _OPERATORS:
        return Accepted((_OPERATORS[test.operator](_ordered(bound)),))
    same = () if bound is None else (Range(_ordered(bound), bound),)
    return Accepted(same, negated=test.operator == "!=")


def _ranges(value: object, *, is_literal: bool) -> Iterator[Range]:
    """A worked-out `true` accepts everything, a written one only itself."""
    if value is None:
        return
    if isinstance(value, bool) and not is_literal:
        raise _NotConstant
    if isinstance(value, list):
        for item in value:
            yield from _ranges(normal(item), is_literal=True)
    else:
        yield _bounded(value) if isinstance(value, Range) else Range(_ordered(value), value)


def _bounded(value: Range) -> Range:
    if (value.start is None and value.end is None) or not value.is_certain:
        raise _NotConstant
    return value


def _ordered(value: object) -> object:
    if value is None or isinstance(value, dict | list | Range | Function):
        raise _NotConstant
    return value


def _value(node: Node) -> object:
    run = Run({})
    run.steps = _STEPS
    try:
        return normal(build(node)(Scope(_Unknown(), None, run)))
    except (FeelEvaluationError, RecursionError) as refusal:
        raise _NotConstant from refusal


class _Unknown(dict[str, object]):
    """No variable has a value yet: asking for one, or for `?`, ends the reading."""

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
        if name in BUILT_INS:
            return default
        raise _NotConstant
