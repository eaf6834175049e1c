"""Keyset paging: a cursor is the sort key of a row at the edge, so that a page costs the same at any depth."""

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from engine.errors import Problem, Rejected

T = TypeVar("T")
R = TypeVar("R")
MOST_ROWS = 200
MOST_COUNTED = 10_000
MOST = 2**31 - 1
_BACK = "<"


class CursorUnreadable(Rejected):
    """The cursor was not made by this list."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """`total` counts all rows of the list, not only this page; of more than `MOST_COUNTED` it is that number."""

    items: tuple[T, ...]
    next: str | None
    total: int
    previous: str | None = None
    total_is_exact: bool = True

    def of(self, items: Iterable[R]) -> "Page[R]":
        """The same page of other things."""
        return Page(tuple(items), self.next, self.total, self.previous, self.total_is_exact)


def page_of(
    session: Session,
    query: Select[Any],
    *key: tuple[Any, type],
    cursor: str | None,
    limit: int,
    is_descending: bool = False,
) -> Page[Any]:
    """One page of what a query selects, sorted by the columns of `key`, which no two rows share; each with its type.

    Raises CursorUnreadable.
    """
    columns, wanted = [column for column, _ in key], clamp(limit)
    all_rows = query.with_only_columns(columns[-1], maintain_column_froms=True).subquery()
    total = session.scalar(select(func.count()).select_from(all_rows)) or 0
    query = query.order_by(*(c.desc() if is_descending else c.asc() for c in columns))
    if cursor:
        here, edge = tuple_(*columns), read_cursor(cursor, *(kind for _, kind in key))
        query = query.where(here < edge if is_descending else here > edge)
    found = session.execute(query.add_columns(*columns).limit(wanted + 1)).all()
    more = write_cursor(*found[wanted - 1][-len(key) :]) if len(found) > wanted else None
    items = (row[: -len(key)] for row in found[:wanted])
    return Page(tuple(item[0] if len(item) == 1 else item for item in items), more, total)


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: a moment and then the id, which no two rows share."""

    moment: Any
    id: Any
    is_descending: bool = False

    def sorted(self, query: Select[Any]) -> Select[Any]:
        columns = (self.moment, self.id)
        return query.order_by(*(c.desc() if self.is_descending else c.asc() for c in columns))

    def reversed(self) -> "Order":
        return replace(self, is_descending=not self.is_descending)

    def after(self, query: Select[Any], key: tuple[datetime, str]) -> Select[Any]:
        here = tuple_(self.moment, self.id)
        return query.where(here < key if self.is_descending else here > key)


@dataclass(frozen=True)
class Slice:
    """The rows of one page, each beginning with moment and id; `before` and `after` are cursors."""

    rows: tuple[Any, ...]
    before: str | None
    after: str | None


def slice_of(session: Session, query: Select[Any], order: Order, *, cursor: str | None, limit: int) -> Slice:
    """One page in either direction. `query` selects moment and id first. Raises CursorUnreadable."""
    wanted, is_back = clamp(limit), bool(cursor) and cursor.startswith(_BACK)
    if cursor is None:
        return _slice(session.execute(order.sorted(query).limit(wanted + 1)).all(), wanted, is_first=True)
    key = read_cursor(cursor.removeprefix(_BACK), datetime, str)
    if not is_back:
        found = session.execute(order.sorted(order.after(query, key)).limit(wanted + 1)).all()
        return _slice(found, wanted, is_first=False)
    back = order.reversed()
    found = session.execute(back.sorted(back.after(query, key)).limit(wanted + 1)).all()
    if len(found) <= wanted:  # the first page, which may have grown meanwhile: show it whole
        return slice_of(session, query, order, cursor=None, limit=limit)
    shown = tuple(reversed(found[:wanted]))
    return Slice(shown, _BACK + write_cursor(*shown[0][:2]), write_cursor(*shown[-1][:2]))


def _slice(found: Sequence[Any], wanted: int, *, is_first: bool) -> Slice:
    shown = tuple(found[:wanted])
    before = None if is_first or not shown else _BACK + write_cursor(*shown[0][:2])
    return Slice(shown, before, write_cursor(*shown[-1][:2]) if len(found) > wanted else None)


def counted(session: Session, query: Select[Any], *, most: int = MOST_COUNTED) -> tuple[int, bool]:
    """(number of rows, whether that is all of them): nobody reads on after ten thousand, and counting on costs."""
    some = query.order_by(None).limit(most + 1).subquery()
    number = session.scalar(select(func.count()).select_from(some)) or 0
    return min(number, most), number <= most


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
