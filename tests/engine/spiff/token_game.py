"""An independent token game: random block-structured processes that know by themselves which tasks are ready."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@dataclass
class Drawing:
    """Elements and flows of one level, with ids that are unique in the whole diagram."""

    ids: Iterator[int]
    parts: list[str] = field(default_factory=list)

    def add(self, xml: str) -> None:
        self.parts.append(xml)

    def flow(self, source: str, target: str, *, condition: str | None = None, id_: str | None = None) -> None:
        when = f"<bpmn:conditionExpression>={condition}</bpmn:conditionExpression>" if condition else ""
        name = id_ or f"flow{next(self.ids)}"
        self.add(f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{when}</bpmn:sequenceFlow>')

    def inside(self) -> Drawing:
        return Drawing(self.ids)


class Block:
    """A part of a process and, while it runs, its own token game.

    `start` and `complete` return True when the block is over. `facts` holds the answers of its conditions.
    """

    def __init__(self, number: int, parts: list[Block], facts: dict[str, bool], dice: random.Random) -> None:
        self.id = f"{type(self).__name__.lower()}{number}"
        self.parts, self.facts, self.dice = parts, facts, dice

    @property
    def condition(self) -> str:
        return f"c_{self.id}"

    def start(self) -> bool:
        raise NotImplementedError

    def active(self) -> list[Block]:
        raise NotImplementedError

    def after(self, part: Block) -> bool:
        """A part is over."""
        return True

    def draw(self, on: Drawing) -> tuple[str, str]:
        """Draw it; gives the ids where a token enters and leaves."""
        raise NotImplementedError

    def ready(self) -> list[str]:
        return [name for part in self.active() for name in part.ready()]

    def complete(self, name: str) -> bool:
        part = next(p for p in self.active() if name in p.ready())
        return part.complete(name) and self.after(part)

    def conditions(self) -> list[str]:
        return [c for part in self.parts for c in part.conditions()]


class Task(Block):
    open = False

    def start(self) -> bool:
        self.open = True
        return False

    def ready(self) -> list[str]:
        return [self.id] if self.open else []

    def complete(self, name: str) -> bool:
        self.open = False
        return True

    def draw(self, on: Drawing) -> tuple[str, str]:
        on.add(f'<bpmn:userTask id="{self.id}"/>')
        if self.dice.random() < 0.3:
            interrupting = self.dice.choice(("true", "false"))
            on.add(
                f'<bpmn:boundaryEvent id="late_{self.id}" attachedToRef="{self.id}" cancelActivity="{interrupting}">'
                "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
                f'</bpmn:boundaryEvent><bpmn:endEvent id="gone_{self.id}"/>'
            )
            on.flow(f"late_{self.id}", f"gone_{self.id}")
        return self.id, self.id


class Seq(Block):
    at = 0

    def start(self) -> bool:
        return self._from(0)

    def active(self) -> list[Block]:
        return [self.parts[self.at]]

    def after(self, part: Block) -> bool:
        return self._from(self.at + 1)

    def _from(self, first: int) -> bool:
        for at in range(first, len(self.parts)):
            self.at = at
            if not self.parts[at].start():
                return False
        return True

    def draw(self, on: Drawing) -> tuple[str, str]:
        ends = [part.draw(on) for part in self.parts]
        for (_, leaving), (entering, _) in itertools.pairwise(ends):
            on.flow(leaving, entering)
        return ends[0][0], ends[-1][1]


class And(Block):
    left: list[Block]

    def start(self) -> bool:
        self.left = [part for part in self.parts if not part.start()]
        return not self.left

    def active(self) -> list[Block]:
        return self.left

    def after(self, part: Block) -> bool:
        self.left.remove(part)
        return not self.left

    def draw(self, on: Drawing) -> tuple[str, str]:
        fork, join = f"fork_{self.id}", f"join_{self.id}"
        on.add(f'<bpmn:parallelGateway id="{fork}"/><bpmn:parallelGateway id="{join}"/>')
        for part in self.parts:
            entering, leaving = part.draw(on)
            on.flow(fork, entering)
            on.flow(leaving, join)
        return fork, join


class Xor(Block):
    chosen: Block

    def start(self) -> bool:
        self.chosen = self.parts[0 if self.facts[self.condition] else 1]
        return self.chosen.start()

    def active(self) -> list[Block]:
        return [self.chosen]

    def conditions(self) -> list[str]:
        return [self.condition, *super().conditions()]

    def draw(self, on: Drawing) -> tuple[str, str]:
        split, merge, default = f"split_{self.id}", f"merge_{self.id}", f"default_{self.id}"
        on.add(f'<bpmn:exclusiveGateway id="{split}" default="{default}"/><bpmn:exclusiveGateway id="{merge}"/>')
        for number, part in enumerate(self.parts):
            entering, leaving = part.draw(on)
            on.flow(split, entering, condition=self.condition if number == 0 else None, id_=default if number else None)
            on.flow(leaving, merge)
        return split, merge


class Loop(Block):
    def start(self) -> bool:
        while self.parts[0].start():
            if not self.facts[self.condition]:
                return True
        return False

    def active(self) -> list[Block]:
        return self.parts

    def after(self, part: Block) -> bool:
        return self.start() if self.facts[self.condition] else True

    def conditions(self) -> list[str]:
        return [self.condition, *super().conditions()]

    def draw(self, on: Drawing) -> tuple[str, str]:
        again, asked, out, default = (f"{place}_{self.id}" for place in ("again", "asked", "out", "default"))
        entering, leaving = self.parts[0].draw(on)
        on.add(
            f'<bpmn:exclusiveGateway id="{again}"/><bpmn:exclusiveGateway id="{asked}" default="{default}"/>'
            f'<bpmn:exclusiveGateway id="{out}"/>'
        )
        on.flow(again, entering)
        on.flow(leaving, asked)
        on.flow(asked, again, condition=self.condition)
        on.flow(asked, out, id_=default)
        return again, out


class Sub(Block):
    def start(self) -> bool:
        return self.parts[0].start()

    def active(self) -> list[Block]:
        return self.parts

    def draw(self, on: Drawing) -> tuple[str, str]:
        inner = on.inside()
        entering, leaving = self.parts[0].draw(inner)
        inner.add(f'<bpmn:startEvent id="in_{self.id}"/><bpmn:endEvent id="out_{self.id}"/>')
        inner.flow(f"in_{self.id}", entering)
        inner.flow(leaving, f"out_{self.id}")
        on.add(f'<bpmn:subProcess id="{self.id}">{"".join(inner.parts)}</bpmn:subProcess>')
        return self.id, self.id


class Game:
    """A random process, its picture, and the tasks that must be ready."""

    def __init__(self, seed: int, *, depth: int = 4) -> None:
        self.dice = random.Random(seed)
        self.facts: dict[str, bool] = {}
        self._numbers = iter(range(1, 1_000_000))
        self.root = self._block(Seq, [self._grow(depth), self._grow(depth - 1)])
        self.shuffle()

    def shuffle(self) -> None:
        """New answers for all conditions."""
        self.facts.update({name: self.dice.random() < 0.5 for name in self.root.conditions()})

    def xml(self) -> bytes:
        on = Drawing(self._numbers)
        entering, leaving = self.root.draw(on)
        on.add('<bpmn:startEvent id="begin"/><bpmn:endEvent id="finish"/>')
        on.flow("begin", entering)
        on.flow(leaving, "finish")
        process = f'<bpmn:process id="p" isExecutable="true">{"".join(on.parts)}</bpmn:process>'
        return f'<bpmn:definitions xmlns:bpmn="{BPMN}" id="d" targetNamespace="t">{process}</bpmn:definitions>'.encode()

    def _block(self, kind: type[Block], parts: list[Block]) -> Block:
        return kind(next(self._numbers), parts, self.facts, self.dice)

    def _grow(self, depth: int) -> Block:
        kind = self.dice.choice([Task, Task, Seq, Seq, And, Xor, Loop, Sub]) if depth else Task
        if kind is Task:
            return self._block(Task, [])
        count = {Loop: 1, Sub: 1, Xor: 2}.get(kind) or self.dice.randint(2, 3)
        return self._block(kind, [self._grow(depth - 1) for _ in range(count)])
