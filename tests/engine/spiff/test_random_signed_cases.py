"""Random cases whose tasks others sign, and which are sent back: on both databases, with the invariants, to the end."""

import os
import random
from collections import Counter

import pytest

from tests.city import City
from tests.engine.spiff.random_processes.signed_cases import SignedCase, SigningPlayer
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.test_random_returned_cases import KINDS

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = SOAK // 20 or 6


@pytest.mark.timeout(0 if SOAK else 180)
def test_a_case_whose_tasks_are_signed_can_still_finish(people: City) -> None:
    count: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + GAMES):
        grown = sound_process(seed, kinds=KINDS, asks_first=True)
        player = SigningPlayer(people, grown, random.Random(seed), count)
        SignedCase(grown, player, seed, count=count).play()

    print(dict(count))
    assert count["back"] >= 1
    assert min(count[f"asked {mode}"] for mode in ("before", "parallel", "after")) >= 1
    assert count["disagree"] >= 1
    assert count["remove"] >= 1
