"""Writes a diagram as BPMN in the dialect of docs/diagram-dialect.md, one file for each process."""

from collections.abc import Iterator
from html import escape

from tests.engine.spiff.oracle.diagram import Diagram, Flow, Node

_NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_DEFINITIONS = {
    "timer": "timerEventDefinition",
    "message": "messageEventDefinition",
    "signal": "signalEventDefinition",
    "condition": "conditionalEventDefinition",
    "error": "errorEventDefinition",
    "escalation": "escalationEventDefinition",
    "link": "linkEventDefinition",
    "compensation": "compensateEventDefinition",
    "terminate": "terminateEventDefinition",
}
_CODES = {"signal": "name", "error": "errorCode", "escalation": "escalationCode"}
SERVICE, FORM, GROUP, DECISION = "test/outcome", "answers", "town_union", "d0"


def files(diagram: Diagram, *, properties: str = "") -> dict[str, bytes]:
    """File name → BPMN; `properties` are extension elements of the main process."""
    main = diagram.processes[0]
    return {f"{p}.bpmn": _file(diagram, p, properties if p == main else "").encode() for p in diagram.processes}


def _file(diagram: Diagram, process: str, properties: str) -> str:
    shared = dict(_shared(node) for node in _below(diagram, process) if _shared(node))
    body = f"{_tag('bpmn:documentation', 'what it is for')}{_extensions([properties])}{_level(diagram, process)}"
    top = _tag("bpmn:process", body, id=process, name=process, isExecutable="true")
    return (
        f'<bpmn:definitions {_NAMESPACES} id="d_{process}" targetNamespace="http://tests">'
        f"{''.join(shared.values())}{top}</bpmn:definitions>"
    )


def _tag(tag: str, inner: str = "", **attributes: str | None) -> str:
    given = "".join(f' {name.replace("__", ":")}="{escape(v)}"' for name, v in attributes.items() if v is not None)
    return f"<{tag}{given}>{inner}</{tag}>"


def _below(diagram: Diagram, level: str) -> Iterator[Node]:
    for node in diagram.within(level):
        yield node
        if node.kind == "subProcess":
            yield from _below(diagram, node.id)


def _shared(node: Node) -> tuple[str, str] | None:
    """The message, signal, error or escalation that a node speaks of."""
    event = node.event
    if node.name is None or event not in ("message", *_CODES):
        return None
    id_ = f"{event}_{node.name}"
    if event == "message":
        key = _tag("zeebe:subscription", correlationKey="=case.number")
        return id_, _tag("bpmn:message", _extensions([key]), id=id_, name=node.name)
    return id_, _tag(
        f"bpmn:{event}", id=id_, name=node.name, **({} if event == "signal" else {_CODES[event]: node.name})
    )


def _extensions(parts: list[str]) -> str:
    inner = "".join(parts)
    return _tag("bpmn:extensionElements", inner) if inner else ""


def _level(diagram: Diagram, level: str) -> str:
    nodes = diagram.within(level)
    inside = {node.id for node in nodes}
    flows = [_flow(flow) for flow in diagram.flows.values() if flow.source in inside]
    undone = [
        _tag("bpmn:association", id=f"undo_{n.id}", associationDirection="One", sourceRef=n.id, targetRef=n.handler)
        for n in nodes
        if n.handler
    ]
    return "".join([*(_node(diagram, node) for node in nodes), *flows, *undone])


def _flow(flow: Flow) -> str:
    when = f"={flow.fact}"
    inner = _tag("bpmn:conditionExpression", when, xsi__type="bpmn:tFormalExpression") if flow.fact else ""
    name = flow.fact or None
    return _tag("bpmn:sequenceFlow", inner, id=flow.id, name=name, sourceRef=flow.source, targetRef=flow.target)


def _node(diagram: Diagram, node: Node) -> str:
    attributes: dict[str, str | None] = {
        "id": node.id,
        "name": node.id,
        "default": node.default,
        "attachedToRef": node.host,
        "isForCompensation": "true" if node.undoes else None,
        "triggeredByEvent": "true" if node.aside else None,
        "messageRef": f"message_{node.name}" if node.kind == "receiveTask" else None,
    }
    if node.kind == "boundaryEvent" and not node.interrupting:
        attributes["cancelActivity"] = "false"
    if node.kind == "startEvent" and not node.interrupting:
        attributes["isInterrupting"] = "false"
    parts = [_tag("bpmn:documentation", "what it is for"), _extensions(_says(node)), _loop(node)]
    parts += [_level(diagram, node.id)] if node.kind == "subProcess" else []
    parts += [_event(node)] if node.event and node.kind != "receiveTask" else []
    return _tag(f"bpmn:{node.kind}", "".join(parts), **attributes)


def _says(node: Node) -> list[str]:
    """The extension elements of a node."""
    match node.kind:
        case "userTask":
            return [
                "<zeebe:userTask/>",
                _tag("zeebe:formDefinition", formId=FORM),
                _tag("zeebe:assignmentDefinition", candidateGroups=GROUP),
            ]
        case "manualTask":
            return [_tag("zeebe:assignmentDefinition", candidateGroups=GROUP)]
        case "scriptTask":
            name = node.counts
            return [_tag("zeebe:script", expression=f"=if {name} = null then 1 else {name} + 1", resultVariable=name)]
        case "serviceTask" | "sendTask":
            return _served(node)
        case "businessRuleTask":
            return [_tag("zeebe:calledDecision", decisionId=DECISION, resultVariable=node.decides)]
        case "callActivity":
            return _called(node)
    return []


def _served(node: Node) -> list[str]:
    mapping = _tag("zeebe:input", source=f"={node.outcome}", target="outcome") if node.outcome else ""
    return [_tag("zeebe:taskDefinition", type=SERVICE), _tag("zeebe:ioMapping", mapping) if mapping else ""]


def _called(node: Node) -> list[str]:
    call = node.call
    assert call is not None
    called = _tag(
        "zeebe:calledElement",
        processId=call.process,
        propagateAllParentVariables=str(call.reads_outward).lower(),
        propagateAllChildVariables=str(call.returns_all).lower(),
    )
    mapped = [_tag("zeebe:input", source=f"={source}", target=target) for source, target in call.inputs]
    mapped += [_tag("zeebe:output", source=f"={source}", target=target) for source, target in call.outputs]
    return [called, _tag("zeebe:ioMapping", "".join(mapped)) if mapped else ""]


def _loop(node: Node) -> str:
    loop = node.loop
    if loop is None:
        return ""
    said = _tag(
        "zeebe:loopCharacteristics",
        inputCollection=f"={loop.collection}",
        inputElement=loop.element,
        outputCollection=loop.into,
        outputElement=f"={loop.output}" if loop.output else None,
    )
    asked = f"=numberOfCompletedInstances >= {loop.enough}"
    enough = _tag("bpmn:completionCondition", escape(asked), xsi__type="bpmn:tFormalExpression") if loop.enough else ""
    sequential = "true" if loop.sequential else None
    return _tag("bpmn:multiInstanceLoopCharacteristics", _extensions([said]) + enough, isSequential=sequential)


def _event(node: Node) -> str:
    tag, inner, attributes = f"bpmn:{_DEFINITIONS[node.event or '']}", "", {}
    match node.event:
        case "timer" if node.repeats:
            inner = _tag("bpmn:timeCycle", "R/P1D", xsi__type="bpmn:tFormalExpression")
        case "timer":
            inner = _tag("bpmn:timeDuration", "P1D", xsi__type="bpmn:tFormalExpression")
        case "condition":
            inner = _tag("bpmn:condition", f"={node.fact}", xsi__type="bpmn:tFormalExpression")
        case "link":
            attributes["name"] = node.name
        case "compensation":
            attributes["activityRef"] = node.name
        case "terminate":
            pass
        case event:
            attributes[f"{event}Ref"] = f"{event}_{node.name}" if node.name is not None else None
    return _tag(tag, inner, id=f"{node.id}_event", **attributes)
