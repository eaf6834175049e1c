"""How the tables of these tests are worked out."""

from decimal import Decimal
from typing import Any

from engine.feel import compile_expression, to_json

CLOCK = {"今天": "2026-11-23", "现在": "2026-11-23T09:30:00+08:00"}


def value(expression: str, **context: Any) -> Any:
    """The value as JSON; the names of the context are known to the parser."""
    return to_json(compile_expression(expression, names=context).evaluate({**CLOCK, **context}))


def is_same(found: Any, wanted: Any) -> bool:
    """Equality that tells 1 from true and reads a string as the number it writes, where a number was found."""
    if isinstance(found, Decimal) and isinstance(wanted, str):
        return found == Decimal(wanted)
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(is_same, found, wanted))
    return type(found) is type(wanted) and found == wanted
