"""The table of who reads and who does what, read once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.access.people import people_of

TABLE = Path(__file__).with_name("matrix.yml")


@dataclass(frozen=True)
class Matrix:
    table: Mapping[str, Any]

    @cached_property
    def lines(self) -> dict[str, str | Mapping[str, str]]:
        """Readers by line: `note.text for worker`."""
        return dict(self._flat())

    def _flat(self) -> Iterator[tuple[str, Any]]:
        for thing, columns in self.table["lines"].items():
            for column, readers in columns.items():
                is_one = isinstance(readers, str) or set(readers) <= {"star", "hill", "closed"}
                cases = {"": readers} if is_one else readers
                for case, found in cases.items():
                    yield f"{thing}.{column} {case}".strip(), found

    @cached_property
    def columns(self) -> set[str]:
        return {line.split()[0] for line in self.lines}

    @cached_property
    def elsewhere(self) -> set[str]:
        return {column for columns in self.table["elsewhere"].values() for column in columns}

    def readers(self, place: str, line: str) -> set[str]:
        """Usernames. Raises KeyError for a line that the table does not have."""
        told = self.lines[line]
        return people_of(place, self._roles(told if isinstance(told, str) else told[place]))

    def doers(self, place: str, act: str) -> set[str]:
        """Usernames of those who may. Raises KeyError for an act that the table does not have."""
        return people_of(place, self._roles(self.table["acts"][act].get(place, "nobody")))

    def _roles(self, words: str) -> str:
        groups = self.table["groups"]
        return " ".join(self._roles(groups[word]) if word in groups else word for word in words.split())


def matrix() -> Matrix:
    return Matrix(yaml.safe_load(TABLE.read_text("utf-8")))
