"""Random processes whose commands are killed at random moments and sent again with the same idempotency key.

The final state is one that the diagram allows for these commands, each done once; the invariants hold after each kill.
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.engine.spiff.random_processes.comparing import compare
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.in_database import InDatabase
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.unstructured import wild_process
from tests.faults.orders import Order, Report, Sent, packed, unpacked

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = SOAK // 50 or 3
MOST_STEPS, MOST_KILLS, LAST_MOMENT = 5, 2, 90


class CommandsAtWork:
    """The other side of `commands_at_work`."""

    def __init__(self, url: str, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.commands_at_work", url, str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def give(self, order: Order) -> Report:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(packed(order) + "\n")
        self.process.stdin.flush()
        (answer,) = iter(self.process.stdout.readline, "ended\n")
        return unpacked(answer)

    def stop(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Killed(InDatabase):
    """Every command is killed up to three times before it may live."""

    def __init__(self, city: City, grown: Field, work: CommandsAtWork, dice: random.Random) -> None:
        super().__init__(city, grown)
        self.work, self.dice, self.kills = work, dice, 0

    def send(self, *commands: Any) -> Any:
        sent = tuple(Sent(command, by, self.key()) for command, by in commands)
        for _ in range(MOST_KILLS):
            report = self.work.give(Order(sent, die_at=self.dice.randint(1, LAST_MOMENT)))
            self.performed += report.heard
            if not report.died:
                return report.result
            self.kills += 1
            assert not self.case_id or self.broken() == []
        report = self.work.give(Order(sent))
        self.performed += report.heard
        return report.result


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
