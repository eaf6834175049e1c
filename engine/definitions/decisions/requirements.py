"""The requirement arrows of a decision file: where they lead, in which order to read, and where they run in circles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.definitions.decisions.findings import NS, Findings, id_of

_ARROWS = {
    "dmn:informationRequirement/dmn:requiredDecision": "dmn:decision",
    "dmn:informationRequirement/dmn:requiredInput": "dmn:inputData",
    "dmn:knowledgeRequirement/dmn:requiredKnowledge": "dmn:businessKnowledgeModel",
}
_ORIGINS = ("dmn:requiredDecision", "dmn:requiredInput", "dmn:requiredAuthority")
_THINGS = ("dmn:decision", "dmn:businessKnowledgeModel", "dmn:inputData", "dmn:knowledgeSource")


@dataclass(frozen=True)
class Requirements:
    """`nodes` are decisions, functions, inputs and sources by id; `arrows` the ids to which those of each lead."""

    nodes: Mapping[str, etree._Element]
    arrows: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]
    kinds: Mapping[str, str]

    def of(self, thing: str) -> tuple[str, ...]:
        return self.arrows[thing]

    def each(self, tag: str, ids: Iterable[str] | None = None) -> tuple[str, ...]:
        """The ids of one kind of thing, of all or of those given, without repetition."""
        return tuple(i for i in dict.fromkeys(self.nodes if ids is None else ids) if self.kinds[i] == tag)


def read_requirements(root: etree._Element, findings: Findings) -> Requirements:
    """`order` has each after what it needs and leaves out what stands in a circle or needs something missing."""
    nodes: dict[str, etree._Element] = {}
    kinds: dict[str, str] = {}
    for tag in _THINGS:
        for node in root.iterfind(tag, NS):
            if id_of(node) in nodes:
                findings.say("duplicate_id", node)
            nodes[id_of(node)], kinds[id_of(node)] = node, tag
    needs = {thing: _needs(node, kinds, findings) for thing, node in nodes.items()}
    complete = {thing: {i for i in found if i and i != thing} for thing, found in needs.items() if None not in found}
    order = _ordered(complete)
    _say_circles(complete.keys() - set(order), complete=complete, nodes=nodes, findings=findings)
    arrows = {thing: tuple(filter(None, found)) for thing, found in needs.items()}
    return Requirements(nodes, arrows, order, kinds)


def _needs(node: etree._Element, kinds: Mapping[str, str], findings: Findings) -> tuple[str | None, ...]:
    """None stands for an arrow that leads nowhere."""
    found: list[str | None] = []
    for path, tag in _ARROWS.items():
        for arrow in node.iterfind(path, NS):
            target = _target(arrow, kinds, tag, findings)
            if target == id_of(node) and tag == "dmn:decision":
                findings.say("requirement_in_circle", arrow, value=target[:80])
                target = None
            found.append(target)
    for tag in _ORIGINS:
        for arrow in node.iterfind(f"dmn:authorityRequirement/{tag}", NS):
            _target(arrow, kinds, "", findings)
    return tuple(found)


def _target(arrow: etree._Element, kinds: Mapping[str, str], tag: str, findings: Findings) -> str | None:
    target = arrow.get("href", "").removeprefix("#")
    if target in kinds and tag in ("", kinds[target]):
        return target
    findings.say("requirement_unresolved", arrow, value=target[:80])
    return None


def _ordered(needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Each after what it needs; what can never be reached that way is left out."""
    waiting = {thing: set(found) for thing, found in needs.items()}
    needed_by: dict[str, list[str]] = {}
    for thing, found in needs.items():
        for other in found:
            needed_by.setdefault(other, []).append(thing)
    ready = [thing for thing, found in waiting.items() if not found]
    order: list[str] = []
    while ready:
        done = ready.pop()
        order.append(done)
        for thing in needed_by.get(done, ()):
            waiting[thing].discard(done)
            if not waiting[thing]:
                ready.append(thing)
    return tuple(order)


def _say_circles(
    left: set[str], *, complete: Mapping[str, set[str]], nodes: Mapping[str, etree._Element], findings: Findings
) -> None:
    """What only needs a circle, without being needed by it, is not in it."""
    backwards = {thing: {other for other in left if thing in complete[other]} for thing in left}
    in_circle = left - set(_ordered(backwards))
    for thing in [thing for thing in nodes if thing in in_circle]:
        needed = next((other for other in sorted(complete[thing]) if other in in_circle), None)
        if needed:
            findings.say("requirement_in_circle", nodes[thing], value=thing[:80])
