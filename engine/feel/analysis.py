"""Which names an expression takes from outside, read from its tree.

A name inside a filter is ambiguous: it may be an entry of the filtered element, or come from outside. Only names that
somebody knows to exist outside count as free there; the others are listed apart.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.feel.builtins import BUILT_INS
from engine.feel.syntax import (
    Call,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    In,
    Name,
    Node,
    Quantified,
    UnaryTestList,
)

Bound = frozenset[str]


@dataclass(frozen=True, slots=True)
class Use:
    """A name that is not bound inside the expression."""

    name: str
    position: int
    is_ambiguous: bool
    is_called: bool


def free_names(node: Node, known: Collection[str]) -> frozenset[str]:
    """Names that come from outside: all that are written outside of filters, and the `known` ones inside.

    A function of the language counts only where it is no call and a variable of its name is `known`.
    """
    return frozenset(
        use.name for use in uses(node) if use.name in known or not (use.is_ambiguous or use.name in BUILT_INS)
    )


def names_in_filters(node: Node) -> frozenset[str]:
    """Names inside filters that may be entries of the filtered element or come from outside."""
    found = frozenset(use.name for use in uses(node) if use.is_ambiguous and use.name not in BUILT_INS)
    return found - free_names(node, ())


def uses(node: Node) -> tuple[Use, ...]:
    """Every place that names something from outside, in no order."""
    return tuple(_uses(node, frozenset(), in_filter=False))


def _uses(node: Node, bound: Bound, *, in_filter: bool) -> Iterator[Use]:
    if isinstance(node, Name):
        if node.name not in bound:
            yield Use(node.name, node.position, in_filter, is_called=False)
        return
    if isinstance(node, Call) and isinstance(node.function, Name):
        yield from _called(node.function, bound, in_filter=in_filter)
        for argument in node.arguments:
            yield from _uses(argument, bound, in_filter=in_filter)
        return
    for part, names, is_condition in _parts(node):
        yield from _uses(part, bound | names, in_filter=in_filter or is_condition)


def _called(function: Name, bound: Bound, *, in_filter: bool) -> Iterator[Use]:
    if function.name not in bound and function.name not in BUILT_INS:
        yield Use(function.name, function.position, in_filter, is_called=True)


def _parts(node: Node) -> Iterator[tuple[Node, Bound, bool]]:
    """The children, each with the names that are bound in it, and whether it is the condition of a filter."""
    if isinstance(node, Filter):
        yield node.target, frozenset(), False
        yield node.condition, frozenset(["item"]), True
    elif isinstance(node, For | Quantified):
        yield from _parts_of_loop(node)
    elif isinstance(node, ContextLiteral):
        before: set[str] = set()
        for key, value in node.entries:
            # An entry sees itself only once it runs, which is how a function calls itself.
            itself = {key} if isinstance(value, FunctionLiteral) else set()
            yield value, frozenset(before | itself), False
            before.add(key)
    elif isinstance(node, In):
        yield node.value, frozenset(), False
        yield from ((test, frozenset(["?"]), False) for test in node.tests)
    else:
        names = frozenset(["?"]) if isinstance(node, UnaryTestList) else frozenset(getattr(node, "parameters", ()))
        yield from ((child, names, False) for child in node.children())


def _parts_of_loop(node: For | Quantified) -> Iterator[tuple[Node, Bound, bool]]:
    bound = {"partial"} if isinstance(node, For) else set()
    for iteration in node.iterations:
        for part in (iteration.source, iteration.end):
            if part is not None:
                yield part, frozenset(bound), False
        bound.add(iteration.name)
    yield node.body if isinstance(node, For) else node.condition, frozenset(bound), False
