"""Random processes that are wrong: none goes through, and each is wrong in the way that the proof says.

Every way of small ones is played by the reference interpreter; what it finds, the proof must have found. The steps of
every counter-example are made again by the engine, and must end where they say. `TONGBAN_SOAK=3000`: so many seeds.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest

from engine.definitions.soundness import Finding, Proof
from tests.engine.spiff.random_processes.asking import Explored, Exploring, with_open_calls
from tests.engine.spiff.random_processes.at_the_door import checked, without_loose_ends
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.holding import NotAsTold
from tests.engine.spiff.random_processes.judged import KINDS, judge
from tests.engine.spiff.random_processes.mutating import mutants
from tests.engine.spiff.random_processes.replaying import confirm
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.unstructured import wild_process

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
SEEDS, SMALL_SEEDS, AT_THE_DOOR = SOAK or 40, SOAK or 25, SOAK // 5 or 15


# What a condition says may change as often as one likes: every play of that has no end.
PLAYED = KINDS - {"condition"}


def wrong_ones(count: int, *, size: int, depth: int, kinds: frozenset[str]) -> Iterator[tuple[str, Field]]:
    """Graphs without any order, and ordered ones that were changed in one or two places, each with its name."""
    for seed in range(FIRST, FIRST + count):
        dice = random.Random(seed)
        yield f"wild {seed}", wild_process(seed, kinds=kinds, size=size)
        for number, once in enumerate(mutants(sound_process(seed, kinds=kinds, depth=depth), dice, 2)):
            yield f"changed {seed}.{number}", once
            yield from ((f"changed twice {seed}.{number}", twice) for twice in mutants(once, dice, 1))


def named(
    count: int, *, size: int = 9, depth: int = 1, kinds: frozenset[str] = KINDS
) -> Iterator[tuple[str, Field, Proof]]:
    for name, grown in wrong_ones(count, size=size, depth=depth, kinds=kinds):
        tidy = with_open_calls(without_loose_ends(grown))
        yield name, tidy, judge(tidy.diagram)


def shown(proof: Proof) -> list[Finding]:
    return [finding for finding in proof.findings if finding.property != "no_dead_element"]


@pytest.mark.timeout(0 if SOAK else 180)
def test_the_engine_comes_to_where_each_counter_example_says() -> None:
    count: Counter[str] = Counter()
    wrong = []
    for name, grown, proof in named(SEEDS):
        count[proof.verdict] += 1
        for finding in shown(proof):
            try:
                confirm(grown, finding, seed=FIRST)
                count[finding.property] += 1
            except NotAsTold as told:
                wrong.append(f"{name}: {finding.property} at {finding.element}: {told}")

    print(dict(count))
    assert wrong == []
    assert min(count[kind] for kind in ("option_to_complete", "proper_completion", "safe")) >= 1
    assert count["unsound"] >= SEEDS / 4


@pytest.mark.timeout(0 if SOAK else 180)
def test_what_goes_wrong_in_any_play_is_refused() -> None:
    count: Counter[str] = Counter()
    for name, grown, proof in named(SMALL_SEEDS, size=6, depth=0, kinds=PLAYED):
        found = Exploring(grown).explore()
        count[what(found)] += 1
        assert is_known(found, proof), f"{name} is judged {proof.verdict}, but: {found}"

    print(dict(count))
    assert min(count[kind] for kind in ("stuck", "doubled", "fine")) >= 1


def what(found: Explored) -> str:
    bad = next((kind for kind in ("stuck", "hopeless", "doubled") if getattr(found, kind)), None)
    return bad or ("fine" if found.is_whole else "fine so far")


def is_known(found: Explored, proof: Proof) -> bool:
    """Two at one place that may be meant is told and no more; the search ends there."""
    if proof.verdict != "sound" or any(finding.property == "safe" for finding in proof.findings):
        return True
    return what(found).startswith("fine")


@pytest.mark.timeout(0 if SOAK else 180)
def test_the_door_lets_none_through_that_is_unsound() -> None:
    wrong = ((name, g) for name, g, proof in named(SEEDS) if any(finding.is_certain for finding in shown(proof)))
    let_through = [name for name, grown in islice(wrong, AT_THE_DOOR) if checked(grown).deployable]

    assert let_through == []
