"""What begins with a bracket: groups, ranges, lists, contexts, arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.feel.names import plain_name
from engine.feel.syntax import Call, ContextLiteral, ListLiteral, Node, RangeLiteral, Unbounded
from engine.feel.tokens import string_value

if TYPE_CHECKING:
    from engine.feel.parser import Parser

COMPARISONS = ("<", "<=", ">", ">=")
_ADD = 4  # the rank of what may stand at the end of a range
_MAX_NAME_TOKENS = 40
_NAME = re.compile(r"[^\W\d][\w ./'+*-]*")  # what a name may hold by the standard
_FULL_WIDTH_ENDS = {"：": ":", "，": ",", "）": ")"}


def parenthesis(parser: Parser) -> Node:
    """`(expression)`, `(start..end]` or `(> 5)`."""
    opening = parser.advance()
    if parser.is_at(*COMPARISONS, "="):
        node = half_range(parser)
        parser.expect(")")
        return node
    node = nothing(parser) if parser.is_at("..") else parser.expression()
    if parser.is_at(".."):
        return range_after(parser, start=node, start_included=False, position=opening.start)
    parser.expect(")")
    return node


def square(parser: Parser) -> Node:
    """`[a, b]` or `[start..end]`."""
    opening = parser.advance()
    if parser.skip("]"):
        return ListLiteral(position=opening.start, items=())
    items = [_list_item(parser)]
    if parser.is_at(".."):
        return range_after(parser, start=items[0], start_included=True, position=opening.start)
    while parser.skip(","):
        items.append(_list_item(parser))
    parser.expect("]")
    return ListLiteral(position=opening.start, items=tuple(items))


def _list_item(parser: Parser) -> Node:
    return half_range(parser) if parser.is_at(*COMPARISONS) else parser.expression()


def reversed_square(parser: Parser) -> Node:
    """`]start..end[`"""
    opening = parser.advance()
    start = nothing(parser) if parser.is_at("..") else parser.expression(_ADD)
    return range_after(parser, start=start, start_included=False, position=opening.start)


def range_after(parser: Parser, *, start: Node, start_included: bool, position: int) -> Node:
    """The rest of a range whose start has been read; the cursor stands at the two dots."""
    parser.expect("..")
    end = nothing(parser) if parser.is_at(")", "[") else parser.expression(_ADD)
    closing = parser.expect("]", ")", "[")
    return RangeLiteral(
        position=position,
        start=start,
        end=end,
        start_included=start_included,
        end_included=closing.text == "]",
    )


def nothing(parser: Parser) -> Node:
    """The bound that is not there: `[5..)`."""
    return Unbounded(position=parser.token.start)


def half_range(parser: Parser) -> Node:
    """`< 5` as a value: a range without a bound on the other side."""
    operator = parser.advance()
    operand = parser.expression(_ADD)
    unbounded = nothing(parser)
    return RangeLiteral(
        position=operator.start,
        start=operand if operator.text in (">", ">=", "=") else unbounded,
        end=operand if operator.text in ("<", "<=", "=") else unbounded,
        start_included=operator.text in (">=", "="),
        end_included=operator.text in ("<=", "="),
    )


def context(parser: Parser) -> Node:
    opening = parser.advance()
    entries: list[tuple[str, Node]] = []
    while not parser.is_at("}"):
        if entries:
            parser.next_item("}")
        key = _key(parser)
        parser.expect(":")
        entries.append((key, parser.expression()))
    parser.expect("}")
    return ContextLiteral(position=opening.start, entries=tuple(entries))


def _key(parser: Parser) -> str:
    token = parser.token
    if token.kind == "string":
        parser.advance()
        key = string_value(token)
        if _NAME.fullmatch(key):
            parser.known.add(key)
        return key
    if token.kind == "quoted":
        parser.advance()
        return plain_name(token.text[1:-1])
    return name_until(parser, ":")


def name_until(parser: Parser, *ends: str) -> str:
    """A new name of any number of tokens, which is known from here on."""
    first = parser.index
    while not parser.is_at(*ends) and parser.index - first < _MAX_NAME_TOKENS:
        if _FULL_WIDTH_ENDS.get(parser.token.text) in ends:
            parser.refuse()
        if parser.token.kind in ("end", "string") or parser.is_at(",", "{", "}", "(", ")", "[", "]", ":"):
            parser.refuse(expected=" / ".join(ends))
        parser.advance()
    if parser.index == first or not parser.is_at(*ends) or parser.tokens[first].kind == "number":
        parser.refuse(expected="name")
    name = parser.text_from(first).strip("`")
    parser.known.add(name)
    return name


def call(parser: Parser, function: Node) -> Node:
    opening = parser.advance()
    names: list[str] = []
    arguments: list[Node] = []
    while not parser.is_at(")"):
        if arguments:
            parser.next_item(")")
        if _is_named_argument(parser):
            names.append(_argument_name(parser))
        arguments.append(parser.expression())
        if names and len(names) != len(arguments):
            parser.refuse(expected="name:")
    parser.expect(")")
    position = min(opening.start, function.position)
    return Call(position=position, function=function, arguments=tuple(arguments), names=tuple(names) or None)


def _is_named_argument(parser: Parser) -> bool:
    ahead = parser.index
    while parser.tokens[ahead].kind in ("name", "quoted", "other") and ahead - parser.index < _MAX_NAME_TOKENS:
        ahead += 1
    return ahead > parser.index and parser.tokens[ahead].text == ":"


def _argument_name(parser: Parser) -> str:
    first = parser.index
    while not parser.is_at(":"):
        parser.advance()
    name = parser.text_from(first).strip("`")
    parser.expect(":")
    return name
