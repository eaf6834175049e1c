"""How fast the work of a regular expression grows with the text: read from its parsed form.

Python's matcher backtracks. Two repeats that can share a stretch of text between them make the work grow with its square,
a repeat inside a repeat exponentially, unless something between them that neither can match fixes where one ends.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any

Item = tuple[Any, Any]
_PROBES = frozenset("aZ09_ \t\n-.,;:中é０　😀")
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_SMALL = 3  # a repeat with so few choices is no repeat
_CATEGORIES = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w"}
_NEGATED = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


def degree(pattern: str, flags: int) -> int | None:
    """The power of the text's length that bounds the work from one starting point; None if it is exponential."""
    try:
        return _Reader(pattern, flags).degree()
    except _Exponential:
        return None


class _Exponential(Exception):
    """The work doubles with every character."""


class _Reader:
    def __init__(self, pattern: str, flags: int) -> None:
        self.items = list(reader.parse(pattern, flags))
        self.ignore_case = bool(flags & re.IGNORECASE)
        self.probes = _PROBES | set(self._boundaries(self.items))

    def degree(self) -> int:
        return self._sequence_degree(self.items)

    def _boundaries(self, items: Iterable[Item]) -> Iterator[str]:
        """Characters at and beside each one that the pattern names: sets that differ, differ on one of them."""
        for item in _descend(items):
            code, argument = item
            named = (
                argument if code is codes.RANGE else (argument,) if code in (codes.LITERAL, codes.NOT_LITERAL) else ()
            )
            for value in named:
                for near in (value - 1, value, value + 1):
                    if 0 <= near < 0x110000:
                        yield from {chr(near), chr(near).lower()[0], chr(near).upper()[0]}

    def _sequence_degree(self, items: Sequence[Item]) -> int:
        """The largest number of repeats in a row that nothing keeps apart."""
        most = running = 0
        open_chars: set[str] = set()
        for item in items:
            own = self._own_degree(item)
            if own:
                running = running + own if running and open_chars & self._chars(item) else own
                open_chars |= self._chars(item)
                most = max(most, running)
            elif _least_width([item]) and not self._chars(item) & open_chars:
                running, open_chars = 0, set()
        return most

    def _own_degree(self, item: Item) -> int:
        code, argument = item
        if code in _REPEATS or code is codes.POSSESSIVE_REPEAT:
            return self._repeat_degree(argument)
        if code is codes.SUBPATTERN:
            return self._sequence_degree(list(argument[-1]))
        if code is codes.BRANCH:
            return max(self._sequence_degree(list(branch)) for branch in argument[1])
        if code is codes.GROUPREF:
            return 1
        return 0

    def _repeat_degree(self, argument: tuple[int, int, Any]) -> int:
        low, high, body = argument
        inner = list(body)
        if high - low < _SMALL and high <= _SMALL:
            return self._sequence_degree(inner) * max(high, 1)
        if len(self._flat(inner)) > 1 or self._variable(inner):
            self._must_be_unambiguous(inner)
        fixed = low == high and not self._variable(inner)
        return 0 if fixed else 1

    def _flat(self, items: Sequence[Item]) -> list[Item]:
        """The sequence with plain groups opened."""
        flat: list[Item] = []
        for code, argument in items:
            flat += self._flat(list(argument[-1])) if code is codes.SUBPATTERN else [(code, argument)]
        return flat

    def _variable(self, items: Sequence[Item]) -> bool:
        return any(
            (code in _REPEATS and argument[0] != argument[1]) or code in (codes.BRANCH, codes.GROUPREF)
            for code, argument in _descend(items)
        )

    def _must_be_unambiguous(self, body: Sequence[Item]) -> None:
        """A repeated body may hold a repeat only if something in the body fixes where that one ends."""
        round_trip = self._flat(body)
        if _least_width(round_trip) == 0:
            raise _Exponential
        for place, item in enumerate(round_trip):
            if item[0] in (codes.BRANCH, codes.GROUPREF):
                self._branches_must_differ(item)
            elif self._variable([item]):
                self._must_be_closed(item, round_trip[place + 1 :] + round_trip[:place])

    def _must_be_closed(self, item: Item, others: Sequence[Item]) -> None:
        if item[0] not in _REPEATS or self._variable(list(item[1][2])):
            raise _Exponential
        if not any(_least_width([other]) and not self._chars(other) & self._chars(item) for other in others):
            raise _Exponential

    def _branches_must_differ(self, item: Item) -> None:
        if item[0] is codes.GROUPREF:
            raise _Exponential
        seen: set[str] = set()
        for branch in map(list, item[1][1]):
            first = self._chars(branch[0]) if branch else set()
            if not first or first & seen or self._variable(branch) or _least_width(branch[:1]) == 0:
                raise _Exponential
            seen |= first

    def _chars(self, item: Item) -> set[str]:
        """The probes that can occur in what an item matches."""
        found: set[str] = set()
        for code, argument in _descend([item], into_sets=False):
            found |= {probe for probe in self.probes if self._matches(code, argument, probe)}
        return found

    def _matches(self, code: Any, argument: Any, probe: str) -> bool:
        tries = {probe, probe.lower()[0], probe.upper()[0]} if self.ignore_case else {probe}
        return any(_accepts(code, argument, char) for char in tries)


def _accepts(code: Any, argument: Any, char: str) -> bool:
    if code is codes.LITERAL:
        return ord(char) == argument
    if code is codes.NOT_LITERAL:
        return ord(char) != argument
    if code is codes.ANY or code is codes.GROUPREF:
        return True
    if code is codes.RANGE:
        return argument[0] <= ord(char) <= argument[1]
    if code is codes.CATEGORY:
        negated = argument in _NEGATED
        return (re.match(_CATEGORIES[_NEGATED.get(argument, argument)], char) is not None) is not negated
    if code is codes.IN:
        negated = argument[0][0] is codes.NEGATE
        return any(_accepts(*part, char) for part in argument[negated:]) is not negated
    return False


def _descend(items: Iterable[Item], *, into_sets: bool = True) -> Iterator[Item]:
    """All items of a parsed pattern, at every level."""
    for code, argument in items:
        yield code, argument
        if code in _REPEATS or code is codes.POSSESSIVE_REPEAT:
            yield from _descend(argument[2], into_sets=into_sets)
        elif code is codes.SUBPATTERN:
            yield from _descend(argument[-1], into_sets=into_sets)
        elif code is codes.BRANCH:
            for branch in argument[1]:
                yield from _descend(branch, into_sets=into_sets)
        elif code is codes.IN and into_sets:
            yield from argument


def _least_width(items: Iterable[Item]) -> int:
    """The fewest characters a sequence takes."""
    total = 0
    for code, argument in items:
        if code in _REPEATS or code is codes.POSSESSIVE_REPEAT:
            total += argument[0] * _least_width(argument[2])
        elif code is codes.SUBPATTERN:
            total += _least_width(argument[-1])
        elif code is codes.BRANCH:
            total += min(_least_width(branch) for branch in argument[1])
        elif code not in (codes.AT, codes.GROUPREF):
            total += 1
    return total
