"""What the proof says of random processes, held against what the engine does when they are played.

A process that is judged sound never comes to a standstill, however it is played; one that does is judged unsound.
`TONGBAN_SOAK=2000` judges so many instead of a few.
"""

import os
import random

import pytest

from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.judged import KINDS, judge, play
from tests.engine.spiff.random_processes.mutating import mutants
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.unstructured import wild_process

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
# Ways that stop inside a block, or go on beside it in each round, are what block structure does not have.
BLOCKS = KINDS - {"stop", "fork", "throw", "escalation", "error"}


def confirm(grown: Field, dice: random.Random, *, plays: int, seed: int) -> str:
    grown.facts.update({flow.fact: "truth" for flow in grown.diagram.flows.values() if flow.fact})
    proof = judge(grown.diagram)
    ends = [play(grown, dice) for _ in range(plays)]
    assert proof.verdict != "sound" or "stuck" not in ends, f"seed {seed}: judged sound, and came to a standstill"
    return proof.verdict


@pytest.mark.timeout(0 if SOAK else 120)
def test_blocks_are_sound_and_never_come_to_a_standstill() -> None:
    verdicts = [confirm(sound_process(n, kinds=BLOCKS), random.Random(n), plays=2, seed=n) for n in range(SOAK or 60)]

    assert "unsound" not in verdicts, f"seed {verdicts.index('unsound')}"
    assert verdicts.count("not_proven") < len(verdicts) / 10


@pytest.mark.timeout(0 if SOAK else 120)
def test_nothing_wild_that_is_judged_sound_comes_to_a_standstill() -> None:
    verdicts = [confirm(wild_process(n, kinds=KINDS), random.Random(n), plays=6, seed=n) for n in range(SOAK or 120)]

    assert verdicts.count("sound") > len(verdicts) / 4
    assert verdicts.count("unsound") > len(verdicts) / 10


@pytest.mark.timeout(0 if SOAK else 120)
def test_what_was_changed_in_one_place_is_judged_as_the_engine_plays_it() -> None:
    verdicts = []
    for seed in range(SOAK or 25):
        dice = random.Random(seed)
        grown = sound_process(seed, kinds=KINDS, depth=1)
        verdicts += [confirm(mutant, dice, plays=4, seed=seed) for mutant in mutants(grown, dice, 3)]

    assert verdicts.count("unsound") > len(verdicts) / 20


def test_the_whole_language_is_judged() -> None:
    assert KINDS | {"incident"} == EVERYTHING
