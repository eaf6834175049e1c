"""The same random commands to the engine and to the oracle; both are looked at after each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.engine.spiff.oracle import drawing, playing
from tests.engine.spiff.oracle.moves import EndlessMoves
from tests.engine.spiff.oracle.observing import Seen, Waiting, seen
from tests.engine.spiff.oracle.playing import Disagreement, Told, TooManyStates, Words
from tests.engine.spiff.oracle.state import State
from tests.engine.spiff.random_processes.growing import Field

MOST_TOKENS = 25
MOST_GUESSES = 50
RETRY = "retry"


@dataclass(frozen=True)
class Command:
    """Something happens at an element: kind "user", "timer", "message", "signal" or "retry", after facts changed.

    `words` are the local variables there, by which several tokens at one element are told apart; None: not known.
    """

    element: str
    kind: str
    words: Words | None = None
    learned: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, Any] = field(default_factory=dict)


class RanInCircles(Exception):
    """A player gave up because automatic steps went on without end."""


class Player(Protocol):
    """An engine that plays one process. `heard` gives what it performed since the last look.

    `chooses`: kinds of commands for which it finds the token itself when there are several at one element.
    """

    chooses: frozenset[str]

    def begin(self, variables: Mapping[str, Any]) -> None: ...

    def do(self, command: Command) -> None: ...

    def heard(self) -> Sequence[str] | None:
        """None when nobody could listen."""
        ...

    def seen(self) -> Seen: ...


@dataclass
class Outcome:
    """How far a game came. `cut`: why it was left before its end, if it was."""

    steps: int = 0
    is_finished: bool = False
    cut: str | None = None


def compare(grown: Field, player: Player, *, seed: int, most_steps: int, begins_with_facts: bool = True) -> Outcome:
    """Raises Disagreement with the diagram and the commands when the player does what the oracle does not allow."""
    facts = grown.values() if begins_with_facts else {}
    return play_out(Game(grown, player, random.Random(seed), facts), seed=seed, most_steps=most_steps)


def play_out(game: Game, *, seed: int, most_steps: int) -> Outcome:
    try:
        game.begin()
        game.go_on(most_steps)
    except (TooManyStates, EndlessMoves, RanInCircles) as limit:
        game.outcome.cut = type(limit).__name__
    except Disagreement as wrong:
        raise Disagreement(f"seed {seed}: {wrong}\n{game.report()}") from wrong
    return game.outcome


@dataclass
class Game:
    grown: Field
    player: Player
    dice: random.Random
    facts: Mapping[str, Any]
    states: list[State] = field(default_factory=list)
    done: list[Command] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)

    def begin(self) -> None:
        begun = [playing.begin(self.grown.diagram, self.facts)]
        self.make(lambda: self.player.begin(self.facts), begun)

    def go_on(self, most_steps: int) -> None:
        """Until so many commands were given, or nothing is left to do."""
        self.outcome.cut = None
        while commands := possible(self.player.seen()):
            self.outcome.cut = self.why_stop(most_steps)
            if self.outcome.cut:
                return
            command = self.choose(commands)
            self.done.append(command)
            after = [after for state in self.states for after in after_command(state, command)]
            self.make(lambda command=command: self.player.do(command), after)
            self.outcome.steps += 1
        self.outcome.is_finished = self.player.seen().is_finished

    def why_stop(self, most_steps: int) -> str | None:
        if len(self.done) == most_steps:
            return "long"
        if len(self.states[0].tokens) > MOST_TOKENS:
            return "crowded"
        return "ambiguous" if len(self.states) > MOST_GUESSES else None

    def choose(self, commands: Sequence[Waiting]) -> Command:
        element, kind, words = self.dice.choice(commands)
        has_form = kind == "user" and self.grown.diagram.nodes[element].kind == "userTask"
        written = {"answer": self.dice.randint(1, 9)} if has_form else {}
        learned = self.grown.values(0.3 if self.done else 1.0)
        return Command(element, kind, None if kind in self.player.chooses else words, learned, written)

    def make(self, act: Callable[[], None], begun: list[State]) -> None:
        """The player acts; what it then shows must be among what the oracle allows."""
        try:
            act()
        except RanInCircles:
            settled = playing.settle(begun)  # raises EndlessMoves or TooManyStates when it is right
            raise Disagreement(f"the engine runs in circles instead of {settled[0].key()}") from None
        self.states = _agreed(begun, self.player)

    def report(self) -> str:
        drawn = "\n".join(content.decode() for content in drawing.files(self.grown.diagram).values())
        steps = "\n".join(f"  {command}" for command in self.done)
        return f"begun with {self.facts}\ncommands\n{steps}\n{drawn}"


def possible(now: Seen) -> list[Waiting]:
    waiting = sorted(one for one in now.waiting if one[1] != "condition")
    return waiting + [(element, RETRY, ()) for element in sorted(now.failed)]


def after_command(state: State, command: Command) -> Iterator[State]:
    act: Callable[..., Iterator[State]]
    act = {"user": playing.complete, RETRY: playing.retry}.get(command.kind, playing.happen)
    return act(state, command.element, Told(command.learned, command.written, command.words))


def _agreed(begun: list[State], player: Player) -> list[State]:
    """The states of the oracle that look like what the player shows."""
    now, settled = player.seen(), playing.settle(begun, heard=player.heard())
    agreed = [state for state in settled if seen(state).agrees(now)]
    if not agreed:
        allowed = [f"  {now.unlike(seen(state))}\n  instead of {seen(state).unlike(now)}" for state in settled[:3]]
        raise Disagreement("the engine shows\n" + "\nor\n".join(allowed))
    return agreed
