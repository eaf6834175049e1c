"""What both kinds of random processes are made of: numbered nodes, facts that conditions look at, dice."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from tests.engine.spiff.oracle.diagram import Diagram, Loop, Node

ERRORS = ("E1", "E2")
ESCALATIONS = ("S1", "S2")
_PARTS = """user manual task script service rule send receive catch sub xor and or events loop fork stop terminate link
border signal condition cycle aside error escalation many inorder call undo throw incident"""
EVERYTHING = frozenset(_PARTS.split())


@dataclass
class Field:
    """A diagram that is being drawn. `facts`: variable → the kind of values that it takes.

    `kinds`: which parts of the language may be used, of EVERYTHING.
    """

    dice: random.Random
    kinds: frozenset[str] = EVERYTHING
    diagram: Diagram = field(default_factory=Diagram)
    facts: dict[str, str] = field(default_factory=dict)
    _last: int = 0

    def name(self, prefix: str) -> str:
        self._last += 1
        return f"{prefix}{self._last}"

    def node(self, kind: str, level: str, prefix: str = "", **more: Any) -> Node:
        return self.diagram.add(Node(self.name(prefix or f"{kind}_"), kind, level, **more))

    def fact(self, kind: str = "truth") -> str:
        """A variable of its own: a "truth", a "list", an "outcome" of a service, an "event" that is true or false."""
        name = self.name(f"{kind}_")
        self.facts[name] = kind
        return name

    def has(self, *kinds: str) -> bool:
        return self.kinds >= set(kinds)

    def chance(self, share: float, *kinds: str) -> bool:
        return self.has(*kinds) and self.dice.random() < share

    def loop(self) -> Loop:
        into = self.name("results_") if self.dice.random() < 0.6 else None
        return Loop(
            collection=self.fact("list"),
            element=self.name("item_"),
            sequential=self.chance(0.4, "inorder"),
            enough=self.dice.choice((None, None, 1, 2)),
            into=into,
            output=self.dice.choice(("loopCounter", self._answer())) if into else None,
        )

    def _answer(self) -> str:
        """What the person wrote in the instance."""
        return "answer"

    def value(self, kind: str) -> Any:
        pick = self.dice.random()
        match kind:
            case "list":
                return "no list" if pick < 0.03 and self.has("incident") else list(range(self.dice.randint(0, 3)))
            case "outcome" if self.has("incident") and pick < 0.1:
                return "fail"
            case "outcome" if self.has("error") and pick < 0.4:
                return self.dice.choice((*ERRORS, "E9") if self.has("incident") else ERRORS)
            case "outcome":
                return "ok"
            case "truth" if pick < 0.1:
                return None
            case "truth" if pick < 0.13 and self.has("incident"):
                return 5
        return self.dice.random() < 0.5

    def values(self, share: float = 1.0) -> dict[str, Any]:
        """New values for a share of the facts."""
        return {name: self.value(kind) for name, kind in self.facts.items() if self.dice.random() < share}
