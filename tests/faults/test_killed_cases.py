"""Random processes whose commands are killed at random moments and sent again with the same idempotency key.

The final state is one that the diagram allows for these commands, each done once; the invariants hold after each kill.
"""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.city import City
from tests.engine.spiff.random_processes.comparing import compare
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.unstructured import wild_process
from tests.faults.killed_player import CommandsAtWork, Killed

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = SOAK // 50 or 3
MOST_STEPS = 5


@pytest.fixture
def work(people: City, tmp_path: Path) -> Iterator[CommandsAtWork]:
    at_work = CommandsAtWork(people.database.url, tmp_path)
    yield at_work
    at_work.stop()


@pytest.mark.timeout(0 if SOAK else 120)
@pytest.mark.parametrize("grow", [sound_process, wild_process])
def test_killed_commands_that_are_sent_again_are_done_once(
    people: City, work: CommandsAtWork, grow: Callable[..., Field]
) -> None:
    steps = kills = 0
    for seed in range(FIRST, FIRST + GAMES):
        grown = grow(seed, kinds=EVERYTHING - {"signal"}, asks_first=True)
        player = Killed(people, grown, work, random.Random(seed))
        steps += compare(grown, player, seed=seed, most_steps=MOST_STEPS, begins_with_facts=False).steps
        kills += player.kills

    print(f"{GAMES} processes, {steps} commands, {kills} kills")
    assert steps >= GAMES
    assert kills >= GAMES
