"""Which names an expression takes from outside, read from its tree."""

from collections.abc import Collection, Iterator

from engine.feel.builtins import BUILT_INS
from engine.feel.syntax import ContextLiteral, Filter, For, FunctionLiteral, Name, Node, Quantified

_ALWAYS_BOUND = frozenset(["?", "item", "partial"])


def free_names(node: Node, known: Collection[str]) -> frozenset[str]:
    """Names that are neither bound inside nor functions of the language.

    Inside a filter a name may be an entry of the filtered element; there only `known` names count.
    """
    return frozenset(_free(node, frozenset(), known))


def names_in_filters(node: Node) -> frozenset[str]:
    """Names inside filters that may come from the filtered element or from outside."""
    return frozenset(_free(node, frozenset(), None)) - free_names(node, ())


def _free(node: Node, bound: frozenset[str], known: Collection[str] | None) -> Iterator[str]:
    """`known` None: names in filters count like all others."""
    if isinstance(node, Name):
        if node.name not in bound and node.name not in _ALWAYS_BOUND and node.name not in BUILT_INS:
            yield node.name
    elif isinstance(node, Filter):
        yield from _free(node.target, bound, known)
        inside = _free(node.condition, bound, known)
        yield from inside if known is None else (name for name in inside if name in known)
    elif isinstance(node, For | Quantified):
        yield from _free_in_loop(node, bound, known)
    elif isinstance(node, ContextLiteral):
        for key, value in node.entries:
            yield from _free(value, bound, known)
            bound = bound | {key}
    else:
        if isinstance(node, FunctionLiteral):
            bound = bound | set(node.parameters)
        for child in node.children():
            yield from _free(child, bound, known)


def _free_in_loop(node: For | Quantified, bound: frozenset[str], known: Collection[str] | None) -> Iterator[str]:
    for iteration in node.iterations:
        for part in (iteration.source, iteration.end):
            if part is not None:
                yield from _free(part, bound, known)
        bound = bound | {iteration.name}
    yield from _free(node.body if isinstance(node, For) else node.condition, bound, known)
