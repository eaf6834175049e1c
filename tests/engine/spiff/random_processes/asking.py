"""Every way a small process can go, played by the reference interpreter: what decides is asked for, and every answer
is tried. What happens beside the way happens once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.engine.spiff.oracle import playing
from tests.engine.spiff.oracle.diagram import Diagram
from tests.engine.spiff.oracle.moves import EndlessMoves
from tests.engine.spiff.oracle.observing import seen
from tests.engine.spiff.oracle.playing import Disagreement, TooManyStates
from tests.engine.spiff.oracle.state import State
from tests.engine.spiff.random_processes.growing import Field

ANSWERS: dict[str, tuple[Any, ...]] = {
    "truth": (True, False),
    "event": (True, False),
    "list": (["a"], []),
    "outcome": ("ok", "E1", "E2"),
}
Act = Callable[[State], Iterator[State]]
Place = tuple[object, frozenset[str]]


class Undecided(Exception):
    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


@dataclass
class Asking(State):
    """`facts` are asked for wherever they are read; `answers` are those given for one move."""

    facts: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)

    def read(self, scope: int, name: str) -> Any:
        if name not in self.facts:
            return super().read(scope, name)
        if name not in self.answers:
            raise Undecided(name)
        return self.answers[name]


@dataclass
class Explored:
    """`stuck`, `doubled`: the ways to the first states of that kind; `hopeless`: one from which there is no end.

    `is_whole`: nothing was left out.
    """

    stuck: list[str] | None = None
    doubled: list[str] | None = None
    hopeless: list[str] | None = None
    is_whole: bool = True
    states: int = 0


@dataclass
class Exploring:
    grown: Field
    most: int = 60
    found: Explored = field(default_factory=Explored)
    ways: dict[Place, list[str]] = field(default_factory=dict)
    before: dict[Place, set[Place]] = field(default_factory=dict)
    may_end: set[Place] = field(default_factory=set)

    def explore(self) -> Explored:
        begun = Asking(**vars(playing.begin(self.grown.diagram, {})), facts=dict(self.grown.facts))
        todo = [(state, frozenset[str](), ["begin"]) for state in self._after(begun, lambda state: iter([state]))]
        while todo:
            state, happened, way = todo.pop(0)
            place = (state.key(), happened)
            if place in self.ways:
                continue
            self.ways[place] = way
            if len(self.ways) > self.most:
                self.found.is_whole = False
                break
            todo += self._look(state, place, way)
        self.found.states = len(self.ways)
        if self.found.is_whole:
            self.found.hopeless = next((way for place, way in self.ways.items() if place not in self._ending()), None)
        return self.found

    def _look(self, state: Asking, place: Place, way: list[str]) -> Iterator[tuple[Asking, frozenset[str], list[str]]]:
        happened = place[1]
        if state.is_finished or any(token.phase == "failed" for token in state.tokens.values()):
            self.may_end.add(place)  # what failed is repaired by people
            return
        if self.found.doubled is None and is_doubled(state):
            self.found.doubled = way
        commands = list(_commands(state, happened))
        if self.found.stuck is None and not commands and not seen(state).waiting:
            self.found.stuck = way
        for element, act in commands:
            node = self.grown.diagram.nodes.get(element)
            beside = happened if node is None or node.interrupting else happened | {element}
            for after in self._after(state, act):
                self.before.setdefault((after.key(), beside), set()).add(place)
                yield after, beside, [*way, element]

    def _after(self, state: Asking, act: Act) -> Iterator[Asking]:
        """Everything that may follow, with every answer to what is asked meanwhile."""
        todo: list[dict[str, Any]] = [{}]
        while todo:
            answers = todo.pop()
            try:
                settled = playing.settle(list(act(replace(state.copy(), answers=answers))))
            except Undecided as asked:
                todo += [{**answers, asked.fact: answer} for answer in ANSWERS[self.grown.facts[asked.fact]]]
            except (TooManyStates, EndlessMoves, Disagreement):  # what goes on by itself has no end
                self.found.is_whole = False
            else:
                yield from (_without_values(after) for after in settled)

    def _ending(self) -> set[Place]:
        ending = set(self.may_end)
        todo = list(ending)
        while todo:
            new = self.before.get(todo.pop(), set()) - ending
            ending |= new
            todo += new
        return ending


def _commands(state: Asking, happened: frozenset[str]) -> Iterator[tuple[str, Act]]:
    """What may be done from outside; things beside the way once."""
    kinds = {(element, kind) for element, kind, _ in seen(state).waiting}
    for element, kind in sorted(kinds):
        if kind == "user":
            yield element, lambda s, e=element: playing.complete(s, e)
        elif kind != "condition" and element not in happened:
            yield element, lambda s, e=element: playing.happen(s, e)
    if any(kind == "condition" for _, kind in kinds):
        yield "facts", lambda s: iter([playing.learned(s, {})])


def is_doubled(state: State) -> bool:
    at = Counter((t.scope, t.element) for t in state.tokens.values() if not t.alone and t.undoing is None)
    return any(count > 1 for count in at.values()) or any(
        n > 1 for s in state.scopes.values() for n in s.flows.values()
    )


def _without_values(state: Any) -> Asking:
    """Nothing but where the tokens are; all that decides is asked for again."""
    scopes = {n: replace(s, variables=s.variables and {}) for n, s in state.scopes.items()}
    twin: Asking = replace(state, scopes=scopes, left={}, heard=0)
    return twin


def with_open_calls(grown: Field) -> Field:
    """What is called sees what decides."""
    diagram = Diagram(list(grown.diagram.processes), dict(grown.diagram.nodes), dict(grown.diagram.flows))
    for node in grown.diagram.nodes.values():
        if node.call:
            diagram.nodes[node.id] = replace(node, call=replace(node.call, reads_outward=True))
    facts = {flow.fact: "truth" for flow in diagram.flows.values() if flow.fact}
    return replace(grown, diagram=diagram, facts={**facts, **grown.facts})
