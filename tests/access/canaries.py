"""Words that occur nowhere else: planted in one field for one circle of readers, and found again in any bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_FORM = re.compile(r"qz[a-z]+\d{3}x")


@dataclass(frozen=True)
class Canary:
    """`place` is the case or enterprise it belongs to; `line` says which line of the matrix it stands for."""

    word: str
    place: str
    line: str


@dataclass
class Canaries:
    """Letters and digits only, so that no escaping, line break or hyphen changes them."""

    planted: dict[str, Canary] = field(default_factory=dict)

    def word(self, place: str, line: str) -> str:
        """A new word for this line of the matrix."""
        word = f"qz{place}{len(self.planted):03d}x"
        self.planted[word] = Canary(word, place, line)
        return word

    def found_in(self, text: str) -> Iterator[Canary]:
        for word in set(_FORM.findall(text)):
            if word in self.planted:
                yield self.planted[word]
