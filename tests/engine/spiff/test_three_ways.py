"""Random processes that the door takes run to their end in three ways, with the same course and the same end.

In memory; restored and saved by each command in a database; and in a process that is killed at random moments of its
talk with the database and begun again. `TONGBAN_SOAK=1000` plays so many instead of a few.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.definitions.check import Report
from tests.city import City
from tests.engine.spiff.random_processes.at_the_door import checked, without_loose_ends
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.three_ways import ThreeWays
from tests.engine.spiff.random_processes.unstructured import wild_process
from tests.faults.killed_player import CommandsAtWork

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = {"sqlite": SOAK or 3, "postgresql": SOAK // 10 or 1}
# A signal goes to every case that waits for its name; what is undone must be thrown, and what fails be repaired.
KINDS = EVERYTHING - {"signal", "incident", "undo", "stop"}
WAITED_AT = ("userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway")
LEAST_PLACES = 5


def taken(grow: Callable[..., Field], count: int) -> Iterator[tuple[int, Field]]:
    """Seeds and processes that the door takes, with something to do, and without errors that nobody catches."""
    seed = FIRST
    while count:
        grown = without_loose_ends(grow(seed, kinds=KINDS, asks_first=True))
        if is_long(grown) and is_good(checked(grown)):
            count -= 1
            yield seed, grown
        seed += 1


def larger(seed: int, **more: Any) -> Field:
    return wild_process(seed, size=15, **more)


def is_long(grown: Field) -> bool:
    return sum(node.kind in WAITED_AT for node in grown.diagram.nodes.values()) >= LEAST_PLACES


def is_good(report: Report) -> bool:
    return report.deployable and not {p.code for p in report.problems} & {"error_not_caught", "not_proven"}


@pytest.fixture
def work(people: City, tmp_path: Path) -> Iterator[CommandsAtWork]:
    at_work = CommandsAtWork(people.database.url, tmp_path)
    yield at_work
    at_work.stop()


@pytest.mark.timeout(0 if SOAK else 180)
@pytest.mark.parametrize("grow", [sound_process, larger])
def test_what_the_door_takes_comes_to_the_same_end_in_three_ways(
    people: City, database_kind: str, work: CommandsAtWork, grow: Callable[..., Field]
) -> None:
    ends: Counter[str] = Counter()
    for seed, grown in taken(grow, GAMES[database_kind]):
        game = ThreeWays(people, work, grown, seed)
        outcome = game.play()
        ends[outcome.cut or ("finished" if outcome.is_finished else f"stuck, seed {seed}")] += 1
        ends.update(kills=game.kills, commands=outcome.steps)

    print(dict(ends))
    assert not [end for end in ends if end.startswith("stuck")]
    assert ends["finished"] >= 0.7 * GAMES[database_kind]
    assert ends["kills"] >= GAMES[database_kind]
