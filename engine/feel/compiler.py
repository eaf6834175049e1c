"""A tree to nested Python functions, made once and called often."""

from collections.abc import Callable

from engine.feel import compile_access, compile_calls, compile_loops, compile_operators, compile_tests
from engine.feel.builtins import BUILT_INS
from engine.feel.scope import MISSING, Build, Compiled, Scope
from engine.feel.syntax import FunctionLiteral, If, InstanceOf, ListLiteral, Literal, Name, Node, Unbounded
from engine.feel.types import belongs
from engine.feel.values import normal


def build(node: Node) -> Compiled:
    """The function that works out `node` in a scope."""
    return _BUILDERS[type(node)](node, build)


def _literal(node: Literal, _build: Build) -> Compiled:
    value = node.value
    return lambda _scope: value


def _name(node: Name, _build: Build) -> Compiled:
    name, fallback = node.name, BUILT_INS.get(node.name)

    def look_up(scope: Scope | None) -> object:
        while scope is not None:
            value = scope.names.get(name, MISSING)
            if value is not MISSING:
                return normal(value)
            scope = scope.parent
        return fallback

    return look_up


def _list(node: ListLiteral, build: Build) -> Compiled:
    items = tuple(map(build, node.items))
    return lambda scope: [item(scope) for item in items]


def _conditional(node: If, build: Build) -> Compiled:
    condition, then, otherwise = build(node.condition), build(node.then), build(node.otherwise)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _instance_of(node: InstanceOf, build: Build) -> Compiled:
    value, wanted = build(node.value), node.type
    return lambda scope: belongs(value(scope), wanted, scope.run)


_BUILDERS: dict[type[Node], Callable[..., Compiled]] = {
    Literal: _literal,
    Unbounded: lambda _node, _build: lambda _scope: None,
    Name: _name,
    ListLiteral: _list,
    If: _conditional,
    InstanceOf: _instance_of,
    FunctionLiteral: compile_calls.function_literal,
    **compile_operators.BUILDERS,
    **compile_access.BUILDERS,
    **compile_loops.BUILDERS,
    **compile_tests.BUILDERS,
    **compile_calls.BUILDERS,
}
