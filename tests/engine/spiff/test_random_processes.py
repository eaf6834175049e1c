"""Pruned, saved and restored after every step, the engine reaches the states of an independent token game."""

import pytest

from engine.definitions.process_file import read_process
from engine.spiff.locals import Locals
from engine.spiff.process_run import ProcessRun
from engine.spiff.spec_building import build_specs
from tests.engine.spiff.token_game import Game

MOST_STEPS = 60


class Answers:
    """Conditions are names of facts; automatic steps do nothing."""

    def __init__(self, facts: dict[str, bool]) -> None:
        self.facts = facts

    def decide(self, expression: str, element_id: str, words: Locals) -> object:
        return self.facts[expression.removeprefix("=")]

    def perform(self, element_id: str, words: Locals) -> None:
        return None


def _ready(run: ProcessRun) -> list[str]:
    return sorted(s.element_id for s in run.steps if s.kind == "user")


def _play(seed: int, *, restore: bool) -> None:
    game = Game(seed)
    specs, host = build_specs(read_process(game.xml())), Answers(game.facts)
    run, is_over = ProcessRun.start(specs, host), game.root.start()
    for _ in range(MOST_STEPS):
        state = run.dump()
        run = ProcessRun.restore(state, specs, host) if restore else run
        assert _ready(run) == ([] if is_over else sorted(game.root.ready()))
        assert run.is_finished == is_over
        if is_over:
            return
        name = game.dice.choice(sorted(game.root.ready()))
        game.shuffle()
        run.complete(next(s.id for s in run.steps if s.element_id == name))
        is_over = game.root.complete(name)
        assert not run.failures


@pytest.mark.parametrize("block", range(10))
def test_save_and_restore_between_all_steps_reaches_the_states_of_the_token_game(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        _play(seed, restore=True)


def test_one_run_in_memory_that_is_pruned_reaches_them_too() -> None:
    for seed in range(1000, 1150):
        _play(seed, restore=False)
