"""Which names an expression may show in its value, and of which it tells at most whether they are there or how many."""

from collections.abc import Iterator

from engine.feel import syntax

_TESTS = (syntax.Comparison, syntax.Between, syntax.In, syntax.InstanceOf, syntax.Quantified)
_COUNTS = ("count", "is defined", "string length", "not")


def shown_names(tree: syntax.Node) -> frozenset[str]:
    return frozenset(node.name for node in _shown(tree) if isinstance(node, syntax.Name))


def _shown(tree: syntax.Node) -> Iterator[syntax.Node]:
    left = [tree]
    while left:
        node = left.pop()
        yield node
        left += _parts(node)


def _parts(node: syntax.Node) -> list[syntax.Node]:
    if isinstance(node, _TESTS):
        return []
    if isinstance(node, syntax.If):
        return [node.then, node.otherwise]
    if isinstance(node, syntax.Filter):
        return [node.target]
    if isinstance(node, syntax.Call) and isinstance(node.function, syntax.Name):
        return [] if node.function.name in _COUNTS else list(node.arguments)
    return list(node.children())
