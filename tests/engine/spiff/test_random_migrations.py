"""Random processes as cases that change their version after every command: everything goes on as if they had not."""

import os
from collections.abc import Mapping
from typing import Any

import pytest

from engine.commands.migrate_case import MigrateCase
from engine.model import Case
from tests.city import City
from tests.engine.spiff.random_processes.comparing import Command, compare
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.in_database import InDatabase, deploy
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.unstructured import wild_process

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
SOUND, WILD = SOAK // 20 or 8, SOAK // 10 or 10
KINDS = EVERYTHING - {"signal"}


class OnTheMove(InDatabase):
    """Two versions of the same diagram; the case runs now on the one, now on the other."""

    moves = 0

    def __init__(self, city: City, grown: Field) -> None:
        super().__init__(city, grown)
        deploy(city, grown, properties=self.properties)
        with city.engine.reading() as session:
            newest = city.engine.catalogue.newest(session, "p")
        assert newest is not None
        self.versions = (newest.version - 1, newest.version)

    def begin(self, variables: Mapping[str, Any]) -> None:
        super().begin(variables)
        self._move()

    def do(self, command: Command) -> None:
        super().do(command)
        self._move()

    def _move(self) -> None:
        if self.row(Case, Case.id == self.case_id).status != "running":
            return
        to = self.versions[self.moves % 2]
        order = MigrateCase(case_id=self.case_id, to_version=to, reason="换一个版本", keeps_rules=bool(self.moves % 3))
        self.send((order, "designer"))
        self.moves += 1
        assert self.broken() == []


def play(city: City, grown: Field, seed: int) -> int:
    return compare(grown, OnTheMove(city, grown), seed=seed, most_steps=12, begins_with_facts=False).steps


@pytest.mark.timeout(0 if SOAK else 120)
def test_sound_processes(people: City) -> None:
    steps = [play(people, sound_process(n, kinds=KINDS, asks_first=True), n) for n in range(FIRST, FIRST + SOUND)]

    assert sum(steps) > 3 * SOUND


@pytest.mark.timeout(0 if SOAK else 120)
def test_unstructured_processes(people: City) -> None:
    steps = [play(people, wild_process(n, kinds=KINDS, asks_first=True), n) for n in range(FIRST, FIRST + WILD)]

    assert sum(steps) > 3 * WILD
