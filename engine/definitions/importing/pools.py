"""Of several pools one is executed; the others stay in the picture as pools without content."""

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import NODES, SEQUENCE_FLOW, Bench, drop, model_of

MAX_LISTED = 4_000
_DATA_LINES = ("bpmn:dataInputAssociation", "bpmn:dataOutputAssociation")
_LINES = ("bpmn:association", "bpmn:messageFlow", *_DATA_LINES)
# Desktop modellers show the panels of this platform, whose dialect is ours.
_OURS = "Camunda Cloud"
_ENDS = ("bpmn:sourceRef", "bpmn:targetRef")


def keep_one_process(bench: Bench) -> None:
    others = [process for process in bench.root.each("bpmn:process") if process is not bench.process]
    for process in others:
        drop(bench.root, process)
    gone = {node.id: process for process in others for node in process.walk() if node.id}
    owners = {p.attributes.get("processRef"): p for p in bench.root.walk() if p.tag == "bpmn:participant"}
    for process in others:
        _name_what_goes(bench, process, participant=owners.get(process.id))
    _keep_one_collaboration(bench)
    for collaboration in bench.root.each("bpmn:collaboration"):
        _redirect_messages(bench, collaboration, gone=gone, owners=owners)
    for participant in owners.values():
        if participant.attributes.get("processRef") in {process.id for process in others}:
            del participant.attributes["processRef"]


def _keep_one_collaboration(bench: Bench) -> None:
    """The one with the pool of our process; a file may hold further ones that show other things."""
    found = bench.root.each("bpmn:collaboration")
    ours = [c for c in found if any(p.attributes.get("processRef") == bench.process.id for p in c.children)]
    for collaboration in found:
        if len(found) > 1 and collaboration is not (ours or found)[0]:
            ids = ", ".join(inner.id for inner in collaboration.walk() if inner.id)
            bench.say("collaboration_left_out", collaboration, ids=ids[:MAX_LISTED] or "—")
            drop(bench.root, collaboration)


def _name_what_goes(bench: Bench, process: Node, *, participant: Node | None) -> None:
    model = model_of(process)[1:]
    steps = [node for node in model if node.tag in NODES or node.tag == SEQUENCE_FLOW]
    ids = ", ".join(node.id for node in model if node.id)
    pool = participant.attributes.get("name", "") if participant else ""
    told = {"pool": pool or process.attributes.get("name", "") or process.id or "—", "count": len(steps)}
    code = "process_left_out" if steps else "pool_without_steps"
    severity = "warning" if steps else "style"
    bench.say(code, process, severity=severity, chosen=bench.process.id, ids=ids[:MAX_LISTED] or "—", **told)


def _redirect_messages(
    bench: Bench, collaboration: Node, *, gone: dict[str | None, Node], owners: dict[str | None, Node]
) -> None:
    """A message flow to a step that is not drawn any more leads to the edge of its pool."""
    for flow in collaboration.each("bpmn:messageFlow"):
        for end in ("sourceRef", "targetRef"):
            process = gone.get(flow.attributes.get(end))
            if process is None:
                continue
            owner = owners.get(process.id)
            if owner is not None and owner.id:
                flow.attributes[end] = owner.id
            else:
                bench.say("message_flow_left_out", flow)
                drop(collaboration, flow)
                break


def keep_lines_with_two_ends(bench: Bench) -> None:
    """After all that goes has gone: a line, or a lane, of which one end is not in the draft."""
    known = {node.id for part in bench.root.children if not part.tag.startswith("bpmndi:") for node in part.walk()}
    for parent in bench.root.walk():
        for line in [child for child in parent.children if child.tag in _LINES]:
            ends = [line.attributes[name] for name in ("sourceRef", "targetRef") if name in line.attributes]
            ends += [end.text.strip() for end in line.children if end.tag in _ENDS]
            if not known.issuperset(ends) or (line.tag in _DATA_LINES and not ends):
                bench.say(
                    "line_left_out", line if line.id else parent, ends=", ".join(ends)[:400] or "—", what=line.tag
                )
                drop(parent, line)
        members = [child for child in parent.children if child.tag == "bpmn:flowNodeRef"]
        for member in members:
            if member.text.strip() not in known:
                bench.say("lane_member_unknown", parent, severity="style", member=member.text.strip())
                drop(parent, member)


def make_executable(bench: Bench) -> None:
    """A drawing that is to run says so; whoever imports it means it."""
    if bench.process.attributes.get("isExecutable", "").strip() != "true":
        bench.process.attributes["isExecutable"] = "true"
        bench.say("made_executable", bench.process, severity="style")
    platform = bench.root.attributes.get("modeler:executionPlatform", _OURS)
    if platform != _OURS:
        bench.root.attributes["modeler:executionPlatform"] = _OURS
        version = bench.root.attributes.pop("modeler:executionPlatformVersion", "—")
        bench.say("platform_changed", bench.root, severity="style", platform=platform, version=version, ours=_OURS)
