"""How fast the work of a regular expression grows with the text: read from its parsed form.

Python's matcher backtracks. Two repeats that can share a stretch of text make the work grow with its square, a repeat
inside a repeat exponentially, unless something between them that neither can match fixes where one ends.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any

Item = tuple[Any, Any]
_PROBES = frozenset("aZ09_ \t\n-.,;:中é０　😀")
_DEEPEST = 20
_LARGE_SET = 50  # ranges; a larger set counts as having something in common with every other
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_SMALL = 3  # a repeat of at most so many rounds counts as so many choices
_CATEGORIES = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w"}
_NEGATED = {
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Work is at most `choices * length ** degree` from each place at which a match may start."""

    degree: int
    choices: int
    anchored: bool

    def work(self, length: int) -> int:
        starts = 0 if self.anchored else 1
        return self.choices * (length + 1) ** min(self.degree + starts, 12) + length


def cost_of(pattern: str, flags: int) -> Cost | None:
    """None if the work is exponential, or the pattern too deep to find out."""
    try:
        items = reader.parse(pattern, flags)
        return None if _depth(items) > _DEEPEST else _Reader(items, flags).cost()
    except _Exponential:
        return None


class _Exponential(Exception):
    """The work doubles with every character."""


class _Reader:
    def __init__(self, items: Iterable[Item], flags: int) -> None:
        self.items = list(items)
        self.ignore_case = bool(flags & re.IGNORECASE)
        self.multiline = bool(flags & re.MULTILINE)
        self.probes = _PROBES | set(self._boundaries(self.items))

    def cost(self) -> Cost:
        items = self.items
        anchored = bool(items) and items[0] == (codes.AT, codes.AT_BEGINNING) and not self.multiline
        cannot_fail = bool(items) and items[-1][0] in _REPEATS and not self._variable(list(items[-1][1][2]))
        counted = items[:-1] if cannot_fail else items
        return Cost(degree=self._sequence_degree(counted), choices=self._choices(items), anchored=anchored)

    def _choices(self, items: Iterable[Item]) -> int:
        """How many ways the optional parts and the alternatives can be combined."""
        product = 1
        for code, argument in items:
            if code in _REPEATS:
                low, high, body = argument
                is_small = high <= _SMALL
                product *= (high - low + 1 if is_small else 1) * self._choices(body) ** (high if is_small else 1)
            elif code is codes.SUBPATTERN:
                product *= self._choices(argument[-1])
            elif code is codes.BRANCH:
                product *= sum(self._choices(branch) for branch in argument[1])
            product = min(product, 10**9)
        return product

    def _boundaries(self, items: Iterable[Item]) -> Iterator[str]:
        """Characters at and beside each one that the pattern names: sets that differ, differ on one of them."""
        for item in _descend(items):
            code, argument = item
            for value in _named_characters(code, argument):
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
        if high <= _SMALL:
            return self._sequence_degree(inner) * max(high, 1)
        if len(self._flat(inner)) > 1 or self._variable(inner):
            self._must_be_unambiguous(inner)
        fixed = low == high and not self._variable(inner)
        return 0 if fixed else max(1, self._sequence_degree(inner))

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


def _named_characters(code: Any, argument: Any) -> tuple[int, ...]:
    if code is codes.RANGE:
        return tuple(argument)
    return (argument,) if code in (codes.LITERAL, codes.NOT_LITERAL) else ()


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
        if len(argument) > _LARGE_SET:
            return True
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
        elif code is codes.IN and into_sets and len(argument) <= _LARGE_SET:
            yield from argument


def _depth(items: Iterable[Item]) -> int:
    """How many repeats, groups and alternatives lie inside of each other."""
    deepest = 0
    for code, argument in items:
        inner: list[Iterable[Item]] = []
        if code in _REPEATS or code is codes.POSSESSIVE_REPEAT:
            inner = [argument[2]]
        elif code is codes.SUBPATTERN:
            inner = [argument[-1]]
        elif code is codes.BRANCH:
            inner = list(argument[1])
        deepest = max(deepest, 1 + max(map(_depth, inner), default=0))
    return deepest


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
        elif code not in (codes.AT, codes.GROUPREF, codes.ASSERT_NOT):
            total += 1
    return total
