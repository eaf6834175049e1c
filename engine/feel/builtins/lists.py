"""List functions. Positions count from 1, or from -1 at the end; results are new lists."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from functools import cmp_to_key

from engine.feel import comparison
from engine.feel.functions import invoke
from engine.feel.limits import Run, check_list_size
from engine.feel.signatures import builtin
from engine.feel.values import Function, normal, whole

Items = list[object]


def _place(position: Decimal, items: Items, *, room: int = 0) -> int | None:
    """The Python index for a FEEL position; `room` more places may be named at the end."""
    place = whole(position)
    if not place or abs(place) > len(items) + (room if place > 0 else 0):
        return None
    return place - 1 if place > 0 else len(items) + place


def _same(left: object, right: object, run: Run) -> bool:
    run.spend(1)
    return comparison.equal(left, right, run) is True


def _sized(items: Items) -> Items:
    check_list_size(len(items))
    return items


@builtin("list contains(list: list, element: any)", with_run=True)
def list_contains(run: Run, items: Items, element: object) -> bool:
    return any(_same(item, element, run) for item in items)


@builtin("count(list: list)")
def count(items: Items) -> Decimal:
    return Decimal(len(items))


@builtin("is empty(list: list)")
def is_empty(items: Items) -> bool:
    return not items


@builtin("sublist(list: list, start position: number, length?: number)")
def sublist(items: Items, start: Decimal, length: Decimal | None) -> Items | None:
    begin = _place(start, items)
    if begin is None or (length is not None and length < 1):
        return None
    if length is None:
        return items[begin:]
    return items[begin : begin + int(length)] if begin + int(length) <= len(items) else None


@builtin("append(...)")
def append(arguments: Items) -> Items | None:
    if arguments[0] is None:
        return None
    first = arguments[0] if isinstance(arguments[0], list) else [arguments[0]]
    return _sized([*first, *arguments[1:]])


@builtin("append(list: list, item: any)")
def append_named(items: Items, item: object) -> Items:
    return _sized([*items, item])


@builtin("concatenate(...)")
def concatenate(arguments: Items) -> Items | None:
    if None in arguments:
        return None
    return _sized([item for part in arguments for item in (part if isinstance(part, list) else [part])])


@builtin("insert before(list: list, position: number, newItem: any)")
def insert_before(items: Items, position: Decimal, item: object) -> Items | None:
    place = _place(position, items, room=1)
    return None if place is None else _sized([*items[:place], item, *items[place:]])


@builtin("remove(list: list, position: number)")
def remove(items: Items, position: Decimal) -> Items | None:
    place = _place(position, items)
    return None if place is None else items[:place] + items[place + 1 :]


@builtin("list replace(list: list, position: number, newItem: any)")
def replace_at(items: Items, position: Decimal, item: object) -> Items | None:
    """A fraction in the position is cut off."""
    place = _place(position.to_integral_value(rounding=ROUND_DOWN), items)
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any)", with_run=True)
def replace_matching(run: Run, items: Items, match: Function, new: object) -> Items | None:
    """`match(item, newItem)` must answer true or false for every element."""
    verdicts = [invoke(match, [item, new], run) for item in items]
    if not all(isinstance(verdict, bool) for verdict in verdicts):
        return None
    return [new if verdict else item for item, verdict in zip(items, verdicts, strict=True)]


@builtin("reverse(list: list)")
def reverse(items: Items) -> Items:
    return items[::-1]


@builtin("index of(list: list, match: any)", with_run=True)
def index_of(run: Run, items: Items, match: object) -> Items:
    return [Decimal(place) for place, item in enumerate(items, 1) if _same(item, match, run)]


@builtin("union(...)", with_run=True)
def union(run: Run, arguments: Items) -> Items | None:
    together = concatenate(arguments)
    return None if together is None else distinct_values(run, together)


@builtin("distinct values(list: list)", with_run=True)
def distinct_values(run: Run, items: Items) -> Items:
    kept: Items = []
    for item in map(normal, items):
        if not list_contains(run, kept, item):
            kept.append(item)
    return kept


@builtin("duplicate values(list: list)", with_run=True)
def duplicate_values(run: Run, items: Items) -> Items:
    once: Items = []
    twice: Items = []
    for item in items:
        if not list_contains(run, once, item):
            once.append(item)
        elif not list_contains(run, twice, item):
            twice.append(item)
    return twice


@builtin("flatten(list: list)", with_run=True)
def flatten(run: Run, items: Items) -> Items:
    return _sized(list(_flat(items, run)))


def _flat(items: Items, run: Run) -> Iterator[object]:
    for item in items:
        run.spend(1)
        if isinstance(item, list | tuple):
            yield from _flat(list(item), run)
        else:
            yield normal(item)


@builtin("partition(list: list, size: number)")
def partition(items: Items, size: Decimal) -> Items | None:
    step = whole(size)
    return [items[i : i + step] for i in range(0, len(items), step)] if step and step > 0 else None


class _Unordered(Exception):
    """Two elements have no common order."""


@builtin("sort(list: list, precedes?: function)", with_run=True)
def sort(run: Run, items: Items, precedes: Function | None) -> Items | None:
    """In the order of `precedes(x, y)`, else from small to large; null if elements cannot be compared."""

    def order(left: object, right: object) -> int:
        run.spend(1)
        if precedes is None:
            return _order(left, right)
        return -1 if invoke(precedes, [left, right], run) is True else 0  # sorted asks for nothing else

    try:
        return sorted(items, key=cmp_to_key(order))
    except _Unordered:
        return None


def _order(left: object, right: object) -> int:
    found = comparison.compare(left, right)
    if found is None:
        raise _Unordered
    return found
