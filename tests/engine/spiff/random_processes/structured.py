"""Random processes in which every opened block is closed again: they can always come to their end."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

from tests.engine.spiff.oracle.diagram import ACTIVITIES, Call, Node
from tests.engine.spiff.random_processes.growing import ERRORS, ESCALATIONS, EVERYTHING, Field

Ends = tuple[str, str]
_STEPS = {
    "user": "userTask",
    "manual": "manualTask",
    "task": "task",
    "receive": "receiveTask",
    "script": "scriptTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "send": "sendTask",
}
_FORMS = ("user", "user", "seq", "seq", "and", "or", "xor", "loop", "sub", "catch", "events", "fork", "stop", "link",
          "call", "undo", "throw", "manual", "task", "receive", "script", "service", "rule", "send")  # fmt: skip


def sound_process(seed: int, *, kinds: frozenset[str] = EVERYTHING, depth: int = 3, asks_first: bool = False) -> Field:
    """`asks_first`: a person's task comes before everything else."""
    field = Field(random.Random(seed), kinds)
    start = field.node("startEvent", "p")
    first = field.node("userTask", "p") if asks_first else start
    if asks_first:
        field.diagram.join(start.id, first.id)
    _Growing(field).fill("p", depth + 1, start=first, blocks=2)
    return field


class _Growing:
    """Each block gives the ids where a token comes in and goes out."""

    def __init__(self, field: Field) -> None:
        self.field, self.dice, self.diagram = field, field.dice, field.diagram

    def fill(self, level: str, depth: int, *, start: Node | None = None, blocks: int = 1) -> None:
        """A whole level: start, blocks, end, and event sub-processes beside them."""
        start = start or self.field.node("startEvent", level)
        self.line(start.id, *[self.block(level, depth) for _ in range(blocks)], self.end(level))
        while depth and self.field.chance(0.3, "aside"):
            self.aside(level, depth - 1)

    def block(self, level: str, depth: int) -> Ends:
        known = [f for f in _FORMS if f == "seq" or self.field.has(f)]
        simple = [f for f in known if f in (*_STEPS, "catch", "throw")]
        form = self.dice.choice(known if depth else simple)
        if depth > 1 and form in simple:
            form = self.dice.choice(known)  # large parts where there is room for them
        if form in _STEPS:
            return self.step(level, form, depth)
        builders: dict[str, Callable[[str, int], Ends]] = {
            "seq": self.seq, "and": self.parallel, "or": self.inclusive, "xor": self.exclusive, "loop": self.loop,
            "sub": self.sub, "catch": self.catch, "events": self.events, "fork": self.fork, "stop": self.stop,
            "link": self.link, "call": self.call, "undo": self.undo, "throw": self.throw,
        }  # fmt: skip
        return builders[form](level, max(0, depth - 1))

    def line(self, *parts: str | Ends) -> Ends:
        """Joins parts one behind the other."""
        ends = [(part, part) if isinstance(part, str) else part for part in parts]
        for (_, leaving), (entering, _) in itertools.pairwise(ends):
            self.diagram.join(leaving, entering)
        return ends[0][0], ends[-1][1]

    def end(self, level: str, **more: str) -> str:
        return self.field.node("endEvent", level, **more).id

    def gateway(self, kind: str, level: str) -> str:
        return self.field.node(f"{kind}Gateway", level, f"{kind}_").id

    # Steps, alone or once for each

    def step(self, level: str, form: str, depth: int = 0) -> Ends:
        more = {
            "receive": {"event": "message", "name": self.field.name("m")},
            "script": {"counts": "counted"},
            "rule": {"decides": self.field.name("decided_")},
            "service": {"outcome": self.field.fact("outcome")} if self.field.chance(0.6, "error") else {},
        }.get(form, {})
        loop = self.field.loop() if form != "task" and self.field.chance(0.15, "many") else None
        return self.bordered(self.field.node(_STEPS[form], level, loop=loop, **more), depth)

    def sub(self, level: str, depth: int) -> Ends:
        loop = self.field.loop() if self.field.chance(0.25, "many") else None
        node = self.field.node("subProcess", level, "sub_", loop=loop)
        self.fill(node.id, depth)
        return self.bordered(node, depth)

    def call(self, level: str, depth: int) -> Ends:
        process = self.field.name("called_")
        self.diagram.processes.append(process)
        inputs, outputs = (("counted", "given"),), (("counted", "returned"),)
        call = Call(
            process,
            reads_outward=self.dice.random() < 0.85,
            returns_all=self.dice.random() < 0.5,
            inputs=inputs if self.dice.random() < 0.5 else (),
            outputs=outputs if self.dice.random() < 0.5 else (),
        )
        loop = self.field.loop() if self.field.chance(0.2, "many") else None
        node = self.field.node("callActivity", level, call=call, loop=loop)
        self.fill(process, depth)
        return self.bordered(node, depth)

    # Events on the border

    def bordered(self, node: Node, depth: int) -> Ends:
        """With events on the border, whose ways end of their own or come back behind the activity."""
        events = [] if node.kind in ("task", "scriptTask", "sendTask", "businessRuleTask") else self.border(node)
        if not events:
            return node.id, node.id
        merge = self.gateway("exclusive", node.level)
        self.diagram.join(node.id, merge)
        for event in events:
            self.line(
                event.id,
                self.block(node.level, max(0, depth - 1)),
                merge if event.interrupting else self.end(node.level),
            )
        return node.id, merge

    def border(self, node: Node) -> list[Node]:
        events = []
        while len(events) < 3 and self.field.chance(0.25, "border"):
            events.append(self.hang_on(node, self.event(condition=node.kind != "serviceTask")))
        inside = node.kind in ("subProcess", "callActivity")
        if self.field.has("error") and (node.outcome or inside):
            codes = self.dice.sample((*ERRORS, None), self.dice.randint(0, 2))
            events += [self.hang_on(node, {"event": "error", "name": code}) for code in codes]
        if inside and self.field.chance(0.4, "escalation"):
            event = {"event": "escalation", "name": self.dice.choice((*ESCALATIONS, None))}
            events.append(self.hang_on(node, event | {"interrupting": self.dice.random() < 0.5}))
        return events

    def hang_on(self, node: Node, event: dict) -> Node:
        return self.field.node("boundaryEvent", node.level, "on_", host=node.id, **event)

    def event(self, *, condition: bool = True, may_go_on: bool = True) -> dict:
        """A timer, message, signal or condition."""
        kinds = ["timer", "message", *(k for k in ("signal", "condition") if self.field.has(k))]
        kind = self.dice.choice([k for k in kinds if condition or k != "condition"])
        interrupting = not may_go_on or self.dice.random() < 0.5
        event: dict = {"event": kind, "interrupting": interrupting}
        if kind == "condition":
            event["fact"] = self.field.fact("event")
        elif kind != "timer":
            event["name"] = self.field.name(kind[0])
        else:
            event["repeats"] = not interrupting and self.field.chance(0.4, "cycle")
        return event

    def aside(self, level: str, depth: int) -> None:
        """An event sub-process."""
        node = self.field.node("subProcess", level, "aside_", aside=True)
        inner = self.event()
        pick = self.dice.random()
        if pick < 0.2 and self.field.has("error"):
            inner = {"event": "error", "name": self.dice.choice((*ERRORS, None))}
        elif pick < 0.4 and self.field.has("escalation"):
            inner = {"event": "escalation", "name": self.dice.choice(ESCALATIONS), "interrupting": pick < 0.3}
        self.fill(node.id, depth, start=self.field.node("startEvent", node.id, **inner))

    def catch(self, level: str, depth: int) -> Ends:
        node = self.field.node("intermediateCatchEvent", level, "catch_", **self.event(may_go_on=False))
        return node.id, node.id

    # Blocks

    def seq(self, level: str, depth: int) -> Ends:
        return self.line(*[self.block(level, depth) for _ in range(self.dice.randint(2, 3))])

    def parallel(self, level: str, depth: int) -> Ends:
        split, join = self.gateway("parallel", level), self.gateway("parallel", level)
        for _ in range(self.dice.randint(2, 3)):
            self.line(split, self.block(level, depth), join)
        return split, join

    def exclusive(self, level: str, depth: int) -> Ends:
        return self.split("exclusive", level, [self.block(level, depth) for _ in range(2)])

    def inclusive(self, level: str, depth: int) -> Ends:
        return self.split("inclusive", level, [self.block(level, depth) for _ in range(self.dice.randint(2, 3))])

    def split(self, kind: str, level: str, ways: Sequence[Ends]) -> Ends:
        """A gateway with conditions, mostly with a default, and one that brings the ways together."""
        split, merge = self.field.name(f"{kind}_"), self.gateway(kind, level)
        default = self.field.name("default_") if not self.field.chance(0.1, "incident") else None
        self.diagram.add(Node(split, f"{kind}Gateway", level, default=default))
        for number, (entering, leaving) in enumerate(ways):
            by_default = default is not None and number == len(ways) - 1
            fact = None if by_default else self.field.fact()
            self.diagram.join(split, entering, fact=fact, id_=default if by_default else None)
            self.diagram.join(leaving, merge)
        return split, merge

    def events(self, level: str, depth: int) -> Ends:
        """An event gateway."""
        split, merge = self.gateway("eventBased", level), self.gateway("exclusive", level)
        for _ in range(self.dice.randint(2, 3)):
            event = self.field.node("intermediateCatchEvent", level, "catch_", **self.event(may_go_on=False))
            self.line(split, event.id, self.block(level, depth), merge)
        return split, merge

    def loop(self, level: str, depth: int) -> Ends:
        """Again as long as a fact is true; a person is asked in each round, so that no loop runs by itself."""
        again, asked = self.gateway("exclusive", level), self.field.name("asked_")
        out, default = self.gateway("exclusive", level), self.field.name("default_")
        self.diagram.add(Node(asked, "exclusiveGateway", level, default=default))
        self.line(again, self.field.node("userTask", level).id, self.block(level, depth), asked)
        self.diagram.join(asked, again, fact=self.field.fact())
        self.diagram.join(asked, out, id_=default)
        return again, out

    def fork(self, level: str, depth: int) -> Ends:
        """One more way that ends by itself."""
        split, go_on = self.gateway("parallel", level), self.gateway("exclusive", level)
        self.diagram.join(split, go_on)
        end = {"event": "terminate"} if self.field.chance(0.3, "terminate") else {}
        self.line(split, self.block(level, depth), self.end(level, **end))
        return split, go_on

    def stop(self, level: str, depth: int) -> Ends:
        """One of two ways ends here: plainly, for the whole level, or with an error."""
        ends: list[dict] = [{}, {"event": "terminate"} if self.field.has("terminate") else {}]
        if self.field.has("error") and level != "p":
            ends.append({"event": "error", "name": self.dice.choice(ERRORS)})
        if self.field.has("escalation"):
            ends.append({"event": "escalation", "name": self.dice.choice(ESCALATIONS)})
        split, default = self.field.name("stop_"), self.field.name("default_")
        self.diagram.add(Node(split, "exclusiveGateway", level, default=default))
        self.diagram.join(split, self.end(level, **self.dice.choice(ends)), fact=self.field.fact())
        go_on = self.gateway("exclusive", level)
        self.diagram.join(split, go_on, id_=default)
        return split, go_on

    def link(self, level: str, depth: int) -> Ends:
        name, (entering, leaving) = self.field.name("link_"), self.block(level, depth)
        throw = self.field.node("intermediateThrowEvent", level, "to_", event="link", name=name)
        catch = self.field.node("intermediateCatchEvent", level, "from_", event="link", name=name)
        self.diagram.join(leaving, throw.id)
        return entering, catch.id

    def throw(self, level: str, depth: int) -> Ends:
        kinds = ["message", *(k for k in ("signal", "escalation") if self.field.has(k))]
        kind = self.dice.choice(kinds)
        name = self.dice.choice(ESCALATIONS) if kind == "escalation" else self.field.name(kind[0])
        node = self.field.node("intermediateThrowEvent", level, "throw_", event=kind, name=name)
        return node.id, node.id

    def undo(self, level: str, depth: int) -> Ends:
        """Steps that can be undone, something between, and what undoes them."""
        steps = [self.undoable(level) for _ in range(self.dice.randint(1, 3))]
        only = self.dice.choice((None, self.dice.choice(steps).id))
        throw = self.field.node("intermediateThrowEvent", level, "undo_", event="compensation", name=only)
        asked = [step.id for step in steps]
        return self.line(
            *asked,
            self.block(level, depth),
            self.split("exclusive", level, [(throw.id, throw.id), self.block(level, 0)]),
        )

    def undoable(self, level: str) -> Node:
        kinds = [_STEPS[f] for f in ("user", "service", "script") if self.field.has(f)]
        kind = self.dice.choice(kinds)
        step = self.field.node(kind, level, **({"counts": "counted"} if kind == "scriptTask" else {}))
        kind = self.dice.choice(kinds)
        more = {"counts": "undone"} if kind == "scriptTask" else {}
        handler = self.field.node(kind, level, "undoing_", undoes=True, **more)
        self.hang_on(step, {"event": "compensation", "handler": handler.id})
        return step


assert set(_STEPS.values()) < set(ACTIVITIES)
