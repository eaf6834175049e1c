"""One spelling for every JSON value, so that equal values have equal digests on every machine."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

_CONSTANTS = {None: "null", True: "true", False: "false"}
MOST_DIGITS = 1000
_SMALL = 10**18  # most whole numbers by far
DEEPEST = 100


class NotCanonical(ValueError):
    """The value has no canonical form: NaN, a lone surrogate, a key that is no string, a type that JSON lacks."""


def canonical_json(value: Any) -> bytes:
    """Sorted keys, no white space, UTF-8, exact numbers without exponent; see docs/audit.md, section 2."""
    try:
        return _text(value, 0).encode("utf-8")
    except UnicodeEncodeError as why:
        raise NotCanonical(f"not Unicode text: {why.reason}") from None


def canonical_time(moment: datetime) -> str:
    """UTC to the millisecond, as 2026-11-23T01:02:03.004+00:00. Raises ValueError for a time without zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _text(value: Any, depth: int) -> str:
    if depth > DEEPEST:
        raise NotCanonical(f"nested deeper than {DEEPEST}")
    if isinstance(value, str):
        return encode_basestring(str(value))
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, int | Decimal | float):
        return canonical_number(value)
    if isinstance(value, dict | Mapping):  # to ask for the concrete type first is a third of the time
        return _object(value, depth)
    if isinstance(value, list | tuple):
        return f"[{','.join([_text(item, depth + 1) for item in value])}]"
    raise NotCanonical(f"{type(value).__name__} is not a JSON type")


def _object(value: Mapping[Any, Any], depth: int) -> str:
    if not all(isinstance(key, str) for key in value):
        raise NotCanonical("a key that is no string")
    pairs = [f"{encode_basestring(str(key))}:{_text(value[key], depth + 1)}" for key in sorted(value)]
    return f"{{{','.join(pairs)}}}"


def canonical_number(value: int | Decimal | float) -> str:
    """1.50 → 1.5, 1E+2 → 100, -0 → 0; a float stands for its shortest spelling."""
    if type(value) is int and -_SMALL < value < _SMALL:
        return str(value)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise NotCanonical(f"{number} is not a JSON number")
    if not number:
        return "0"
    if max(number.adjusted(), -number.as_tuple().exponent) >= MOST_DIGITS:
        raise NotCanonical(f"a number with more than {MOST_DIGITS} digits")
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
