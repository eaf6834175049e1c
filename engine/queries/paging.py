"""Keyset paging: a cursor is the sort key of the last row, so that a page costs the same at any depth."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from engine.errors import Problem, Rejected

T = TypeVar("T")
MOST_ROWS = 200
MOST = 2**31 - 1


class CursorUnreadable(Rejected):
    """The cursor was not made by this list."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """`total` counts all rows of the list, not only this page."""

    items: tuple[T, ...]
    next: str | None
    total: int


def write_cursor(*parts: Any) -> str:
    plain = [p.isoformat() if isinstance(p, datetime) else p for p in parts]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """Raises CursorUnreadable unless the parts are of these kinds."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        read = tuple(_part(part, kind) for part, kind in zip(parts, kinds, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error) as wrong:
        raise CursorUnreadable(problems=[Problem(path="cursor", code="invalid")]) from wrong
    return read


def _part(part: Any, kind: type) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None:
            raise ValueError("a time without zone")
        return moment.astimezone(UTC)
    if type(part) is not kind:
        raise TypeError("another kind of part")
    if isinstance(part, int) and not -MOST <= part <= MOST:
        raise ValueError("no column holds such a number")
    if isinstance(part, str) and not part.isprintable():
        raise ValueError("no id looks like this")
    return part


def clamp(limit: int) -> int:
    return max(1, min(limit, MOST_ROWS))
