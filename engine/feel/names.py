"""Names made of several tokens (`date and time`, `工资（元）`): the longest known name wins."""

import re
from collections.abc import Iterable
from functools import lru_cache

from engine.feel.tokens import Token, tokenize

CANNOT_BEGIN = frozenset(["and", "between", "else", "in", "instance", "of", "or", "return", "satisfies", "then"])
PROPERTY_NAMES = ("start included", "end included", "time offset")

Parts = tuple[tuple[str, bool], ...]


def plain_name(text: str) -> str:
    """A name with each run of white space made one space."""
    return re.sub(r"\s+", " ", text.strip())


class KnownNames:
    """A growing set of names, on top of an optional set that is shared."""

    def __init__(self, names: Iterable[str] = (), below: "KnownNames | None" = None) -> None:
        self._by_first: dict[str, list[tuple[Parts, str]]] = {}
        self._below = below
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        parts = _parts_of(name)
        if not parts:
            return
        same_start = self._by_first.setdefault(parts[0][0], [])
        if (parts, name) not in same_start:
            same_start.append((parts, name))
            same_start.sort(key=lambda entry: -len(entry[0]))

    def longest(self, tokens: list[Token], start: int) -> tuple[int, str]:
        """How many tokens from `start` on make a known name of several tokens, and that name; (0, "") if none do."""
        found = self._below.longest(tokens, start) if self._below else (0, "")
        for parts, name in self._by_first.get(tokens[start].text, ()):
            if len(parts) > found[0] and _matches(parts, tokens, start):
                return len(parts), name
        return found


@lru_cache(maxsize=16_384)
def _parts_of(name: str) -> Parts:
    """Nothing for a name of one token; a process knows the same names in all its expressions."""
    tokens = tokenize(name[:200])[:-1]
    if len(tokens) < 2 or tokens[0].kind in ("string", "quoted"):
        return ()
    return ((tokens[0].text, False), *((token.text, token.spaced) for token in tokens[1:]))


def _matches(parts: Parts, tokens: list[Token], start: int) -> bool:
    window = tokens[start + 1 : start + len(parts)]
    return len(window) == len(parts) - 1 and all(
        token.text == text and token.spaced == spaced for token, (text, spaced) in zip(window, parts[1:], strict=True)
    )
