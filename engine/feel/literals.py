"""Numbers, strings and `@"…"`."""

from __future__ import annotations

from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING

from engine.feel import temporal
from engine.feel.errors import FeelSyntaxError
from engine.feel.syntax import Literal, Node
from engine.feel.tokens import string_value
from engine.feel.values import NUMBERS

if TYPE_CHECKING:
    from engine.feel.parser import Parser


def is_number(value: object) -> bool:
    return isinstance(value, Decimal)


def scalar(parser: Parser) -> Node:
    token = parser.advance()
    value = string_value(token) if token.kind == "string" else _number(token.text, token.start)
    return Literal(position=token.start, value=value)


def _number(text: str, position: int) -> Decimal:
    try:
        return NUMBERS.create_decimal(text)
    except DecimalException as refusal:
        raise FeelSyntaxError("number_too_large", position=position) from refusal


def at_literal(parser: Parser) -> Node:
    """`@"2026-11-23"` and its like: a date, a time, a date and time or a duration."""
    position = parser.advance().start
    if parser.token.kind != "string":
        parser.refuse(expected='"…"')
    text = string_value(parser.advance())
    value = temporal.parse_any(text)
    if value is None:
        raise FeelSyntaxError("bad_date_literal", position=position, text=text[:40])
    return Literal(position=position, value=value)
