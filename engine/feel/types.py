"""Type names: how they are written after `instance of`, and which values belong to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from engine.feel.errors import FeelSyntaxError
from engine.feel.limits import MAX_DEPTH, Run
from engine.feel.names import KnownNames
from engine.feel.syntax import Type
from engine.feel.values import Range, kind_of, normal

if TYPE_CHECKING:
    from engine.feel.parser import Parser

_LONG_NAMES = KnownNames(("date and time", "days and time duration", "years and months duration"))
_WORDS = "Any Null any null number string boolean date time duration dateTime list range context function"
_NAMES = frozenset(re.split(" ", _WORDS))
_SPELLINGS = {"Null": "null", "any": "Any", "dateTime": "date and time"}


def parse_type(parser: Parser) -> Type:
    """The type at the cursor, e.g. `list<number>`, `context<a: string>`, `function<number> -> string`."""
    parser.depth += 1
    if parser.depth > MAX_DEPTH:
        raise FeelSyntaxError("too_deep", position=parser.token.start, limit=MAX_DEPTH)
    name = _type_name(parser)
    found = Type(name=name)
    if name in ("list", "range", "context", "function") and parser.skip("<"):
        found = _ARGUMENTS[name](parser, name)
    if name == "function" and parser.skip("->"):
        found = Type(name=name, parts=(*found.parts, parse_type(parser)))
    parser.depth -= 1
    return found


def _type_name(parser: Parser) -> str:
    token = parser.token
    count, name = _LONG_NAMES.longest(parser.tokens, parser.index)
    if not count and token.text in _NAMES:
        count, name = 1, _SPELLINGS.get(token.text, token.text)
    if not count:
        raise FeelSyntaxError("unknown_type", position=token.start, text=token.text[:40])
    parser.index += count
    return name


def _one_part(parser: Parser, name: str) -> Type:
    part = parse_type(parser)
    parser.expect(">")
    return Type(name=name, parts=(part,))


def _function_parts(parser: Parser, name: str) -> Type:
    parts: list[Type] = []
    while not parser.is_at(">"):
        if parts:
            parser.expect(",")
        parts.append(parse_type(parser))
    parser.expect(">")
    return Type(name=name, parts=tuple(parts))


def _entries(parser: Parser, name: str) -> Type:
    entries: list[tuple[str, Type]] = []
    while not parser.is_at(">"):
        if entries:
            parser.expect(",")
        key = parser.advance().text.strip('`"')
        parser.expect(":")
        entries.append((key, parse_type(parser)))
    parser.expect(">")
    return Type(name=name, entries=tuple(entries))


_ARGUMENTS: dict[str, Callable[[Parser, str], Type]] = {
    "list": _one_part,
    "range": _one_part,
    "context": _entries,
    "function": _function_parts,
}


def belongs(value: object, wanted: Type, run: Run) -> bool:
    """Whether a value is of a type; null is of type Null and of no other."""
    run.spend(3)
    if wanted.name == "Any":
        return value is not None
    kind = kind_of(value)
    if wanted.name == "duration":
        return kind.endswith("duration")
    if kind != wanted.name:
        return False
    if wanted.name == "context":
        return _has_entries(value, wanted, run)
    return not wanted.parts or wanted.name == "function" or _parts_belong(value, wanted.parts[0], run)


MISFIT = object()


def coerced(value: object, wanted: Type, run: Run) -> object:
    """The value as an argument of a type, or MISFIT.

    `[x]` may stand for `x`, `x` for `[x]`, and a date for its midnight in UTC.
    """
    if value is None or belongs(value, wanted, run):
        return value
    if isinstance(value, list):
        only = normal(value[0]) if len(value) == 1 else None
        return only if only is not None and belongs(only, wanted, run) else MISFIT
    if type(value) is date and wanted.name == "date and time":
        return datetime.combine(value, time(), tzinfo=UTC)
    return [value] if wanted.name == "list" and belongs([value], wanted, run) else MISFIT


def _parts_belong(value: object, wanted: Type, run: Run) -> bool:
    if isinstance(value, Range):
        return all(belongs(bound, wanted, run) for bound in (value.start, value.end) if bound is not None)
    return all(belongs(normal(item), wanted, run) for item in value)


def _has_entries(value: Mapping[str, object], wanted: Type, run: Run) -> bool:
    return all(key in value and belongs(normal(value[key]), part, run) for key, part in wanted.entries)
