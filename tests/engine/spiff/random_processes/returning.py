"""Going back in a random process: afterwards it is as if that step, and all that followed from it, had not been done.

The oracle does not go back: it plays the same commands again from the beginning and leaves out those that are undone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from engine.spiff.drawn import DrawnProcess
from engine.spiff.going_back import go_back
from engine.spiff.trail import Event
from engine.spiff.way_back import Net
from engine.spiff.written import values_before
from tests.engine.spiff.oracle import playing
from tests.engine.spiff.oracle.diagram import PERFORMED, Diagram, Node
from tests.engine.spiff.oracle.moves import THROWING, THROWN
from tests.engine.spiff.oracle.observing import Seen, seen
from tests.engine.spiff.oracle.playing import Disagreement
from tests.engine.spiff.oracle.state import State
from tests.engine.spiff.random_processes.comparing import Command, after_command
from tests.engine.spiff.random_processes.in_memory import InMemory

# What one step writes and another reads; everything else that decides is a fact from outside.
_SHARED = ("answer", "counted", "given", "returned")


class Returning(InMemory):
    """Keeps its trail as it would be kept in a database, and can go back along it."""

    def __init__(self, diagram: Diagram, *, saves: bool) -> None:
        super().__init__(diagram, saves=saves)
        self.trail: list[Event] = []
        self.commands: list[tuple[Command, list[Event]]] = []
        self.undone: set[int] = set()
        self.crowded: set[tuple[str, str]] = set()
        self.has_failed = False
        self.numbers = count()

    def begin(self, variables: Any) -> None:
        super().begin(variables)
        self.beginning = list(self.trail)

    def do(self, command: Command) -> None:
        before = len(self.trail)
        counts = Counter((step.element_id, step.kind) for step in self.run.steps)
        self.crowded |= {place for place, count in counts.items() if count > 1}
        super().do(command)
        self.commands.append((command, self.trail[before:]))

    def _look(self) -> None:
        self.has_failed |= bool(self.run.failures)
        kept = [json.loads(json.dumps(event.as_json())) for event in self.run.trail.close()]
        for event in map(Event.from_json, kept):
            event.number = next(self.numbers)
            self.trail.append(event)
        self.run.trail.events.clear()
        super()._look()

    def net(self) -> Net:
        living = frozenset(token.id.hex for token in self.run.tokens.each())
        net = Net(self.trail, living, DrawnProcess(self.specs))
        assert net.reckoned == living, f"the trail tells of {net.reckoned - living}, not of {living - net.reckoned}"
        return net

    def completed(self) -> list[int]:
        """The events in which somebody completed something that was not undone since."""
        return [n for n, event in enumerate(self.trail) if event.kind == "complete"]

    def is_kept(self, event: Event) -> bool:
        return event.number not in self.undone

    def return_to(self, number: int) -> frozenset[int]:
        """Gives what of the trail is undone by it. Raises CannotStandStill."""
        net, step = self.net(), self.trail[number].step
        way = net.way_back(number)
        go_back(self.run, way, self.trail)
        self.undone |= {self.trail[n].number for n in way.undone}
        for name, before in values_before(self.trail, way.undone, "case").items():
            self.world.variables.pop(name, None)
            self.world.variables |= dict.fromkeys([name] * len(before), *before)
        self.trail = net.what_is_left(way.undone)
        self.run.settle_down()
        self._look()
        assert any(s.id == step for s in self.run.steps), "the step is not there again"
        return way.undone


@dataclass
class Replay:
    """The commands of a player once more, without those that are undone.

    `latest`: what was undone last. `too_much`: commands among it that could have been given all the same.
    """

    player: Returning
    facts: dict[str, Any]
    latest: frozenset[int]
    too_much: list[str] = field(default_factory=list)

    def states(self) -> list[State]:
        found = self._settled([playing.begin(self.player.world.diagram, self.facts)], self.player.beginning)
        for told, events in self.player.commands:
            command = _without_shared(told)
            found = self._settled(list(self._next(found, command, events)), events)
        return found

    def _next(self, states: list[State], command: Command, events: list[Event]) -> Iterator[State]:
        is_kept = bool(events) and self.player.is_kept(events[0])
        for state in (state for state in states if not state.is_finished):
            if is_kept:
                yield from after_command(state, command)
            else:
                yield playing.learned(state, command.learned)
        is_new = bool(events) and events[0].number in self.latest
        is_clear = is_new and not self._waits_again(command) and self._is_unmistakable(command)
        if is_clear and all(list(after_command(state, command)) for state in states if not state.is_finished):
            self.too_much.append(f"{command.kind} {command.element}")

    def _waits_again(self, command: Command) -> bool:
        """What somebody went back to, and what hangs on it, can be done again, of course."""
        return any(step.element_id == command.element for step in self.player.run.steps)

    def _is_unmistakable(self, command: Command) -> bool:
        place = (command.element, command.kind)
        done = Counter((c.element, c.kind) for c, _ in self.player.commands)
        return done[place] == 1 and place not in self.player.crowded

    def _settled(self, states: list[State], events: list[Event]) -> list[State]:
        if not states:
            raise Disagreement("what was kept cannot have happened without what was undone")
        heard = [event.element for event in events if self.player.is_kept(event) and self._is_heard(event)]
        return playing.settle(states, heard=heard)

    def _is_heard(self, event: Event) -> bool:
        if event.kind != "work":
            return False
        node = self.player.world.diagram.nodes[event.element]
        announces = node.kind in THROWING and node.event in THROWN
        begins = node.loop is not None and not event.is_instance
        return (announces or node.kind in PERFORMED) and not begins


def agreed(states: Sequence[State], now: Seen, *, with_values: bool) -> list[State]:
    """The states that look like what the player shows."""
    shown = now if with_values else _without_values(now)
    pairs = [(state, seen(state) if with_values else _without_values(seen(state))) for state in states]
    found = [state for state, one in pairs if one.agrees(shown)]
    if not found:
        allowed = [f"  {shown.unlike(one)}\n  instead of {one.unlike(shown)}" for _, one in pairs[:3]]
        raise Disagreement("after going back the engine shows\n" + "\nor\n".join(allowed))
    return found


def reads_what_is_undone(diagram: Diagram, trail: Sequence[Event], undone: frozenset[int]) -> bool:
    """Whether something that stays has worked with a value that is undone: it keeps what it made of it."""
    writers = [n for n in undone for row in trail[n].wrote if row.name in _SHARED]
    later = [event for n, event in enumerate(trail) if n not in undone and n > min(writers, default=n)]
    return any(_reads_shared(diagram.nodes.get(event.element)) for event in later)


def _reads_shared(node: Node | None) -> bool:
    if node is None:
        return False
    return bool(node.counts or node.call or (node.loop and node.loop.output in _SHARED))


def _without_values(one: Seen) -> Seen:
    waiting: Counter[Any] = Counter()
    for (element, kind, _), times in one.waiting.items():
        waiting[element, kind] += times
    return replace(one, waiting=waiting, variables={})


def _without_shared(command: Command) -> Command:
    """Local variables by which the place was known may hold what is undone."""
    is_shared = any(name in _SHARED for name, _ in command.words or ())
    return replace(command, words=None) if is_shared else command


def told(trail: Sequence[Event], undone: frozenset[int]) -> str:
    """The trail in lines, for a failure."""
    return "\n".join(f"{n}{'*' if n in undone else ' '} {event.as_json()}" for n, event in enumerate(trail))


__all__ = ["Replay", "Returning", "agreed", "reads_what_is_undone", "told"]
