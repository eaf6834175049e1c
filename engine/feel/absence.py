"""What an expression makes of a name that has no value: whether it asks for that, and what must have one to be true."""

from collections.abc import Iterator

from engine.feel import syntax

_ORDERED = ("<", ">", "<=", ">=")
_EMPTY_IS_ONE_ANSWER = (None, True)  # `x = null` asks; `x = true` takes what nobody said for no
_ASKS = ("get or else", "is defined", "is")
_NEEDS = ("count", "sum", "min", "max", "not", "date", "number", "string length", "abs", "floor")


def equalities_if_true(tree: syntax.Node) -> frozenset[tuple[str, object]]:
    """Names with the constant that they are whenever this condition is true."""
    if isinstance(tree, syntax.Conjunction):
        return frozenset().union(*map(equalities_if_true, tree.parts))
    if isinstance(tree, syntax.Disjunction):
        return frozenset.intersection(*map(equalities_if_true, tree.parts))
    if isinstance(tree, syntax.Name):
        return frozenset([(tree.name, True)])
    if isinstance(tree, syntax.Comparison) and tree.operator == "=" and isinstance(tree.left, syntax.Name):
        is_constant = isinstance(tree.right, syntax.Literal) and isinstance(tree.right.value, str | bool)
        return frozenset([(tree.left.name, tree.right.value)]) if is_constant else frozenset()
    return frozenset()


NOBODY: frozenset[str] = frozenset()


def asks_for_null(tree: syntax.Node) -> frozenset[str]:
    """Names that the expression itself compares with null, or for which it has an answer when they are null."""
    return frozenset(name for node in _all(tree) for name in _asked(node))


def _asked(node: syntax.Node) -> Iterator[str]:
    if isinstance(node, syntax.Conjunction):
        # who asks something else first has a case in mind in which the rest is there
        yield from (name for part in node.parts[1:] for inner in _all(part) for name in _roots(inner))
    if isinstance(node, syntax.Comparison):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(other, syntax.Literal) and _is_one_of(other.value, _EMPTY_IS_ONE_ANSWER):
                yield from _roots(one)
    if isinstance(node, syntax.Call) and isinstance(node.function, syntax.Name) and node.function.name in _ASKS:
        yield from (name for argument in node.arguments for name in _roots(argument))
    elif isinstance(node, syntax.InstanceOf):
        yield from _roots(node.value)


def needed_to_be_true(tree: syntax.Node) -> frozenset[str]:
    """Names that have a value whenever this condition is true."""
    if isinstance(tree, syntax.Conjunction):
        return frozenset().union(*map(needed_to_be_true, tree.parts))
    if isinstance(tree, syntax.Disjunction):
        return frozenset.intersection(*map(needed_to_be_true, tree.parts))
    if isinstance(tree, syntax.Comparison):
        return _of_comparison(tree)
    if isinstance(tree, syntax.Between | syntax.In):
        return _strict(tree.value)
    return _strict(tree)


def needed_to_be_false(tree: syntax.Node) -> frozenset[str]:
    """Names that have a value whenever this condition was not true."""
    if isinstance(tree, syntax.Disjunction):
        return frozenset().union(*map(needed_to_be_false, tree.parts))
    if isinstance(tree, syntax.Comparison) and tree.operator == "=":
        return _strict(tree.left) if _is_null(tree.right) else _strict(tree.right) if _is_null(tree.left) else NOBODY
    return NOBODY


def _of_comparison(tree: syntax.Comparison) -> frozenset[str]:
    if tree.operator in _ORDERED:
        return _strict(tree.left) | _strict(tree.right)
    if tree.operator == "!=":
        return _strict(tree.left) if _is_null(tree.right) else _strict(tree.right) if _is_null(tree.left) else NOBODY
    literal = next((side for side in (tree.left, tree.right) if isinstance(side, syntax.Literal)), None)
    return _strict(tree.left) | _strict(tree.right) if literal is not None and literal.value is not None else NOBODY


def _strict(node: syntax.Node) -> frozenset[str]:
    """Names without which the value is null."""
    if isinstance(node, syntax.Name):
        return frozenset([node.name])
    if isinstance(node, syntax.Path):
        return _strict(node.target)
    if isinstance(node, syntax.Arithmetic | syntax.Negation):
        return frozenset().union(*map(_strict, node.children()))
    if isinstance(node, syntax.Call) and isinstance(node.function, syntax.Name) and node.function.name in _NEEDS:
        return frozenset().union(*map(_strict, node.arguments))
    return NOBODY


def _roots(node: syntax.Node) -> frozenset[str]:
    return _strict(node) if isinstance(node, syntax.Name | syntax.Path) else NOBODY


def _is_null(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Literal) and node.value is None


def _is_one_of(value: object, wanted: tuple[object, ...]) -> bool:
    return any(value is one for one in wanted)


def _all(tree: syntax.Node) -> Iterator[syntax.Node]:
    left = [tree]
    while left:
        node = left.pop()
        yield node
        left += node.children()
