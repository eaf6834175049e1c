"""Going back in random processes, in memory and saved after every command, several times in one game.

After each return the process stands where the oracle stands that never did what is undone; then both go on, to the end.
"""

import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from engine.spiff.going_back import CannotStandStill
from tests.engine.spiff.oracle.moves import EndlessMoves
from tests.engine.spiff.oracle.observing import Waiting
from tests.engine.spiff.oracle.playing import Disagreement, TooManyStates
from tests.engine.spiff.random_processes.comparing import Command, Game, RanInCircles
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.returning import Replay, Returning, agreed, reads_what_is_undone, told
from tests.engine.spiff.random_processes.structured import sound_process
from tests.engine.spiff.random_processes.unstructured import wild_process

SOAK = int(os.environ.get("TONGBAN_SOAK", "0"))
FIRST = int(os.environ.get("TONGBAN_SOAK_FROM", "0"))
GAMES = SOAK or 40
BETWEEN, TO_THE_END = 7, 40


class SteadyGame(Game):
    """What conditional events look at does not change: one that was true only while its place was undone is missed."""

    def choose(self, commands: Sequence[Waiting]) -> Command:
        command = super().choose(commands)
        learned = {name: value for name, value in command.learned.items() if self.grown.facts[name] != "event"}
        return replace(command, learned=learned)


class Tour:
    """One game with returns. `count` says what became of each return, and of the game."""

    def __init__(self, grown: Field, seed: int, *, saves: bool, count: Counter[str]) -> None:
        self.grown, self.seed, self.count = grown, seed, count
        self.dice, self.facts = random.Random(seed), grown.values()
        self.player = Returning(grown.diagram, saves=saves)
        self.game = SteadyGame(grown, self.player, random.Random(seed), self.facts)

    def play(self) -> None:
        try:
            self.game.begin()
            for _ in range(3):
                self.go_on(self.dice.randint(2, BETWEEN))
                if not self.can_return() or not self.went_back():
                    break
            else:
                self.go_on(TO_THE_END)
            self.count["ended" if self.player.run.is_finished else self.game.outcome.cut or "stands"] += 1
        except (TooManyStates, EndlessMoves, RanInCircles) as limit:
            self.count[type(limit).__name__] += 1

    def go_on(self, commands: int) -> None:
        self.game.go_on(len(self.game.done) + commands)

    def can_return(self) -> bool:
        return bool(not self.player.has_failed and not self.player.run.is_finished and self.player.completed())

    def went_back(self) -> bool:
        """True when the game can go on from there."""
        trail, number = list(self.player.trail), self.dice.choice(self.player.completed())
        self.player.heard()
        try:
            undone = self.player.return_to(number)
        except CannotStandStill:
            self.count["refused"] += 1
            return False
        if self.player.heard():
            self.count["moves by itself"] += 1
            return False
        with_values = not reads_what_is_undone(self.grown.diagram, trail, undone)
        try:
            self.compare(frozenset(trail[n].number for n in undone), with_values=with_values)
        except Disagreement as wrong:
            raise Disagreement(f"seed {self.seed}, back to {number}: {wrong}\n{told(trail, undone)}") from wrong
        self.count["back"] += 1
        return with_values

    def compare(self, latest: frozenset[int], *, with_values: bool) -> None:
        replay = Replay(self.player, self.facts, latest)
        self.game.states = agreed(replay.states(), self.player.seen(), with_values=with_values)
        if replay.too_much:
            raise Disagreement(f"undone for nothing: {replay.too_much}")


@pytest.mark.timeout(0 if SOAK else 120)
@pytest.mark.parametrize("saves", [False, True], ids=["in memory", "saved"])
@pytest.mark.parametrize("grow", [sound_process, wild_process])
def test_after_going_back_it_is_as_if_it_had_not_been_done(grow: Callable[..., Field], saves: bool) -> None:
    count: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + GAMES):
        Tour(grow(seed, kinds=EVERYTHING - {"incident"}), seed, saves=saves, count=count).play()

    print(dict(count))
    assert count["back"] >= GAMES / 4
    assert count["refused"] + count["moves by itself"] <= count["back"] / 4
