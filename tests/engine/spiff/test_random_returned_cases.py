"""Random cases that are sent back: on SQLite and PostgreSQL, with the invariants, and on to the end."""

import os
from collections import Counter

import pytest

from tests.city import City
from tests.engine.spiff.random_processes.growing import EVERYTHING
from tests.engine.spiff.random_processes.in_database import InDatabase
from tests.engine.spiff.random_processes.returning_cases import ReturnedCase
from tests.engine.spiff.random_processes.structured import sound_process

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = SOAK // 20 or 6
# Where a branch may stop before its join, a case can be stuck whether somebody went back or not.
KINDS = EVERYTHING - {"signal", "incident", "throw", "stop"}


@pytest.mark.timeout(0 if SOAK else 120)
def test_a_case_that_was_sent_back_can_still_finish(people: City) -> None:
    count: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + GAMES):
        grown = sound_process(seed, kinds=KINDS, asks_first=True)
        ReturnedCase(grown, InDatabase(people, grown), seed, count=count).play()

    print(dict(count))
    assert count["back"] >= GAMES / 4
