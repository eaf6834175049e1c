"""Cases that are sent back by people who are killed at random moments and try again with the same idempotency key."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.commands.return_task import ReturnTask
from engine.model import HistoryEntry, Movement
from tests.city import City
from tests.engine.spiff.random_processes.in_database import InDatabase
from tests.engine.spiff.random_processes.returning_cases import ReturnedCase
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.test_random_returned_cases import KINDS
from tests.faults.test_killed_cases import CommandsAtWork, Killed

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = SOAK // 50 or 2


class KilledAtReturning(Killed):
    """Everything else is done at once."""

    def send(self, *commands: Any) -> Any:
        is_return = isinstance(commands[0][0], ReturnTask)
        return super().send(*commands) if is_return else InDatabase.send(self, *commands)


@pytest.fixture
def work(people: City, tmp_path: Path) -> Iterator[CommandsAtWork]:
    at_work = CommandsAtWork(people.database.url, tmp_path)
    yield at_work
    at_work.stop()


@pytest.mark.timeout(0 if SOAK else 120)
def test_a_killed_return_that_is_sent_again_is_done_once(people: City, work: CommandsAtWork) -> None:
    count: Counter[str] = Counter()
    kills = 0
    for seed in range(FIRST, FIRST + GAMES):
        grown = sound_process(seed, kinds=KINDS, asks_first=True)
        player = KilledAtReturning(people, grown, work, random.Random(seed))
        ReturnedCase(grown, player, seed, count=count).play()
        kills += player.kills

    print(dict(count), f"{kills} kills")
    returns = people.rows(HistoryEntry, HistoryEntry.action == "task_returned")
    assert len(returns) == count["back"] == sum(bool(row.undone) for row in people.rows(Movement))
    assert kills >= count["back"]
    assert count["back"] >= 1
