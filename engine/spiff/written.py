"""What variables hold when some of what was written is left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.spiff.trail import Event, Written


def values_before(events: Sequence[Event], undone: Iterable[int], keeper: str) -> Mapping[str, tuple[object, ...]]:
    """Every name that undone events wrote, with what it holds without them: nothing, or one value.

    A name whose last writer stays is left out.
    """
    gone = set(undone)
    writes: dict[str, list[tuple[int, Written]]] = {}
    for number, event in enumerate(events):
        for row in event.wrote:
            if row.keeper == keeper:
                writes.setdefault(row.name, []).append((number, row))
    found: dict[str, tuple[object, ...]] = {}
    for name, rows in writes.items():
        kept = [place for place, (number, _) in enumerate(rows) if number not in gone]
        after = kept[-1] + 1 if kept else 0
        if after < len(rows):
            found[name] = rows[after][1].before
    return found


def mixed_names(events: Sequence[Event], undone: Iterable[int], keeper: str) -> frozenset[str]:
    """Names that an undone event wrote and a later one, which stays, wrote over: they keep what that one wrote."""
    gone = set(undone)
    first: dict[str, int] = {}
    mixed = set()
    for number, event in enumerate(events):
        for row in (row for row in event.wrote if row.keeper == keeper):
            if number in gone:
                first.setdefault(row.name, number)
            elif row.name in first:
                mixed.add(row.name)
    return frozenset(mixed)


def befores(events: Sequence[Event], undone: frozenset[int]) -> Mapping[int, Written]:
    """What stays and was written over something undone: what was there before that."""
    found: dict[int, Written] = {}
    last: dict[tuple[str, str], Written] = {}
    for number, event in enumerate(events):
        for row in event.wrote:
            place = (row.keeper, row.name)
            if number in undone:
                last.setdefault(place, row)
            elif place in last:
                found[id(row)] = replace(row, before=last.pop(place).before)
    return found


def names_in(event: Event) -> set[str]:
    return {row.name for row in event.wrote}
