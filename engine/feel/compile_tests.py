"""Unary tests: `in`, and the cells of decision tables. The tested value is named `?`."""

from collections.abc import Callable, Iterator

from engine.feel import comparison
from engine.feel.compile_operators import ORDERINGS
from engine.feel.limits import Run
from engine.feel.scope import Build, Compiled, Scope
from engine.feel.syntax import In, Literal, Name, Node, OperatorTest, RangeLiteral, UnaryTestList
from engine.feel.values import Range, normal

TESTED = "?"
Test = Callable[[object, Scope], bool | None]


def _mentions_tested(node: Node) -> bool:
    return (isinstance(node, Name) and node.name == TESTED) or any(map(_mentions_tested, node.children()))


def build_test(node: Node, build: Build) -> Test:
    """The function that tests a value in a scope in which `?` is that value."""
    if isinstance(node, OperatorTest):
        return _operator_test(node, build)
    work_out = build(node)
    if isinstance(node, UnaryTestList):
        return lambda _value, scope: work_out(scope)
    if isinstance(node, Literal):
        return lambda value, scope: comparison.equal(node.value, value, scope.run)
    if isinstance(node, RangeLiteral):
        return lambda value, scope: _in_range(work_out(scope), value)
    if _mentions_tested(node):
        return lambda _value, scope: work_out(scope) is True
    return lambda value, scope: accepts(work_out(scope), value, scope.run)


def _operator_test(node: OperatorTest, build: Build) -> Test:
    operand, operator = build(node.operand), node.operator
    if operator in ORDERINGS:
        order = ORDERINGS[operator]
        return lambda value, scope: order(value, operand(scope))
    wanted = operator == "="

    def test(value: object, scope: Scope) -> bool | None:
        same = comparison.equal(value, operand(scope), scope.run)
        return None if same is None else same is wanted

    return test


def _in_range(bounds: object, value: object) -> bool | None:
    """Nothing is known of a range whose bounds do not fit together, null included."""
    if not isinstance(bounds, Range):
        return None
    return bounds == value if isinstance(value, Range) else comparison.within(value, bounds)


def accepts(test: object, value: object, run: Run) -> bool | None:
    """Whether a test's result lets a value pass: equal to it, within it, an element of it, or plainly true."""
    if isinstance(test, list):
        run.spend_on(test)
        if isinstance(value, list) and comparison.equal(test, value, run):
            return True
        return any(_is_like(normal(item), value, run) for item in test)
    return True if test is True else _is_like(test, value, run)


def _is_like(test: object, value: object, run: Run) -> bool | None:
    """Equal to the test, or within it."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return comparison.within(value, test)
    return comparison.equal(test, value, run)


def _any(verdicts: Iterator[bool | None]) -> bool | None:
    result: bool | None = False
    for verdict in verdicts:
        if verdict:
            return True
        if verdict is None:
            result = None
    return result


def _inside(node: In, build: Build) -> Compiled:
    subject = build(node.value)
    tests = tuple(build_test(test, build) for test in node.tests)

    def work_out(scope: Scope) -> bool | None:
        value = subject(scope)
        inner = Scope({TESTED: value}, scope, scope.run)
        return _any(test(value, inner) for test in tests)

    return work_out


def _unary_tests(node: UnaryTestList, build: Build) -> Compiled:
    """A whole cell; unlike an expression it answers only true or false: null passes neither it nor its negation."""
    tests = tuple(build_test(test, build) for test in node.tests)
    if not tests:
        return lambda _scope: True
    wanted = not node.negated

    def work_out(scope: Scope) -> bool:
        value = normal(scope.names.get(TESTED))
        return _any(test(value, scope) for test in tests) is wanted

    return work_out


BUILDERS: dict[type[Node], Callable[..., Compiled]] = {In: _inside, UnaryTestList: _unary_tests}
