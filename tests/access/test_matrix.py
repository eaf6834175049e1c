"""The table of who reads what is complete, and true: every role asks for everything, and finds what stands there."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, DateTime, Integer

from engine.model.base_model import Model
from tests.access.asking import Asked, Asking
from tests.access.people import EVERYBODY
from tests.access.reading_matrix import matrix
from tests.access.two_towns import TwoTowns

MATRIX = matrix()
NO_WORDS = (Integer, Boolean, Date, DateTime)
ID_LENGTH = 32
NOTHING_WRONG: dict[str, set[Any]] = {"too many": set(), "missing": set()}
ONE_OF_A_KIND = (
    "chair", "rep9", "worker5", "worker60", "boss", "town_union", "chair2", "hr2", "hr3", "hrss", "admin", "auditor",
    "nobody",
)  # fmt: skip


def test_every_column_with_words_of_people_stands_in_the_table() -> None:
    known = MATRIX.columns | set(MATRIX.table["secrets"])

    missing = [name for name in content_columns() if name not in known and not is_elsewhere(name)]

    assert missing == []


def test_the_table_names_no_column_that_is_gone() -> None:
    columns = {f"{table.name}.{column.name}" for table in Model.metadata.tables.values() for column in table.columns}
    named = MATRIX.columns | set(MATRIX.table["secrets"])

    assert named - columns == set()
    assert [pattern for pattern in MATRIX.elsewhere if not any(fnmatch(name, pattern) for name in columns)] == []


def content_columns() -> Iterator[str]:
    """Everything that is no id, number or day."""
    for table in Model.metadata.tables.values():
        for column in table.columns:
            is_id = column.foreign_keys or getattr(column.type, "length", None) == ID_LENGTH
            if not is_id and not isinstance(getattr(column.type, "impl_instance", column.type), NO_WORDS):
                yield f"{table.name}.{column.name}"


def is_elsewhere(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in MATRIX.elsewhere)


@dataclass(frozen=True)
class Told:
    """What one person found in all that they asked for."""

    role: str
    answers: tuple[Asked, ...]

    @property
    def lines(self) -> set[tuple[str, str]]:
        return {(canary.place, canary.line) for answer in self.answers for canary in answer.found}


@pytest.fixture(params=EVERYBODY)
def told(request: Any, asking: Asking) -> Told:
    """Pages and interface on SQLite; on PostgreSQL the interface, for one person of each kind."""
    role = request.param
    if asking.towns.city.database.kind == "sqlite":
        return Told(role, tuple(asking.everything(role)))
    if role not in ONE_OF_A_KIND:
        pytest.skip("asked on SQLite")
    return Told(role, tuple(asking.everything(role, below="/api/")))


def test_everybody_finds_what_the_table_says_and_nothing_else(asking: Asking, told: Told) -> None:
    expected = {(place, line) for place, line in planted(asking.towns) if told.role in MATRIX.readers(place, line)}
    is_whole = asking.towns.city.database.kind == "sqlite"

    assert {"too many": told.lines - expected, "missing": expected - told.lines if is_whole else set()} == NOTHING_WRONG
    assert [(answer.path, answer.secrets) for answer in told.answers if answer.secrets] == []
    assert [answer.path for answer in told.answers if answer.status >= 500] == []
    assert differs(asking, told) == []


def differs(asking: Asking, told: Told) -> list[tuple[str, int, int]]:
    """Where something foreign is answered in another way than something that does not exist."""
    given = {answer.path: answer.status for answer in told.answers}
    strange = [(path, none) for path, none in asking.strange(told.role) if path in given]
    nothing = {none: asking.ask(told.role, none).status for _, none in strange}
    return [(path, given[path], nothing[none]) for path, none in strange if given[path] != nothing[none]]


def test_every_line_of_the_table_is_planted_somewhere(asking: Asking) -> None:
    assert set(MATRIX.lines) - {line for _, line in planted(asking.towns)} == set()


def planted(towns: TwoTowns) -> set[tuple[str, str]]:
    return {(canary.place, canary.line) for canary in towns.canaries.planted.values()}
