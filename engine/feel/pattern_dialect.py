"""Regular expressions as XPath writes them, rewritten for Python; what one of the two does not know is refused."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

_MAX_CATEGORIES = 10  # in one pattern
_KEPT_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$")
_CLASS_ESCAPES = frozenset("dDsSwW")
_NAME_START = (
    r"_:A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME_CHARACTERS = {"i": _NAME_START, "c": _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"}
_BLOCKS = {
    "IsBasicLatin": (0x0000, 0x007F),
    "IsLatin-1Supplement": (0x0080, 0x00FF),
    "IsGreek": (0x0370, 0x03FF),
    "IsCyrillic": (0x0400, 0x04FF),
    "IsGeneralPunctuation": (0x2000, 0x206F),
    "IsCJKSymbolsandPunctuation": (0x3000, 0x303F),
    "IsCJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "IsHalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}
_IDEOGRAPHS_BEYOND = (0x20000, 0x323AF)
Span = tuple[int, int]


def rewritten(pattern: str, flags: str) -> str:
    """The pattern for Python's `re`. Raises ValueError for what is no XPath pattern."""
    return re.escape(pattern) if "q" in flags else _Rewriter(pattern, flags).pattern()


class _Rewriter:
    def __init__(self, text: str, flags: str) -> None:
        self.text = "".join(_without_space(text)) if "x" in flags else text
        self.index = 0
        self.categories = 0
        self.dot = "." if "s" in flags else r"[^\n\r]"
        self.end = "$" if "m" in flags else r"\Z"

    def take(self) -> str:
        if self.index >= len(self.text):
            raise ValueError(self.text)
        self.index += 1
        return self.text[self.index - 1]

    def is_at(self, text: str) -> bool:
        return self.text.startswith(text, self.index)

    def pattern(self) -> str:
        parts = []
        while self.index < len(self.text):
            parts.append(self._piece(self.take()))
        return "".join(parts)

    def _piece(self, char: str) -> str:
        if char == "\\":
            return self._escape()
        if char == "[":
            return self._set()
        if char == "(" and self.is_at("?") and not self.is_at("?:"):
            raise ValueError(self.text)
        return {".": self.dot, "$": self.end}.get(char, char)

    def _escape(self) -> str:
        char = self.take()
        if char.isdigit():
            return f"(?:\\{char})"
        if char in _KEPT_ESCAPES or char in _CLASS_ESCAPES:
            return "\\" + char
        negation = "^" if char.isupper() else ""
        return f"[{negation}{self._named_set(char)}]"

    def _named_set(self, char: str) -> str:
        """What `\\p{…}`, `\\i` or `\\c` and their capitals hold, without regard to the capital."""
        if char.lower() in _NAME_CHARACTERS:
            return _NAME_CHARACTERS[char.lower()]
        if char not in "pP" or self.take() != "{":
            raise ValueError(self.text)
        name = ""
        while not self.is_at("}"):
            name += self.take()
        self.take()
        self.categories += 1
        if self.categories > _MAX_CATEGORIES:
            raise ValueError(self.text)
        return _written(_category(name))

    def _set(self) -> str:
        """`[…]`, perhaps with another set subtracted: `[a-z-[aeiou]]`."""
        negation = "^" if self.is_at("^") else ""
        self.index += len(negation)
        body, taken_away = "", None
        while not self.is_at("]"):
            if self.is_at("-["):
                self.index += 2
                taken_away = self._set()
                break
            body += self._member()
        if not body or self.take() != "]":
            raise ValueError(self.text)
        own = f"[{negation}{body}]"
        return own if taken_away is None else f"(?:(?!{taken_away}){own})"

    def _member(self) -> str:
        first = self._member_end()
        is_range = self.is_at("-") and not self.is_at("-[") and not self.is_at("-]") and len(first) <= 2
        if not is_range or first[1:] in _CLASS_ESCAPES:
            return first
        self.take()
        return f"{first}-{self._member_end()}"

    def _member_end(self) -> str:
        char = self.take()
        if char == "[":
            raise ValueError(self.text)
        if char != "\\":
            return char if char.isalnum() else re.escape(char)
        char = self.take()
        if char in _KEPT_ESCAPES or char in _CLASS_ESCAPES:
            return "\\" + char
        if char.isdigit() or char.isupper():
            raise ValueError(self.text)
        return self._named_set(char)


def _without_space(text: str) -> Iterator[str]:
    """The pattern without white space, which counts only inside of sets."""
    depth, escaped = 0, False
    for char in text:
        if not escaped:
            depth += (char == "[") - (char == "]")
        if depth > 0 or char not in " \t\n\r":
            yield char
        escaped = char == "\\" and not escaped


def _written(spans: Iterable[Span]) -> str:
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in spans)


def _category(name: str) -> tuple[Span, ...]:
    """The characters of a general category or a block. Raises ValueError for one that is not known."""
    spans = (_BLOCKS[name],) if name in _BLOCKS else _categories().get(name)
    if not spans:
        raise ValueError(name)
    return spans


@cache
def _categories() -> dict[str, tuple[Span, ...]]:
    """All general categories, one letter and two; beyond the basic plane only the ideographs."""
    found: dict[str, list[Span]] = {}
    for code in range(0x10000):
        category = unicodedata.category(chr(code))
        for name in (category, category[0]):
            spans = found.setdefault(name, [])
            if spans and spans[-1][1] == code - 1:
                spans[-1] = (spans[-1][0], code)
            else:
                spans.append((code, code))
    for name in ("L", "Lo"):
        found[name].append(_IDEOGRAPHS_BEYOND)
    return {name: tuple(spans) for name, spans in found.items()}
