"""Calls and function literals; functions that need to see names rather than values."""

from collections.abc import Callable, Mapping

from engine.feel.builtins import BUILT_INS
from engine.feel.errors import FeelEvaluationError
from engine.feel.functions import UserFunction, invoke
from engine.feel.scope import MISSING, Build, Compiled, Scope
from engine.feel.syntax import Call, Filter, FunctionLiteral, Name, Node, Path
from engine.feel.values import Function, normal


def _callee(node: Node, build: Build) -> Compiled:
    """A variable named like a built-in function does not hide it, unless it is a function itself."""
    work_out = build(node)
    fallback = BUILT_INS.get(node.name) if isinstance(node, Name) else None
    if fallback is None:
        return work_out

    def find(scope: Scope) -> object:
        found = work_out(scope)
        return found if isinstance(found, Function) else fallback

    return find


def _call(node: Call, build: Build) -> Compiled:
    if _asks_whether_defined(node):
        return _is_defined(node.arguments[0], build)
    function = _callee(node.function, build)
    arguments = tuple(map(build, node.arguments))
    names, position = node.names, node.position

    def call(scope: Scope) -> object:
        values = [argument(scope) for argument in arguments]
        try:
            return invoke(function(scope), values, scope.run, names)
        except FeelEvaluationError as error:
            error.at(position)
            raise

    return call


def _asks_whether_defined(node: Call) -> bool:
    is_question = isinstance(node.function, Name) and node.function.name == "is defined"
    return is_question and len(node.arguments) == 1 and node.names in (None, ("value",))


def _is_defined(node: Node, build: Build) -> Compiled:
    """`is defined(x)`: a name or an entry that is there counts, even when it is null."""
    if isinstance(node, Name):
        name = node.name
        return lambda scope: scope.find(name) is not MISSING or name in BUILT_INS
    if isinstance(node, Filter | Call):
        found = build(node)
        return lambda scope: found(scope) is not None
    if not isinstance(node, Path):
        return lambda _scope: True
    target, entry = build(node.target), node.name

    def test(scope: Scope) -> bool:
        value = normal(target(scope))
        return entry in value if isinstance(value, Mapping) else value is not None

    return test


def function_literal(node: FunctionLiteral, build: Build) -> Compiled:
    body, parameters, types, cost = build(node.body), node.parameters, node.types, node.body.size

    def make(scope: Scope) -> UserFunction:
        def run_body(values: dict[str, object]) -> object:
            scope.run.spend(cost)
            return body(Scope(values, scope, scope.run))

        return UserFunction(parameters=parameters, types=types, body=run_body)

    return make


BUILDERS: dict[type[Node], Callable[..., Compiled]] = {Call: _call}
