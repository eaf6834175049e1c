"""Ids are unique and every reference leads to what it must; afterwards incoming and outgoing say what the flows say."""

import re
from collections import Counter
from collections.abc import Iterator, Set

from engine.definitions import drawing_only, element_names
from engine.definitions.bpmn_dialect import ACTIVITIES, FLOW_NODES, SHARED
from engine.definitions.dialect import Node
from engine.definitions.limits import MAX_DEPTH, MAX_EXPRESSIONS, MAX_FLOWS, MAX_ID_LENGTH, MAX_NODES
from engine.definitions.lint_problem import LintProblem, error

_ID = re.compile(r"[^\W\d][\w.-]*")
_NEEDS_ID = {*FLOW_NODES, *SHARED, "bpmn:process", "bpmn:sequenceFlow"}
_SCOPES = {"bpmn:process", "bpmn:subProcess"}
_EXPRESSIONS = ("zeebe:input", "zeebe:output", "bpmn:conditionExpression")
_ANY = ("bpmn:", "bpmndi:")
_TARGETS: dict[tuple[str, str], tuple[str, ...]] = {
    ("bpmn:sequenceFlow", "sourceRef"): FLOW_NODES,
    ("bpmn:sequenceFlow", "targetRef"): FLOW_NODES,
    ("bpmn:boundaryEvent", "attachedToRef"): ACTIVITIES,
    ("bpmn:messageEventDefinition", "messageRef"): ("bpmn:message",),
    ("bpmn:signalEventDefinition", "signalRef"): ("bpmn:signal",),
    ("bpmn:errorEventDefinition", "errorRef"): ("bpmn:error",),
    ("bpmn:escalationEventDefinition", "escalationRef"): ("bpmn:escalation",),
    ("bpmn:compensateEventDefinition", "activityRef"): ACTIVITIES,
    ("bpmn:receiveTask", "messageRef"): ("bpmn:message",),
    ("bpmn:sendTask", "messageRef"): ("bpmn:message",),
    ("bpmn:exclusiveGateway", "default"): ("bpmn:sequenceFlow",),
    ("bpmn:inclusiveGateway", "default"): ("bpmn:sequenceFlow",),
    ("bpmn:association", "sourceRef"): _ANY,
    ("bpmn:association", "targetRef"): _ANY,
    ("bpmn:group", "categoryValueRef"): ("bpmn:categoryValue",),
    ("bpmndi:BPMNPlane", "bpmnElement"): _ANY,
    ("bpmndi:BPMNShape", "bpmnElement"): _ANY,
    ("bpmndi:BPMNEdge", "bpmnElement"): _ANY,
    ("bpmndi:BPMNLabel", "labelStyle"): ("bpmndi:BPMNLabelStyle",),
    **drawing_only.TARGETS,
}
_OPTIONAL = {
    "bpmn:exclusiveGateway",
    "bpmn:inclusiveGateway",
    "bpmn:errorEventDefinition",
    "bpmn:escalationEventDefinition",
    "bpmn:compensateEventDefinition",
    "bpmn:messageEventDefinition",
    "bpmn:sendTask",
    "bpmn:group",
    "bpmndi:BPMNLabel",
    *drawing_only.OPTIONAL,
}
_REQUIRED = {key for key in _TARGETS if key[0] not in _OPTIONAL}
_ATTRIBUTES = {tag: [attribute for owner, attribute in _TARGETS if owner == tag] for tag, _ in _TARGETS}
_SAME_SCOPE = {"bpmn:sequenceFlow", "bpmn:boundaryEvent"}


def check_references(root: Node, *, all_ids: list[tuple[str, int]]) -> list[LintProblem]:
    """`all_ids` are the ids of the whole file with their lines, those of refused elements too."""
    nodes = root.walk()
    known = {node.id: node for node in nodes if node.id}
    scopes = {id(child): parent for parent in nodes if parent.tag in _SCOPES for child in parent.children}
    problems = [*_ids(nodes, all_ids=all_ids), *_sizes(root, nodes=nodes), *_counts(nodes)]
    ids = {i for i, _ in all_ids}
    refused = ids - known.keys()
    for node in nodes:
        problems += _targets(node, known=known, refused=refused, scopes=scopes)
        problems += _texts(node, known=ids)
    return problems


def _ids(nodes: list[Node], *, all_ids: list[tuple[str, int]]) -> Iterator[LintProblem]:
    counted = Counter(i for i, _ in all_ids)
    last_lines = dict(all_ids)
    for value, times in counted.items():
        if times > 1:
            yield error("duplicate_id", element_id=value, line=last_lines[value])
        if not _ID.fullmatch(value) or len(value) > MAX_ID_LENGTH:
            yield error("id_not_valid", element_id=value[:MAX_ID_LENGTH], line=last_lines[value], id=value[:40])
    for node in nodes:
        if node.tag in _NEEDS_ID and not node.id:
            between = (node.attributes.get("sourceRef", ""), node.attributes.get("targetRef", ""))
            name = node.attributes.get("name") or " → ".join(filter(None, between))
            yield error("id_missing", line=node.line, name=name, **_names(node))


def _sizes(root: Node, *, nodes: list[Node]) -> Iterator[LintProblem]:
    for code, tags, limit in (
        ("too_many_nodes", FLOW_NODES, MAX_NODES),
        ("too_many_flows", ("bpmn:sequenceFlow",), MAX_FLOWS),
        ("too_many_expressions", _EXPRESSIONS, MAX_EXPRESSIONS),
    ):
        count = sum(node.tag in tags for node in nodes)
        if count > limit:
            yield error(code, line=1, count=count, limit=limit)
    depth, level = 0, [root]
    while level:
        level = [sub for node in level for child in node.children for sub in _stages(child)]
        depth += bool(level)
    if depth > MAX_DEPTH:
        yield error("nested_too_deep", line=1, depth=depth, limit=MAX_DEPTH)


def _counts(nodes: list[Node]) -> Iterator[LintProblem]:
    processes = sum(node.tag == "bpmn:process" for node in nodes)
    if processes != 1:
        yield error("process_count", line=1, count=processes)
    for node in nodes:
        if not node.children:
            continue
        definitions = [child for child in node.children if child.tag.endswith("EventDefinition")]
        if len(definitions) > 1:
            yield error("event_definitions", element_id=node.id, line=node.line, **_names(node))
        names = Counter(prop.attributes.get("name", "") for prop in node.each("zeebe:property"))
        for name, times in names.items():
            if times > 1 or not name:
                yield error("property_twice", line=node.line, property=name)


def _stages(node: Node) -> list[Node]:
    if node.tag == "bpmn:process":
        return node.each("bpmn:subProcess")
    return [node] if node.tag == "bpmn:subProcess" else []


def _targets(
    node: Node, *, known: dict[str | None, Node], refused: set[str], scopes: dict[int, Node]
) -> Iterator[LintProblem]:
    tag = node.tag
    for attribute in _ATTRIBUTES.get(tag, ()):
        allowed = _TARGETS[tag, attribute]
        value = node.attributes.get(attribute, "").strip()
        found = known.get(value)
        if not value:
            if (tag, attribute) in _REQUIRED:
                yield _wrong("reference_missing", node, attribute)
        elif value in refused:
            continue
        elif found is not None and tag == "bpmn:boundaryEvent" and not found.tag.startswith(allowed):
            host = {"host": value, "name": node.attributes.get("name") or node.id, **_names(node)}
            yield error("boundary_host", element_id=node.id, line=node.line, **host)
        elif found is None or not found.tag.startswith(allowed):
            yield _wrong("reference_unresolved", node, attribute)
        elif tag in _SAME_SCOPE and scopes.get(id(found)) is not scopes.get(id(node)):
            yield _wrong("flow_crosses_border", node, attribute)
        elif attribute == "default" and found.attributes.get("sourceRef") != node.id:
            yield _wrong("default_not_outgoing", node, attribute)


def _texts(node: Node, *, known: Set[str | None]) -> Iterator[LintProblem]:
    """Lanes and data lines name in the text of a child what they belong to."""
    for child in node.children:
        if child.tag in drawing_only.TEXT_TARGETS and child.text not in known:
            told = {"attribute": child.tag.rpartition(":")[2], "value": child.text[:80], **_names(node)}
            yield error("reference_unresolved", element_id=node.id, line=child.line, **told)


def _wrong(code: str, node: Node, attribute: str) -> LintProblem:
    owner = node.id or node.attributes.get("bpmnElement")
    value = node.attributes.get(attribute, "")[:80]
    return error(code, element_id=owner, line=node.line, attribute=attribute, value=value, **_names(node))


def _names(node: Node) -> dict[str, str]:
    return element_names.names(node.tag.rpartition(":")[2])


def rewrite_flow_ends(root: Node) -> None:
    """Make `incoming` and `outgoing` of every node say what the sequence flows say, in the order of the flows."""
    ends: dict[str, dict[str, list[Node]]] = {"bpmn:incoming": {}, "bpmn:outgoing": {}}
    for flow in (node for node in root.walk() if node.tag == "bpmn:sequenceFlow"):
        for tag, attribute in (("bpmn:incoming", "targetRef"), ("bpmn:outgoing", "sourceRef")):
            said = Node(tag, {}, [], flow.id or "")
            ends[tag].setdefault(flow.attributes.get(attribute, ""), []).append(said)
    for node in root.walk():
        if node.tag in FLOW_NODES:
            kept = [child for child in node.children if child.tag not in ends]
            head = [child for child in kept if child.tag in ("bpmn:documentation", "bpmn:extensionElements")]
            written = [end for by_node in ends.values() for end in by_node.get(node.id or "", [])]
            node.children = [*head, *written, *kept[len(head) :]]
