"""What begins with a word: if, for, some, every, function, and the worded operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.brackets import name_until, nothing, range_after
from engine.feel.errors import FeelSyntaxError
from engine.feel.names import CANNOT_BEGIN
from engine.feel.syntax import (
    Between,
    For,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Iteration,
    Literal,
    Name,
    Node,
    OperatorTest,
    Quantified,
    Type,
    UnaryTestList,
)
from engine.feel.types import parse_type

if TYPE_CHECKING:
    from engine.feel.parser import Parser
    from engine.feel.tokens import Token

TESTS = ("<", "<=", ">", ">=", "=", "!=")
_ADD = 4  # the rank of what stands beside a comparison
_CONSTANTS = {"true": True, "false": False, "null": None}


def word(parser: Parser) -> Node:
    token = parser.token
    if token.text in _CONSTANTS:
        parser.advance()
        return Literal(position=token.start, value=_CONSTANTS[token.text])
    clause = _CLAUSES.get(token.text)
    if clause and not (parser.next_token.text == "(" and token.text in ("some", "every")):
        return clause(parser)
    is_function = token.text in ("and", "or") and parser.next_token.text == "("
    if token.text in CANNOT_BEGIN and not is_function:
        parser.refuse(expected=None)
    parser.advance()
    return Name(position=token.start, name=token.text)


def _conditional(parser: Parser) -> Node:
    position = parser.advance().start
    condition = parser.expression()
    parser.expect("then")
    then = parser.expression()
    parser.expect("else")
    return If(position=position, condition=condition, then=then, otherwise=parser.expression())


def _iterations(parser: Parser) -> tuple[Iteration, ...]:
    found: list[Iteration] = []
    while not found or parser.skip(","):
        position = parser.token.start
        name = name_until(parser, "in")
        parser.expect("in")
        source = parser.expression()
        end = parser.expression() if parser.skip("..") else None
        found.append(Iteration(position=position, name=name, source=source, end=end))
    return tuple(found)


def _loop(parser: Parser) -> Node:
    position = parser.advance().start
    iterations = _iterations(parser)
    parser.expect("return")
    return For(position=position, iterations=iterations, body=parser.expression())


def _quantified(parser: Parser) -> Node:
    opening = parser.advance()
    iterations = _iterations(parser)
    parser.expect("satisfies")
    return Quantified(
        position=opening.start,
        every=opening.text == "every",
        iterations=iterations,
        condition=parser.expression(),
    )


def _function(parser: Parser) -> Node:
    position = parser.advance().start
    parser.expect("(")
    names: list[str] = []
    types: list[Type | None] = []
    while not parser.is_at(")"):
        if names:
            parser.next_item(")")
        names.append(name_until(parser, ",", ")", ":"))
        types.append(parse_type(parser) if parser.skip(":") else None)
    parser.expect(")")
    if parser.is_at("external"):
        raise FeelSyntaxError("external_function", position=parser.token.start)
    return FunctionLiteral(position=position, parameters=tuple(names), types=tuple(types), body=parser.expression())


_CLAUSES = {"if": _conditional, "for": _loop, "some": _quantified, "every": _quantified, "function": _function}


def between(parser: Parser, left: Node) -> Node:
    position = parser.advance().start
    low = parser.expression(_ADD)
    parser.expect("and")
    return Between(position=position, value=left, low=low, high=parser.expression(_ADD))


def inside(parser: Parser, left: Node) -> Node:
    """`value in test` or `value in (test, test)`."""
    position = parser.advance().start
    tests = _bracketed_tests(parser) if parser.is_at("(") else (positive_test(parser),)
    return In(position=position, value=left, tests=tests)


def _bracketed_tests(parser: Parser) -> tuple[Node, ...]:
    opening = parser.advance()
    tests = [nothing(parser) if parser.is_at("..") else positive_test(parser, whole=True)]
    if parser.is_at(".."):
        return (range_after(parser, start=tests[0], start_included=False, position=opening.start),)
    while parser.skip(","):
        tests.append(positive_test(parser, whole=True))
    parser.expect(")")
    return tuple(tests)


def positive_test(parser: Parser, *, whole: bool = False) -> Node:
    """One test; `whole` when brackets or commas bound it, so that it may be any expression."""
    token = parser.token
    if parser.is_at(*TESTS):
        parser.advance()
        return OperatorTest(position=token.start, operator=token.text, operand=parser.expression(_ADD))
    return parser.expression() if whole else parser.expression(_ADD)


def unary_tests(parser: Parser) -> UnaryTestList:
    """A cell of a decision table: `-`, `not(test, …)` or `test, …`."""
    position = parser.token.start
    tests = [_cell_test(parser)]
    while parser.skip(","):
        tests.append(_cell_test(parser))
    parser.end()
    return UnaryTestList(position=position, tests=tuple(tests), negated=False)


def _cell_test(parser: Parser) -> Node:
    """One test of a cell; `-` and `not(…)` may stand among others."""
    token = parser.token
    if parser.is_at("-") and _ends_test(parser.next_token):
        parser.advance()
        return UnaryTestList(position=token.start, tests=(), negated=False)
    if parser.is_at("not") and parser.next_token.text == "(":
        start = parser.index
        parser.advance()
        tests = _bracketed_tests(parser)
        if _ends_test(parser.token):
            return UnaryTestList(position=token.start, tests=tests, negated=True)
        parser.index = start
    return positive_test(parser, whole=True)


def _ends_test(token: Token) -> bool:
    return token.kind == "end" or token.text == ","


def instance_of(parser: Parser, left: Node) -> Node:
    position = parser.advance().start
    parser.expect("of")
    return InstanceOf(position=position, value=left, type=parse_type(parser))
