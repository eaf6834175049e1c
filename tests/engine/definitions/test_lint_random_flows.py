"""Random processes of nested ways: the check knows to be written what every run has written, no more, no less."""

import random
from dataclasses import dataclass, field
from itertools import pairwise, product

import pytest

from engine.definitions.lint.data_flow import DataFlow
from engine.definitions.process import Element, Flow, Process

Names = frozenset[str]
Tree = tuple  # ("task", name) or (kind, part, part …)


def grown(chance: random.Random, depth: int) -> Tree:
    kind = chance.choice(["task", "task", "sequence", "exclusive", "parallel", "loop", "stage"]) if depth else "task"
    if kind == "task":
        return ("task", chance.choice(["a", "b", "c", "d", ""]))
    parts = 1 if kind in ("loop", "stage") else chance.randint(2, 3)
    return (kind, *(grown(chance, depth - 1) for _ in range(parts)))


def outcomes(tree: Tree) -> set[Names]:
    """What a run may have written, by choices; a loop is gone through once or more."""
    kind, *parts = tree
    if kind == "task":
        return {frozenset(parts[0])}
    if kind == "exclusive":
        return set().union(*map(outcomes, parts))
    return {frozenset().union(*one) for one in product(*map(outcomes, parts))}


@dataclass
class Drawing:
    elements: dict[str, Element] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    writes: dict[str, Names] = field(default_factory=dict)

    def add(self, type_: str, parent: str, written: str = "") -> str:
        element_id = f"{type_}{len(self.elements)}"
        self.elements[element_id] = Element(element_id, type_, parent=parent)
        self.writes[element_id] = frozenset(written)
        return element_id

    def link(self, source: str, target: str) -> None:
        self.flows.append(Flow(f"f{len(self.flows)}", source, target))

    def draw(self, tree: Tree, parent: str) -> tuple[str, str]:
        """The first and the last element of a part."""
        kind, *parts = tree
        if kind == "task":
            task = self.add("userTask", parent, parts[0])
            return task, task
        if kind == "stage":
            return self._stage(parts[0], parent)
        if kind == "sequence":
            ends = [self.draw(part, parent) for part in parts]
            for (_, last), (first, _) in pairwise(ends):
                self.link(last, first)
            return ends[0][0], ends[-1][1]
        return self._ways(kind, parts, parent)

    def _ways(self, kind: str, parts: list[Tree], parent: str) -> tuple[str, str]:
        type_ = "parallelGateway" if kind == "parallel" else "exclusiveGateway"
        begin, end = self.add(type_, parent), self.add(type_, parent)
        for part in parts:
            first, last = self.draw(part, parent)
            self.link(begin, first)
            self.link(last, end)
        if kind == "loop":
            self.link(end, begin)
        return begin, end

    def _stage(self, part: Tree, parent: str) -> tuple[str, str]:
        stage = self.add("subProcess", parent)
        self.whole(part, stage)
        return stage, stage

    def whole(self, tree: Tree, parent: str) -> str:
        start, end = self.add("startEvent", parent), self.add("endEvent", parent)
        first, last = self.draw(tree, parent)
        self.link(start, first)
        self.link(last, end)
        return end


def known_at_the_end(tree: Tree) -> Names:
    drawing = Drawing()
    end = drawing.whole(tree, "p")
    process = Process("p", "p", elements=drawing.elements, flows=tuple(drawing.flows))
    data = DataFlow({"p": process}, lambda element: drawing.writes[element.id], lambda *_: True)
    return data.before(process, drawing.elements[end]) or frozenset()


@pytest.mark.parametrize("seed", range(150))
def test_what_is_known_is_what_every_run_has_written(seed: int) -> None:
    tree = grown(random.Random(seed), 4)

    assert known_at_the_end(tree) == frozenset.intersection(*outcomes(tree))
