"""Everything that runs has an id of its own that can be referred to, and references lead to ids."""

import re

from engine.definitions import limits
from engine.definitions.dialect import Node
from engine.definitions.importing.bench import EXTENSIONS, NODES, SEQUENCE_FLOW, Bench, kind_of, model_of

_ID = re.compile(r"[^\W\d][\w.-]*")
_NAMED = {
    *NODES,
    SEQUENCE_FLOW,
    "bpmn:process",
    "bpmn:message",
    "bpmn:signal",
    "bpmn:error",
    "bpmn:escalation",
    "bpmn:participant",
    "bpmn:messageFlow",
    "bpmn:lane",
    "bpmn:textAnnotation",
    "bpmn:association",
}
REFERENCES = frozenset(
    [
        "activityRef",
        "attachedToRef",
        "bpmnElement",
        "calledElement",
        "categoryValueRef",
        "dataObjectRef",
        "dataStoreRef",
        "default",
        "errorRef",
        "escalationRef",
        "messageRef",
        "processRef",
        "signalRef",
        "sourceRef",
        "targetRef",
    ]
)
_TEXT_REFERENCES = {f"bpmn:{name}" for name in ("flowNodeRef", "sourceRef", "targetRef", "eventDefinitionRef")}


def local_references(bench: Bench) -> None:
    """The standard lets references carry a namespace prefix; within one file `tns:Order` is `Order`."""
    known = {node.id for node in bench.root.walk()}
    _rewrite(bench.root, lambda value: _without_prefix(value, known))


def _without_prefix(value: str, known: set[str | None]) -> str:
    found = value.strip()
    local = found.rpartition(":")[2]
    return local if found not in known and local in known else found


def give_ids(bench: Bench) -> None:
    """Missing ids are given, ids that the engine could not store are written anew; both are named."""
    for node in model_of(bench.root):
        if node.tag in _NAMED and not (node.id or "").strip():
            kind = kind_of(node)["tag"]
            node.attributes = {"id": bench.new_id(kind[:1].upper() + kind[1:]), **node.attributes}
            bench.say("id_given", node, severity="style", id=node.id)
    _rename_unfit(bench)
    _give_drawing_ids(bench)


def _rename_unfit(bench: Bench) -> None:
    renamed: dict[str, str] = {}
    for node in model_of(bench.root):
        old = node.id
        if old and old.strip() != "" and (not _ID.fullmatch(old) or len(old) > limits.MAX_ID_LENGTH):
            renamed[old] = node.attributes["id"] = bench.new_id(old.strip())
            bench.say("id_renamed", node, severity="style", old=old[:120], id=node.id)
    if renamed:
        _rewrite(bench.root, lambda value: renamed.get(value, value))


def _give_drawing_ids(bench: Bench) -> None:
    """Two shapes with one id, or a shape with the id of a step: the shape gets another."""
    model = {node.id for part in bench.root.children if not _is_drawing(part) for node in part.walk() if node.id}
    seen: set[str | None] = set(model)
    for part in bench.root.children:
        for node in part.walk() if _is_drawing(part) else ():
            if node.id in seen:
                node.attributes["id"] = bench.new_id(f"{node.attributes.get('bpmnElement') or node.id}_di")
            if node.id:
                seen.add(node.id)


def _is_drawing(part: Node) -> bool:
    return part.tag.startswith("bpmndi:")


def _rewrite(root: Node, change) -> None:  # type: ignore[no-untyped-def]
    for node in root.walk():
        for name in REFERENCES & node.attributes.keys():
            node.attributes[name] = change(node.attributes[name])
        if node.tag in _TEXT_REFERENCES:
            node.text = change(node.text.strip())


def rewrite_flow_ends(bench: Bench) -> None:
    """`incoming` and `outgoing` say what the sequence flows say."""
    flows = bench.each(SEQUENCE_FLOW)
    ends: dict[str, list[Node]] = {}
    for tag, attribute in (("bpmn:incoming", "targetRef"), ("bpmn:outgoing", "sourceRef")):
        for flow in flows:
            ends.setdefault(flow.attributes.get(attribute, ""), []).append(Node(tag, {}, [], flow.id or ""))
    for node in bench.nodes():
        kept = [child for child in node.children if child.tag not in ("bpmn:incoming", "bpmn:outgoing")]
        head = [child for child in kept if child.tag in ("bpmn:documentation", EXTENSIONS)]
        node.children = [*head, *ends.get(node.id or "", []), *kept[len(head) :]]
