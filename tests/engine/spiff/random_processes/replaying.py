"""The steps of a counter-example made again by the engine itself, with answers that take the flows of the steps."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from engine.definitions.soundness import Finding, Step
from engine.spiff.process_run import ProcessRun
from tests.engine.spiff.oracle.diagram import FOR_PEOPLE, WAITING_EVENTS, Node
from tests.engine.spiff.random_processes.growing import ERRORS, Field
from tests.engine.spiff.random_processes.holding import HeldRun, NotAsTold

TRIES, TRIES_TO_END = 4, 8
_DECIDING = ("exclusiveGateway", "inclusiveGateway")
_INSIDE = ("subProcess", "callActivity")


def confirm(grown: Field, finding: Finding, *, seed: int) -> None:
    """Raises NotAsTold when no try leads to what the finding says."""
    wrong = ""
    for number in range(TRIES):
        try:
            Replay(grown, finding, random.Random(seed + number), has_empty_lists=number == TRIES - 1).play()
            return
        except NotAsTold as told:
            wrong = str(told)
    raise NotAsTold(wrong)


class Replay(HeldRun):
    def __init__(self, grown: Field, finding: Finding, dice: random.Random, *, has_empty_lists: bool = False) -> None:
        super().__init__(grown, dice)
        self.finding, self.has_empty_lists = finding, has_empty_lists
        self.gated = frozenset[str]()

    def play(self) -> None:
        steps = self.finding.steps
        self.gated = self._gated()
        ends = [number for number, step in enumerate(steps) if self.is_outside(step)] + [len(steps)]
        self.world.variables = self._nothing_yet() | self._until_asked(-1)
        self.world.closed = self.gated | frozenset(self._closed())
        self.player.run = ProcessRun.start(self.player.specs, self.world, self.world.trail)
        self.passed = [(0, self.run.passed)]
        for number in ends[:-1]:
            self.world.variables |= self._until_asked(number)
            self.run.passed = []
            self.act(steps[number])
            self.passed.append((number, self.run.passed))
        self.look()

    def _gated(self) -> frozenset[str]:
        """Gateways that are passed more than once without a wait between: they decide one by one."""
        twice: set[str] = set()
        since: list[str] = []
        for step in self.finding.steps:
            if self.is_outside(step):
                since = []
            elif step.element in since:
                twice.add(step.element)
            since.append(step.element)
        return frozenset(element for element in twice if self._facts([Step(element, "", (), {})]))

    def _closed(self) -> Iterator[str]:
        """What would leave an activity before it is interrupted: in earnest, what has to be repaired."""
        for step in self.finding.steps:
            event = self.diagram.nodes[step.element]
            if event.host is None or event.event not in WAITING_EVENTS:
                continue
            if self.diagram.nodes[event.host].kind in _INSIDE and not self.is_within(self._somewhere(), event.host):
                yield from (n for n in self.diagram.nodes if n == event.host or self.is_within(n, event.host))

    def _somewhere(self) -> str:
        """An element of the level on which it goes wrong."""
        return self.diagram.start_of(self.finding.level)

    # What answers are given

    def _nothing_yet(self) -> dict[str, Any]:
        usual = {"truth": False, "event": False, "outcome": "ok", "list": ["a"]}
        empty = {n.loop.collection: [] for n in self.diagram.nodes.values() if n.loop and self._is_empty(n)}
        return {name: usual[kind] for name, kind in self.grown.facts.items()} | empty

    def _is_empty(self, node: Node) -> bool:
        """Whether there is nothing to do in an activity that the steps only pass."""
        passed = {step.element for step in self.finding.steps if step.kind == "completes"}
        return self.has_empty_lists and node.kind in _INSIDE and node.loop is not None and node.id in passed

    def _facts(self, steps: Sequence[Step]) -> dict[str, Any]:
        """What makes the gateways among these steps take their flows."""
        facts: dict[str, Any] = {}
        for step in steps:
            if self.diagram.nodes[step.element].kind in _DECIDING:
                ways = self.diagram.out_of(step.element)
                facts |= {way.fact: way.id in step.flows for way in ways if way.fact}
        return facts

    def _until_asked(self, number: int) -> dict[str, Any]:
        """What decides after a step until something comes from outside; an activity may be over at once."""
        steps = self.finding.steps
        asked = (
            n for n in range(number + 1, len(steps)) if self.is_outside(steps[n]) and not self._is_passed(steps[n])
        )
        return self._facts(steps[max(number, 0) : next(asked, len(steps))][::-1])

    def _is_passed(self, step: Step) -> bool:
        return step.kind == "completes" and self.diagram.nodes[step.element].kind in _INSIDE

    # The steps

    def is_outside(self, step: Step) -> bool:
        """Whether something from outside is waited for; the rest the engine does by itself."""
        node = self.diagram.nodes[step.element]
        if node.id in self.gated:
            return True
        if node.event == "link" or node.kind == "task" or self._is_empty(node):
            return False
        if step.kind == "happens":
            return node.event in WAITING_EVENTS or not self._is_thrown_by_itself(node)
        if node.kind in ("endEvent", "intermediateThrowEvent"):
            return node.event in ("message", "signal", "compensation")
        return step.kind in ("completes", "throws")

    def _is_thrown_by_itself(self, node: Node) -> bool:
        """Of an error or escalation that is caught: whether what threw it needed nobody."""
        return node.kind == "startEvent"

    def act(self, step: Step) -> None:
        node = self.diagram.nodes[step.element]
        if node.id in self.gated:
            self.release(node, "ok")
        elif step.kind == "happens":
            self.happen(node)
        elif node.kind in FOR_PEOPLE:
            self.player.run.complete(self.waiting(node.id, "user"))
        elif node.kind == "receiveTask" or (node.kind == "intermediateCatchEvent"):
            self.fire(node)
        elif node.kind in _INSIDE or node.event == "compensation":
            self.go_through(node.id, lambda: node.id not in self.run.occupied)
        else:
            self.release(node, "E9" if step.kind == "throws" else "ok")

    def happen(self, node: Node) -> None:
        host = self.diagram.nodes[node.host] if node.host else None
        if node.event in WAITING_EVENTS:
            self.fire(node)
        elif host is not None and host.kind not in _INSIDE:
            self.release(host, node.name or self.dice.choice(ERRORS))
        elif host is not None:
            self.go_through(host.id, lambda: node.id in self.run.passed)
        else:
            raise NotAsTold(f"{node.id} happens")

    def look(self) -> None:
        claimed = Counter[str]()
        for place, count in (self.finding.steps[-1].tokens if self.finding.steps else {}).items():
            claimed[self._element(place)] += count
        if self.finding.property == "safe":
            self.look_for_two()
        elif (now := self.tokens()) != claimed - Counter():
            raise NotAsTold(f"tokens are at {dict(now)}, not at {dict(claimed)}")
        else:
            self.look_for_an_end()

    def look_for_two(self) -> None:
        """What nothing holds is not seen standing there: it is passed again while the first might still stand."""
        now, last = Counter(self._places()), self.finding.steps[-1].tokens
        doubled = {place: now[place] + self._passed_lately(place) for place, count in last.items() if count > 1}
        if max(doubled.values()) < 2:
            raise NotAsTold(f"no two at {doubled}: {dict(now)}, passed {self.passed}")

    def _passed_lately(self, place: str) -> int:
        """How often since the token came that stands there still."""
        without = [number for number, step in enumerate(self.finding.steps) if not step.tokens.get(place)]
        came = max(without, default=0)
        first = max(number for number, _ in self.passed if number <= came + 1)
        return sum(passed.count(self._element(place)) for number, passed in self.passed if number >= first)

    def look_for_an_end(self) -> None:
        """However it goes on there, the level does not come to its end."""
        level = self.finding.level
        owner = self._owner(level)
        is_over = (lambda: self.run.is_finished) if owner is None else (lambda: owner not in self.run.occupied)
        before, variables = self.run.dump(), dict(self.world.variables)
        for _ in range(TRIES_TO_END):
            if self._went_through(owner or level, is_over):
                raise NotAsTold(f"{level} came to its end")
            self.world.variables = dict(variables)
            self.player.run = ProcessRun.restore(before, self.player.specs, self.world, self.world.trail)

    def tokens(self) -> Counter[str]:
        """On the level where it goes wrong and those around it; of others the proof tells that they are at work."""
        levels = set(self._levels(self.finding.level))
        found = [self._element(place) for place in self._places()]
        return Counter(element for element in found if self.diagram.nodes[element].level in levels)

    def _levels(self, level: str | None) -> Iterator[str]:
        while level is not None:
            yield level
            owner = self._owner(level)
            level = self.diagram.nodes[owner].level if owner else None
