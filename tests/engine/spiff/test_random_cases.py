"""Random processes as cases: every command through the engine, on SQLite and on PostgreSQL, with its invariants."""

import os

import pytest

from tests.city import City
from tests.engine.spiff.random_processes.comparing import compare
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.in_database import InDatabase
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.unstructured import wild_process

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
SOUND, WILD = SOAK // 20 or 10, SOAK // 10 or 14
MOST_STEPS = 12
# A signal goes to every case that waits for its name, through the outbox; other tests look at that.
KINDS = EVERYTHING - {"signal"}


def play(city: City, grown: Field, seed: int) -> int:
    return compare(grown, InDatabase(city, grown), seed=seed, most_steps=MOST_STEPS, begins_with_facts=False).steps


@pytest.mark.timeout(0 if SOAK else 120)
def test_sound_processes_as_cases(people: City) -> None:
    steps = [play(people, sound_process(n, kinds=KINDS, asks_first=True), n) for n in range(FIRST, FIRST + SOUND)]

    assert sum(steps) > 3 * SOUND


@pytest.mark.timeout(0 if SOAK else 120)
def test_unstructured_processes_as_cases(people: City) -> None:
    steps = [play(people, wild_process(n, kinds=KINDS, asks_first=True), n) for n in range(FIRST, FIRST + WILD)]

    assert sum(steps) > 3 * WILD
