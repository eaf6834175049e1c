"""Random graphs: gateways that do not match, several tokens on one flow, ways that never end. Engine and oracle must
agree on these too, also on being stuck. Every circle passes a person, so that nothing runs for ever by itself.
"""

from __future__ import annotations

import random

from tests.engine.spiff.oracle.diagram import ACTIVITIES, Node
from tests.engine.spiff.random_processes.growing import ERRORS, ESCALATIONS, EVERYTHING, Field

_CONDITIONAL = ("exclusiveGateway", "inclusiveGateway")
_GATEWAYS = {"exclusiveGateway": 3, "parallelGateway": 4, "inclusiveGateway": 4}
_NEEDS = {"inclusiveGateway": "or", "serviceTask": "service", "subProcess": "sub"}


def wild_process(seed: int, *, kinds: frozenset[str] = EVERYTHING, size: int = 9, asks_first: bool = False) -> Field:
    """`asks_first`: a person's task comes before everything else."""
    field = Field(random.Random(seed), kinds)
    start = field.node("startEvent", "p")
    first = field.node("userTask", "p") if asks_first else start
    if asks_first:
        field.diagram.join(start.id, first.id)
    _Wild(field).fill("p", field.dice.randint(4, size), depth=2, start=first)
    return field


class _Wild:
    def __init__(self, field: Field) -> None:
        self.field, self.dice, self.diagram = field, field.dice, field.diagram

    def fill(self, level: str, size: int, depth: int, *, start: Node | None = None) -> None:
        start = start or self.field.node("startEvent", level)
        inner = [self.some_node(level, depth) for _ in range(size)]
        ends = [self.some_end(level) for _ in range(self.dice.randint(1, 2))]
        self.dice.shuffle(inner)
        order = [one for node in inner for one in (node, *self.border(node))] + ends
        self.connect(start, order[:1])
        for node in order[: -len(ends)]:
            self.lead_on(node, order, people=[n for n in inner if n.kind == "userTask"])

    def some_node(self, level: str, depth: int) -> Node:
        weights = {"userTask": 5, "task": 1, "serviceTask": 1, "subProcess": 1 if depth else 0, **_GATEWAYS}
        known = {kind: n for kind, n in weights.items() if self.field.has(_NEEDS.get(kind, "user"))}
        kind = self.dice.choices(list(known), list(known.values()))[0]
        if kind != "subProcess":
            more = {"outcome": self.field.fact("outcome")} if kind == "serviceTask" and self.field.has("error") else {}
            return self.field.node(kind, level, **more)
        loop = self.field.loop() if self.field.chance(0.3, "many") else None
        node = self.field.node(kind, level, "sub_", loop=loop)
        self.fill(node.id, self.dice.randint(1, 4), depth - 1)
        return node

    def some_end(self, level: str) -> Node:
        pick = self.dice.random()
        if pick < 0.1 and self.field.has("terminate"):
            return self.field.node("endEvent", level, event="terminate")
        if pick < 0.2 and self.field.has("error") and level != "p":
            return self.field.node("endEvent", level, event="error", name=self.dice.choice(ERRORS))
        if pick < 0.3 and self.field.has("escalation"):
            return self.field.node("endEvent", level, event="escalation", name=self.dice.choice(ESCALATIONS))
        return self.field.node("endEvent", level)

    def border(self, node: Node) -> list[Node]:
        if node.kind not in ACTIVITIES or node.kind == "task" or not self.field.has("border"):
            return []
        events = []
        while self.dice.random() < 0.2:
            kind, interrupting = self.dice.choice(("timer", "message")), self.dice.random() < 0.5
            name = self.field.name("m") if kind == "message" else None
            repeats = kind == "timer" and not interrupting and self.field.chance(0.3, "cycle")
            more = {"event": kind, "name": name, "interrupting": interrupting, "repeats": repeats}
            events.append(self.field.node("boundaryEvent", node.level, "on_", host=node.id, **more))
        if self.field.chance(0.5, "error") and (node.outcome or node.kind == "subProcess"):
            more = {"event": "error", "name": self.dice.choice((*ERRORS, None)), "host": node.id}
            events.append(self.field.node("boundaryEvent", node.level, "on_", **more))
        return events

    def lead_on(self, node: Node, order: list[Node], *, people: list[Node]) -> None:
        """Flows forward in the order, or back to a person."""
        after = [n for n in order[order.index(node) + 1 :] if n.kind != "boundaryEvent"]
        near = [n for n in after if not self.diagram.has_way_into(n.id)][:2] or after
        targets = [*after, *people] if self.dice.random() < 0.4 else near
        count = self.dice.randint(1, 3) if node.kind in _GATEWAYS else 1
        self.connect(node, self.dice.sample(targets, min(count, len(targets))))

    def connect(self, node: Node, targets: list[Node]) -> None:
        conditional = node.kind in _CONDITIONAL and len(targets) > 1
        has_default = conditional and not self.field.chance(0.2, "incident")
        for number, target in enumerate(targets):
            by_default = has_default and number == len(targets) - 1
            fact = self.field.fact() if conditional and not by_default else None
            flow = self.diagram.join(node.id, target.id, fact=fact)
            if by_default:
                self.diagram.choose_default(node.id, flow.id)
