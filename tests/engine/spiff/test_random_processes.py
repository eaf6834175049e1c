"""Random processes and random commands: in memory and saved after every step, the engine does what the oracle allows.

`TONGBAN_SOAK=20000` plays so many processes of each kind instead of a few; `TONGBAN_SOAK_FROM` is the first seed.
"""

import os
from collections import Counter
from collections.abc import Callable

import pytest

from tests.engine.spiff.random_processes.comparing import Outcome, compare
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.in_memory import InMemory
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.twins import Twins
from tests.engine.spiff.random_processes.unstructured import wild_process

BLOCKS = 8
SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
SOUND_A_BLOCK, WILD_A_BLOCK = (SOAK // BLOCKS or 20), (SOAK // BLOCKS or 50)
MOST_STEPS = 40


def play(seed: int, grow: Callable[[int], Field]) -> Outcome:
    grown = grow(seed)
    twins = Twins([InMemory(grown.diagram, saves=False), InMemory(grown.diagram, saves=True)])
    return compare(grown, twins, seed=seed, most_steps=MOST_STEPS)


def play_block(block: int, size: int, grow: Callable[[int], Field]) -> list[Outcome]:
    first = FIRST + block * size
    outcomes = [play(seed, grow) for seed in range(first, first + size)]
    ends = Counter(o.cut or ("finished" if o.is_finished else "stuck") for o in outcomes)
    print(f"seeds {first} to {first + size - 1}: {sum(o.steps for o in outcomes)} commands, {dict(ends)}")
    return outcomes


@pytest.mark.timeout(0 if SOAK else 120)
@pytest.mark.parametrize("block", range(BLOCKS))
def test_sound_processes(block: int) -> None:
    outcomes = play_block(block, SOUND_A_BLOCK, sound_process)

    assert sum(o.is_finished for o in outcomes) > len(outcomes) / 2
    assert sum(o.steps for o in outcomes) > 2 * len(outcomes)


@pytest.mark.timeout(0 if SOAK else 120)
@pytest.mark.parametrize("block", range(BLOCKS))
def test_unstructured_processes(block: int) -> None:
    outcomes = play_block(block, WILD_A_BLOCK, wild_process)

    assert any(not o.is_finished and o.cut is None for o in outcomes), "none came to be stuck"
    assert sum(o.steps for o in outcomes) > 3 * len(outcomes)
