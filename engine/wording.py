"""What has changed between two texts, word by word: Chinese by character, Latin words and numbers as a whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

_TOKEN = re.compile(r"[0-9]+(?:[.,:][0-9]+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
# Texts that differ in more places have too little in common for a comparison to say anything.
_MOST_EDITS = 300
# An island of so few equal characters between two changes reads as noise: it is shown as changed too.
_ISLAND = 1

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came, or went."""

    kind: Kind
    text: str


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """From one text to the other; of each change what went stands before what came."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    pairs = _edits(middle_old, middle_new)
    if pairs is None:
        pairs = [("removed", t) for t in middle_old] + [("added", t) for t in middle_new]
    edges = [("same", t) for t in old[:head]], [("same", t) for t in old[len(old) - tail :]]
    return tuple(_pieces([*edges[0], *pairs, *edges[1]]))


_Pair = tuple[Kind, str]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Pair] | None:
    """The fewest removed and added tokens (Myers 1986); None when there are too many."""
    furthest, trail = {1: 0}, []
    for edits in range(min(len(old) + len(new), _MOST_EDITS) + 1):
        trail.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            x = _step(furthest, diagonal, edits)
            while x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            furthest[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                return _walked_back(old, new, trail)
    return None


def _step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    """One token added (down) or removed (to the right), whichever leads further."""
    down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
    return furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1


def _walked_back(old: Sequence[str], new: Sequence[str], trail: Sequence[dict[int, int]]) -> list[_Pair]:
    x, y, pairs = len(old), len(new), list[_Pair]()
    for edits in range(len(trail) - 1, -1, -1):
        diagonal, furthest = x - y, trail[edits]
        down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        start_x = furthest.get(before, 0)
        start_y = start_x - before
        while x > start_x + (not down) and y > start_y + down and x > 0 and y > 0:
            x, y = x - 1, y - 1
            pairs.append(("same", old[x]))
        if edits and down:
            y -= 1
            pairs.append(("added", new[y]))
        elif edits:
            x -= 1
            pairs.append(("removed", old[x]))
    return pairs[::-1]


def _pieces(pairs: Iterable[_Pair]) -> Iterator[Piece]:
    """Stretches of the same kind; within one change first what went, then what came."""
    runs = [(same, list(run)) for same, run in groupby(pairs, key=lambda pair: pair[0] == "same")]
    change: list[_Pair] = []
    for n, (same, run) in enumerate(runs):
        text = "".join(token for _, token in run)
        if not same:
            change += run
        elif change and n < len(runs) - 1 and len(text) <= _ISLAND:
            change += [("removed", text), ("added", text)]
        else:
            yield from _change(change)
            change = []
            yield Piece("same", text)
    yield from _change(change)


def _change(pairs: Sequence[_Pair]) -> Iterator[Piece]:
    for kind in ("removed", "added"):
        text = "".join(token for of_kind, token in pairs if of_kind == kind)
        if text:
            yield Piece(kind, text)  # type: ignore[arg-type]
