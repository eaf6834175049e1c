"""A process whose automatic steps wait until they are told to go on.

They are held by failing, and tried again when their turn comes, like services that are slow or out of order.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

from engine.spiff.host import StepFailed
from engine.spiff.locals import Locals
from engine.spiff.process_run import ProcessRun
from engine.spiff.step import listens
from tests.engine.spiff.oracle.diagram import Node
from tests.engine.spiff.random_processes.growing import Field
from tests.engine.spiff.random_processes.in_memory import InMemory, World

TRIES_INSIDE, MOST_INSIDE = 40, 40


class NotAsTold(AssertionError):
    """The engine cannot do what the counter-example says, or does something else."""


class HoldingWorld(World):
    """`free`: the only elements that may do their work now. `closed`: those that cannot even decide."""

    free: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def evaluate(self, expression: str, element_id: str, words: Locals) -> Any:
        self._close(element_id)
        return super().evaluate(expression, element_id, words)

    def perform(self, element_id: str, words: Locals) -> None:
        self._hold(element_id)
        super().perform(element_id, words)

    def announce(self, element_id: str, words: Locals, *, token: str) -> None:
        self._hold(element_id)
        super().announce(element_id, words, token=token)

    def _hold(self, element_id: str) -> None:
        if element_id not in self.free:
            raise StepFailed(element_id=element_id)

    def _close(self, element_id: str) -> None:
        if element_id in self.closed and element_id not in self.free:
            raise StepFailed(element_id=element_id)


class HeldRun:
    """A process in memory that does nothing by itself before it is told to."""

    def __init__(self, grown: Field, dice: random.Random) -> None:
        self.grown, self.diagram, self.dice = grown, grown.diagram, dice
        self.player = InMemory(self.diagram, saves=False)
        self.world = HoldingWorld(self.diagram)
        self.player.world = self.world

    @property
    def run(self) -> ProcessRun:
        return self.player.run

    def waiting(self, element: str, kind: str) -> str:
        found = [step.id for step in self.run.steps if (step.element_id, step.kind) == (element, kind)]
        if not found:
            raise NotAsTold(f"nothing waits at {element}, but {[s.element_id for s in self.run.steps]}")
        return found[0]

    def fire(self, node: Node) -> None:
        step = self.waiting(node.id, node.event or "")
        if node.event != "condition":
            self.run.fire(step)
            return
        self.world.variables[node.fact or ""] = True
        self.run.look_again()
        self.world.variables[node.fact or ""] = False
        self.run.look_again()

    def failed(self) -> dict[str, str]:
        """Element → step that is held there."""
        found = [(self.run.tokens.find(UUID(hex=step)), step) for step in self.run.failed_steps()]
        return {token.task_spec.element.id: step for token, step in found if token is not None}

    def release(self, node: Node, outcome: str) -> None:
        """What is held may do its work."""
        held = self.failed()
        if node.id not in held:
            raise NotAsTold(f"{node.id} is not held, but {list(held)}")
        if node.outcome:
            self.world.variables[node.outcome] = outcome
        self.world.free = frozenset({node.id})
        self.run.retry(held[node.id])
        self.world.free = frozenset()

    # What goes on inside an activity

    def go_through(self, host: str, is_done: Callable[[], bool]) -> None:
        """Whatever is done inside, until the activity is left as the step says."""
        if is_done():
            return
        before, variables = self.run.dump(), dict(self.world.variables)
        for _ in range(TRIES_INSIDE):
            if self._went_through(host, is_done):
                self.world.free = frozenset()
                kept = {k: v for k, v in self.world.variables.items() if k not in self.grown.facts}
                self.world.variables = variables | kept | self._facts(())
                return
            self.world.variables = dict(variables)
            self.player.run = ProcessRun.restore(before, self.player.specs, self.world, self.world.trail)
        raise NotAsTold(f"{host} cannot be left like that")

    def _went_through(self, host: str, is_done: Callable[[], bool]) -> bool:
        self.world.free = frozenset(n for n in self.diagram.nodes if self.is_within(n, host))
        for _ in range(MOST_INSIDE):
            if is_done():
                return True
            if not self._one_inside(host):
                return False
        return is_done()

    def _one_inside(self, host: str) -> bool:
        """One random thing inside happens; False when nothing can."""
        within = [s for s in self.run.steps if self.is_within(s.element_id, host) and s.kind != "condition"]
        held = [step for element, step in self.failed().items() if self.is_within(element, host)]
        if not within and not held:
            return False
        inside = self._facts_inside(host)
        self.world.variables |= inside
        pick = self.dice.randrange(len(within) + len(held))
        if pick >= len(within):
            self.run.retry(held[pick - len(within)])
        elif within[pick].kind == "user":
            self.run.complete(within[pick].id)
        else:
            node = self.diagram.nodes[within[pick].element_id]
            self.run.fire(within[pick].id, again={"round": 2} if node.repeats else None)
        return True

    def _facts_inside(self, host: str) -> dict[str, Any]:
        nodes = [n for n in self.diagram.nodes.values() if self.is_within(n.id, host)]
        flows = [f for n in nodes for f in self.diagram.out_of(n.id)]
        names = {n.outcome for n in nodes} | {f.fact for f in flows} | {n.loop.collection for n in nodes if n.loop}
        return {name: value for name, value in self._anything().items() if name in names}

    def is_within(self, element: str, host: str) -> bool:
        node, thrower = self.diagram.nodes[element], self.diagram.nodes.get(host)
        if thrower is not None and thrower.event == "compensation":
            return node.undoes and node.level == thrower.level
        level: str | None = node.level
        while level is not None:
            around = self._owner(level)
            if around == host or level == host:
                return True
            level = self.diagram.nodes[around].level if around else None
        return False

    def _owner(self, level: str) -> str | None:
        if level in self.diagram.nodes:
            return level
        calls = (n.id for n in self.diagram.nodes.values() if n.call and n.call.process == level)
        return next(calls, None)

    def _element(self, place: str) -> str:
        return self.diagram.flows[place].target if place in self.diagram.flows else place

    def _anything(self) -> dict[str, Any]:
        values = {name: self.grown.value(kind) for name, kind in self.grown.facts.items()}
        return {name: bool(value) if value is None else value for name, value in values.items()}

    def _places(self) -> list[str]:
        """Where tokens stand: at elements, or on the flow by which they have come to a join."""
        joins = ("parallelGateway", "inclusiveGateway")
        tokens = [t for t in self.run.tokens.each() if not listens(t) and t.task_spec.name == t.task_spec.element.id]
        return [t.via if t.task_spec.element.type in joins and t.via else t.task_spec.element.id for t in tokens]
