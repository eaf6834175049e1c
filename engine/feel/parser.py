"""Tokens to a tree: operator precedence; what begins with a word or a bracket is in `clauses` and `brackets`."""

from collections.abc import Callable, Iterable
from typing import NoReturn

from engine.feel import brackets, clauses, literals
from engine.feel.builtins import BUILT_INS
from engine.feel.errors import FeelSyntaxError
from engine.feel.limits import MAX_DEPTH
from engine.feel.names import CANNOT_BEGIN, PROPERTY_NAMES, KnownNames, plain_name
from engine.feel.refusals import refusal
from engine.feel.syntax import (
    Arithmetic,
    Comparison,
    Conjunction,
    Disjunction,
    Filter,
    Literal,
    Name,
    Negation,
    Node,
    Path,
)
from engine.feel.tokens import Token, tokenize
from engine.feel.values import NUMBERS

OR, AND, COMPARE, ADD, MULTIPLY, POWER, NEGATE, TYPE, POSTFIX = range(1, 10)
_BUILT_IN = KnownNames((*BUILT_INS, *PROPERTY_NAMES))


class Parser:
    """A cursor over the tokens of one text. All methods raise FeelSyntaxError."""

    def __init__(self, source: str, names: Iterable[str] = ()) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.index = 0
        self.depth = 0
        self.known = KnownNames(names, below=_BUILT_IN)

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    @property
    def next_token(self) -> Token:
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def is_at(self, *texts: str) -> bool:
        return self.token.text in texts and self.token.kind in ("operator", "name")

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.index += 1
        return token

    def skip(self, text: str) -> bool:
        """Step over `text` if it stands here."""
        if self.is_at(text):
            self.index += 1
            return True
        return False

    def expect(self, *texts: str) -> Token:
        if not self.is_at(*texts):
            self.refuse(expected=" / ".join(texts))
        return self.advance()

    def next_item(self, closing: str) -> None:
        """Step over the comma between two items of what `closing` ends."""
        if not self.skip(","):
            self.refuse(expected=f"{closing} / ,")

    def refuse(self, *, expected: str | None = None) -> NoReturn:
        """Say why the token at the cursor is wrong."""
        raise refusal(self.source, self.tokens, self.index, expected)

    def begins_expression(self, token: Token) -> bool:
        if token.kind == "operator":
            return token.text in ("(", "[", "{", "-", "@", "]")
        return token.kind in ("number", "string", "quoted") or (token.kind == "name" and token.text not in CANNOT_BEGIN)

    def text_from(self, first: int) -> str:
        """The text from token `first` up to the cursor, as a name."""
        return plain_name(self.source[self.tokens[first].start : self.tokens[self.index - 1].end])

    def expression(self, rank: int = OR) -> Node:
        """An expression made of operators of at least this rank."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FeelSyntaxError("too_deep", position=self.token.start, limit=MAX_DEPTH)
        left = self._prefix()
        while self.token.kind in ("operator", "name"):
            own_rank, combine = _INFIX.get(self.token.text, _NO_INFIX)
            if own_rank < rank or (combine is _filter and not self.begins_expression(self.next_token)):
                break
            left = combine(self, left)
            if left.depth > MAX_DEPTH:
                raise FeelSyntaxError("too_deep", position=left.position, limit=MAX_DEPTH)
        self.depth -= 1
        return left

    def _prefix(self) -> Node:
        token = self.token
        count, name = self.known.longest(self.tokens, self.index)
        if count:
            self.index += count
            return Name(position=token.start, name=name)
        if token.kind in ("number", "string"):
            return literals.scalar(self)
        if token.kind == "quoted":
            self.advance()
            return Name(position=token.start, name=token.text[1:-1])
        if token.kind == "operator":
            return _BRACKETS.get(token.text, _refused)(self)
        if token.kind == "name":
            return clauses.word(self)
        return _refused(self)

    def end(self) -> None:
        if self.token.kind != "end":
            self.refuse()


def _refused(parser: Parser) -> NoReturn:
    parser.refuse()


def _negation(parser: Parser) -> Node:
    position = parser.advance().start
    operand = parser.expression(NEGATE)
    if isinstance(operand, Literal) and literals.is_number(operand.value):
        return Literal(position=position, value=NUMBERS.minus(operand.value))
    return Negation(position=position, operand=operand)


def _chain(rank: int) -> Callable[[Parser, Node], Node]:
    operators = {ADD: ("+", "-"), MULTIPLY: ("*", "/"), POWER: ("**",)}[rank]

    def combine(parser: Parser, left: Node) -> Node:
        position, rest = parser.token.start, []
        while parser.token.kind == "operator" and parser.is_at(*operators):
            rest.append((parser.advance().text, parser.expression(rank + 1)))
        return Arithmetic(position=position, first=left, rest=tuple(rest))

    return combine


def _junction(rank: int) -> Callable[[Parser, Node], Node]:
    word, make = {AND: ("and", Conjunction), OR: ("or", Disjunction)}[rank]

    def combine(parser: Parser, left: Node) -> Node:
        position, parts = parser.token.start, [left]
        while parser.skip(word):
            parts.append(parser.expression(rank + 1))
        return make(position=position, parts=tuple(parts))

    return combine


def _comparison(parser: Parser, left: Node) -> Node:
    operator = parser.advance()
    return Comparison(position=operator.start, operator=operator.text, left=left, right=parser.expression(ADD))


def _filter(parser: Parser, left: Node) -> Node:
    position = parser.advance().start
    condition = parser.expression()
    parser.expect("]")
    return Filter(position=position, target=left, condition=condition)


def _path(parser: Parser, left: Node) -> Node:
    parser.advance()
    token = parser.token
    count, name = parser.known.longest(parser.tokens, parser.index)
    if not count:
        if token.kind not in ("name", "quoted"):
            parser.refuse(expected="name")
        count, name = 1, token.text.strip("`")
    parser.index += count
    return Path(position=token.start, target=left, name=name)


_NO_INFIX: tuple[int, Callable[[Parser, Node], Node]] = (0, lambda _parser, left: left)
_INFIX: dict[str, tuple[int, Callable[[Parser, Node], Node]]] = {
    "or": (OR, _junction(OR)),
    "and": (AND, _junction(AND)),
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), (COMPARE, _comparison)),
    "between": (COMPARE, clauses.between),
    "in": (COMPARE, clauses.inside),
    **dict.fromkeys(("+", "-"), (ADD, _chain(ADD))),
    **dict.fromkeys(("*", "/"), (MULTIPLY, _chain(MULTIPLY))),
    "**": (POWER, _chain(POWER)),
    "instance": (TYPE, clauses.instance_of),
    "[": (POSTFIX, _filter),
    "(": (POSTFIX, brackets.call),
    ".": (POSTFIX, _path),
}
_BRACKETS: dict[str, Callable[[Parser], Node]] = {
    "-": _negation,
    "(": brackets.parenthesis,
    "[": brackets.square,
    "]": brackets.reversed_square,
    "{": brackets.context,
    "@": literals.at_literal,
}
