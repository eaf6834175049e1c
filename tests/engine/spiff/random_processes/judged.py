"""What the proof says of a random process, and what the engine does when it is played."""

from __future__ import annotations

import random

from engine.definitions.process_file import read_process
from engine.definitions.soundness import Proof, prove
from engine.definitions.soundness.exploring import Budget
from tests.engine.spiff.oracle import drawing
from tests.engine.spiff.oracle.diagram import Diagram
from tests.engine.spiff.random_processes.comparing import Command, RanInCircles, possible
from tests.engine.spiff.random_processes.growing import EVERYTHING, Field
from tests.engine.spiff.random_processes.in_memory import InMemory

# Without steps that fail and lists that are none: what a person has to repair is no matter of the drawing.
KINDS = EVERYTHING - {"incident"}
MOST_COMMANDS = 60
MOST_TOKENS = 25


def judge(diagram: Diagram, budget: Budget | None = None) -> Proof:
    main, *called = [read_process(xml) for xml in drawing.files(diagram).values()]
    return prove(main, {process.key: process for process in (main, *called)}, budget or Budget(20_000, 3.0))


def play(grown: Field, dice: random.Random) -> str:
    """ "finished", "stuck" when nothing is left that anybody could do, or "cut" when it did not come so far."""
    player = InMemory(grown.diagram, saves=False)
    try:
        player.begin(_facts(grown, dice, 1.0))
        for _ in range(MOST_COMMANDS):
            now = player.seen()
            if now.is_finished:
                return "finished"
            if now.failed or any(kind == "condition" for _, kind, _ in now.waiting):
                return "cut"
            commands = possible(now)
            if not commands:
                return "stuck"
            if sum(now.waiting.values()) > MOST_TOKENS:
                return "cut"
            element, kind, words = dice.choice(commands)
            player.do(Command(element, kind, words, _facts(grown, dice, 0.6)))
    except RanInCircles:
        return "cut"
    return "cut"


def _facts(grown: Field, dice: random.Random, share: float) -> dict[str, object]:
    """No list is empty for ever, and every error has a code that may be caught."""
    state, grown.dice = grown.dice, dice
    try:
        return grown.values(share)
    finally:
        grown.dice = state
