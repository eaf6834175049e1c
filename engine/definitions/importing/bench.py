"""What the steps of an import work on: the tree that becomes the draft, the process that runs, the gaps so far."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from engine.definitions import element_names, limits
from engine.definitions.bpmn_dialect import EVENTS, TASKS
from engine.definitions.bpmn_dialect import GATEWAYS as DIALECT_GATEWAYS
from engine.definitions.dialect import Node
from engine.definitions.importing.gap import Gap, gap
from engine.definitions.importing.vendors import Vendor
from engine.definitions.lint_problem import Severity

SEQUENCE_FLOW = "bpmn:sequenceFlow"
EXTENSIONS = "bpmn:extensionElements"
SCOPES = ("bpmn:process", "bpmn:subProcess", "bpmn:transaction", "bpmn:adHocSubProcess")
# What our dialect has, and what only others draw.
ACTIVITIES = (*TASKS, "bpmn:callActivity", *SCOPES[1:])
GATEWAYS = (*DIALECT_GATEWAYS, "bpmn:complexGateway")
NODES = (*ACTIVITIES, *EVENTS, *GATEWAYS)


@dataclass
class Bench:
    """`process` is the one that the draft executes; `forms` are forms that lay inside of the file, by id;
    `inserted` are gateways of ours by id, with the step that they stand behind.
    """

    root: Node
    vendor: Vendor
    process: Node
    gaps: list[Gap] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    inserted: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._taken = {node.id for node in self.root.walk() if node.id}

    def say(self, code: str, at: Node, /, *, severity: Severity = "warning", **params: Any) -> None:
        """A gap at an element; its own name and the name of its kind are always known to the sentence."""
        named = {**kind_of(at), "name": at.attributes.get("name") or at.id or "", **params}
        self.gaps.append(gap(code, severity=severity, element_id=at.id or self.process.id, line=at.line, **named))

    def each(self, *tags: str) -> list[Node]:
        """Elements of the process that runs, at every level."""
        return [node for node in model_of(self.process) if node.tag in tags]

    def nodes(self) -> list[Node]:
        return self.each(*NODES)

    def scopes(self) -> list[Node]:
        return self.each(*SCOPES)

    def flows_from(self, scope: Node) -> dict[str, list[Node]]:
        """The sequence flows of one level by their source, as written."""
        found: dict[str, list[Node]] = {}
        for flow in scope.each(SEQUENCE_FLOW):
            found.setdefault(flow.attributes.get("sourceRef", ""), []).append(flow)
        return found

    def new_id(self, wish: str) -> str:
        """An id that nobody has, as near as possible to the wish."""
        stem = re.sub(r"[^\w.-]", "_", wish)[: limits.MAX_ID_LENGTH - 8]
        if not re.match(r"[^\W\d]", stem):
            stem = f"id_{stem}"
        number, chosen = self._numbers.get(stem, 1), stem
        while chosen in self._taken:
            number += 1
            chosen = f"{stem}_{number}"
        self._numbers[stem] = number
        self._taken.add(chosen)
        return chosen


def model_of(node: Node) -> list[Node]:
    """The node and all below it but what stands in extension elements: that is no BPMN, whatever it looks like."""
    found: list[Node] = []
    left = [node]
    while left:
        found.append(left.pop())
        left += [child for child in reversed(found[-1].children) if child.tag != EXTENSIONS]
    return found


def kind_of(node: Node) -> dict[str, str]:
    return element_names.names(node.tag.rpartition(":")[2])


def drop(parent: Node, child: Node) -> None:
    """Takes this very child away; `list.remove` would take an equal one."""
    parent.children = [kept for kept in parent.children if kept is not child]


def absorb(parent: Node, child: Node, *, known: Collection[str] = ()) -> None:
    """Takes a child away that has been understood; what else it carried goes over to its parent and is named there."""
    drop(parent, child)
    understood = {"id", "xsi:type", *known}
    rest = {name: value for name, value in child.attributes.items() if name not in understood}
    parent.attributes |= {name: value for name, value in rest.items() if name not in parent.attributes}
    for holder in child.each(EXTENSIONS):
        for inner in holder.children:
            extend(parent, inner)
    parent.children += [inner for inner in child.children if inner.tag != EXTENSIONS]


def parents(root: Node) -> dict[int, Node]:
    """The parent of every node, by `id()` of the node."""
    return {id(child): node for node in root.walk() for child in node.children}


def extensions(node: Node) -> list[Node]:
    """Everything that stands in the extension elements of a node."""
    return [inner for found in node.each(EXTENSIONS) for inner in found.children]


def extend(node: Node, addition: Node) -> None:
    """Put one more extension element onto a node."""
    found = node.each(EXTENSIONS)
    if not found:
        found = [Node(EXTENSIONS, {}, [], line=node.line)]
        node.children.insert(0, found[0])
    found[0].children.append(addition)


def setting(node: Node, tag: str) -> Node:
    """The one extension element with this tag; a new one when the node has none."""
    found = next((inner for inner in extensions(node) if inner.tag == tag), None)
    if found is None:
        found = Node(tag, {}, [], line=node.line)
        extend(node, found)
    return found


def keep_rest(node: Node, found: Node, *, known: Collection[str], children: Iterable[Node] = ()) -> None:
    """Put back what a step did not understand of an extension element, so that the last step names it."""
    rest = {name: value for name, value in found.attributes.items() if name not in known}
    left = [*children]
    if rest or left:
        extend(node, Node(found.tag, rest, left, line=found.line))


def take_extensions(node: Node, *tags: str) -> list[Node]:
    """The extension elements with one of these tags, taken out of the node."""
    taken: list[Node] = []
    for holder in node.each(EXTENSIONS):
        taken += [child for child in holder.children if child.tag in tags]
        holder.children = [child for child in holder.children if child.tag not in tags]
    return taken
