"""People who ask others to sign, sign and take off are killed at random moments, and try again with the same key."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.commands.ask_cosigners import AskCosigners
from engine.commands.remove_cosigner import RemoveCosigner
from engine.commands.sign_task import SignTask
from engine.model import Cosignature, HistoryEntry
from tests.city import City
from tests.engine.spiff.random_processes.comparing import Game
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.signed_cases import SigningPlayer
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.test_random_returned_cases import KINDS
from tests.faults.test_killed_cases import CommandsAtWork, Killed

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = SOAK // 50 or 2
STEPS = 3


class KilledAtSigning(SigningPlayer):
    """Everything else is done at once."""

    def __init__(
        self, city: City, grown: Field, work: CommandsAtWork, dice: random.Random, count: Counter[str]
    ) -> None:
        super().__init__(city, grown, dice, count)
        self.work, self.kills, self.share = work, 0, 1.0

    def send(self, *commands: Any) -> Any:
        is_about_signing = isinstance(commands[0][0], AskCosigners | RemoveCosigner | SignTask)
        return Killed.send(self, *commands) if is_about_signing else super().send(*commands)  # type: ignore[arg-type]


@pytest.fixture
def work(people: City, tmp_path: Path) -> Iterator[CommandsAtWork]:
    at_work = CommandsAtWork(people.database.url, tmp_path)
    yield at_work
    at_work.stop()


@pytest.mark.timeout(0 if SOAK else 180)
def test_a_killed_signature_that_is_sent_again_is_given_once(people: City, work: CommandsAtWork) -> None:
    count: Counter[str] = Counter()
    kills = 0
    for seed in range(FIRST, FIRST + GAMES):
        grown = sound_process(seed, kinds=KINDS, asks_first=True)
        player = KilledAtSigning(people, grown, work, random.Random(seed), count)
        game = Game(grown, player, random.Random(seed), {})
        game.begin()
        game.go_on(STEPS)
        kills += player.kills

    print(dict(count), f"{kills} kills")
    signed = people.rows(HistoryEntry, HistoryEntry.action == "task_signed")
    assert len(signed) == count["agree"] + count["disagree"] >= 1
    assert len(people.rows(Cosignature, Cosignature.state == "removed")) == count["remove"]
    assert kills >= 1
