"""JSON with exact numbers: what came in as 0.10 leaves as 0.1, never as 0.1000000000000000055."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask.json.provider import JSONProvider


class _NeedsExactDigits(Exception):
    """A number has more digits than a float can carry."""


class ExactJSONProvider(JSONProvider):
    """The fast encoder of the standard library, and a slow one for the rare number that it would round."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        kwargs.setdefault("ensure_ascii", False)
        kwargs.setdefault("separators", (",", ":"))
        try:
            return json.dumps(obj, default=_plain, allow_nan=False, **kwargs)
        except _NeedsExactDigits:
            return _written(obj)

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return json.loads(s, parse_float=Decimal, **kwargs)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _as_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _as_number(value: Decimal) -> int | float:
    if not value.is_finite():
        raise TypeError(f"{value} cannot be written as JSON")
    if value == value.to_integral_value():
        return int(value)
    if Decimal(repr(float(value))) == value:
        return float(value)
    raise _NeedsExactDigits


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(k))}:{_written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_written, value)) + "]"
    if value is None or isinstance(value, (str, bool, int, float)):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _written(_plain(value))
