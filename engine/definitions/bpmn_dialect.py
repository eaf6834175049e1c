"""The BPMN and Camunda 8 (`zeebe:`) elements that a process file may contain; see docs/diagram-dialect.md."""

from engine.definitions import drawing_only
from engine.definitions.dialect import Allowed, Dialect

_NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "modeler": "http://camunda.org/schema/modeler/1.0",
}

EVENTS = (
    "bpmn:startEvent",
    "bpmn:endEvent",
    "bpmn:intermediateCatchEvent",
    "bpmn:intermediateThrowEvent",
    "bpmn:boundaryEvent",
)
TASKS = (
    "bpmn:task",
    "bpmn:userTask",
    "bpmn:manualTask",
    "bpmn:scriptTask",
    "bpmn:serviceTask",
    "bpmn:businessRuleTask",
    "bpmn:sendTask",
    "bpmn:receiveTask",
)
ACTIVITIES = (*TASKS, "bpmn:subProcess", "bpmn:callActivity")
GATEWAYS = ("bpmn:exclusiveGateway", "bpmn:parallelGateway", "bpmn:inclusiveGateway", "bpmn:eventBasedGateway")
FLOW_NODES = (*EVENTS, *ACTIVITIES, *GATEWAYS)
_FLOW_ELEMENTS = (*FLOW_NODES, "bpmn:sequenceFlow", *drawing_only.DATA)
_ARTIFACTS = ("bpmn:association", "bpmn:group", "bpmn:textAnnotation")
_HEAD = (("bpmn:documentation",), ("bpmn:extensionElements",))
_ENDS = (("bpmn:incoming",), ("bpmn:outgoing",))
_WAITS = (
    "bpmn:timerEventDefinition",
    "bpmn:messageEventDefinition",
    "bpmn:signalEventDefinition",
    "bpmn:conditionalEventDefinition",
)
_FROM_WITHIN = ("bpmn:errorEventDefinition", "bpmn:escalationEventDefinition")
_COMPENSATION, _LINK = "bpmn:compensateEventDefinition", "bpmn:linkEventDefinition"
_SENDS = ("bpmn:messageEventDefinition", "bpmn:signalEventDefinition", "bpmn:escalationEventDefinition", _COMPENSATION)
_ENDS_WITH = (*_SENDS, "bpmn:errorEventDefinition", "bpmn:terminateEventDefinition")
SHARED = ("bpmn:message", "bpmn:signal", "bpmn:error", "bpmn:escalation")
_LOOP = "bpmn:multiInstanceLoopCharacteristics"
_OFFERED = ("zeebe:formDefinition", "zeebe:assignmentDefinition", "zeebe:ioMapping")
_SERVED = ("zeebe:taskDefinition", "zeebe:ioMapping")
_PLATFORM = ("modeler:executionPlatform", "modeler:executionPlatformVersion")
_TIMES = ("bpmn:timeDate", "bpmn:timeDuration", "bpmn:timeCycle")


def _node(*attributes: str, extensions: tuple[str, ...] = (), events: tuple[str, ...] = ()) -> Allowed:
    tail = (*drawing_only.DATA_LINES, events) if events else ()
    return Allowed(("id", "name", *attributes), (*_HEAD, *_ENDS, *tail), (*extensions, "zeebe:properties"))


def _activity(*attributes: str, extensions: tuple[str, ...] = (), parts: tuple[tuple[str, ...], ...] = ()) -> Allowed:
    """A step that may be done once for each of several things, and undone."""
    names = ("id", "name", *attributes, "isForCompensation")
    return Allowed(
        names, (*_HEAD, *_ENDS, *drawing_only.DATA_LINES, (_LOOP,), *parts), (*extensions, "zeebe:properties")
    )


_STEPS = {
    "bpmn:task": _activity(),
    "bpmn:manualTask": _activity(extensions=("zeebe:assignmentDefinition",)),
    "bpmn:userTask": _activity(
        extensions=(
            "zeebe:userTask",
            "zeebe:formDefinition",
            "zeebe:assignmentDefinition",
            "zeebe:taskSchedule",
            "zeebe:priorityDefinition",
            "zeebe:ioMapping",
        )
    ),
    "bpmn:scriptTask": _activity(extensions=("zeebe:script",)),
    "bpmn:serviceTask": _activity(extensions=_SERVED),
    "bpmn:businessRuleTask": _activity(extensions=("zeebe:calledDecision", "zeebe:ioMapping")),
    "bpmn:sendTask": _activity("messageRef", extensions=_SERVED),
    "bpmn:receiveTask": _activity("messageRef", extensions=("zeebe:ioMapping",)),
    "bpmn:callActivity": _activity(extensions=("zeebe:calledElement", "zeebe:ioMapping")),
    "bpmn:subProcess": _activity("triggeredByEvent", parts=(drawing_only.LANES, _FLOW_ELEMENTS, _ARTIFACTS)),
    "bpmn:exclusiveGateway": _node("default"),
    "bpmn:inclusiveGateway": _node("default"),
    "bpmn:parallelGateway": _node(),
    "bpmn:eventBasedGateway": _node(),
    "bpmn:startEvent": _node("isInterrupting", events=(*_WAITS, *_FROM_WITHIN), extensions=_OFFERED),
    "bpmn:endEvent": _node(events=_ENDS_WITH, extensions=_SERVED),
    "bpmn:intermediateCatchEvent": _node(events=(*_WAITS, _LINK), extensions=_OFFERED),
    "bpmn:intermediateThrowEvent": _node(events=(*_SENDS, _LINK), extensions=_SERVED),
    "bpmn:boundaryEvent": _node(
        "cancelActivity", "attachedToRef", events=(*_WAITS, *_FROM_WITHIN, _COMPENSATION), extensions=_OFFERED
    ),
    "bpmn:sequenceFlow": Allowed(
        ("id", "name", "sourceRef", "targetRef"), (*_HEAD, ("bpmn:conditionExpression",)), ("zeebe:properties",)
    ),
}
_EXPRESSION = Allowed(("xsi:type", "id"), text=True)
_FRAME = {
    "bpmn:definitions": Allowed(
        ("id", "name", "targetNamespace", "exporter", "exporterVersion", *_PLATFORM),
        (("bpmn:process", *SHARED, *drawing_only.ROOTS, "bpmn:category"), ("bpmndi:BPMNDiagram",)),
    ),
    "bpmn:process": Allowed(
        ("id", "name", "isExecutable"),
        (*_HEAD, drawing_only.LANES, _FLOW_ELEMENTS, _ARTIFACTS),
        ("zeebe:properties",),
    ),
    "bpmn:documentation": Allowed(("id",), text=True, verbatim=True),
    "bpmn:incoming": Allowed(text=True),
    "bpmn:outgoing": Allowed(text=True),
    "bpmn:conditionExpression": _EXPRESSION,
    "bpmn:timerEventDefinition": Allowed(("id",), (_TIMES,)),
    "bpmn:messageEventDefinition": Allowed(("id", "messageRef")),
    "bpmn:signalEventDefinition": Allowed(("id", "signalRef")),
    "bpmn:errorEventDefinition": Allowed(("id", "errorRef")),
    "bpmn:escalationEventDefinition": Allowed(("id", "escalationRef")),
    "bpmn:conditionalEventDefinition": Allowed(("id",), (("bpmn:condition",),)),
    "bpmn:linkEventDefinition": Allowed(("id", "name")),
    "bpmn:compensateEventDefinition": Allowed(("id", "activityRef")),
    "bpmn:terminateEventDefinition": Allowed(("id",)),
    "bpmn:condition": _EXPRESSION,
    _LOOP: Allowed(
        ("isSequential",), (("bpmn:extensionElements",), ("bpmn:completionCondition",)), ("zeebe:loopCharacteristics",)
    ),
    "bpmn:completionCondition": _EXPRESSION,
    **dict.fromkeys(_TIMES, _EXPRESSION),
    "bpmn:message": Allowed(("id", "name"), (("bpmn:extensionElements",),), ("zeebe:subscription",)),
    "bpmn:signal": Allowed(("id", "name")),
    "bpmn:error": Allowed(("id", "name", "errorCode")),
    "bpmn:escalation": Allowed(("id", "name", "escalationCode")),
    "bpmn:category": Allowed(("id", "name"), (("bpmn:categoryValue",),)),
    "bpmn:categoryValue": Allowed(("id", "value")),
    "bpmn:association": Allowed(("id", "associationDirection", "sourceRef", "targetRef")),
    "bpmn:group": Allowed(("id", "categoryValueRef")),
    "bpmn:textAnnotation": Allowed(("id",), (("bpmn:text",),)),
    "bpmn:text": Allowed(text=True, verbatim=True),
    "bpmn:extensionElements": Allowed(),
}
_ZEEBE = {
    "zeebe:userTask": Allowed(),
    "zeebe:formDefinition": Allowed(("formId", "bindingType")),
    "zeebe:assignmentDefinition": Allowed(("assignee", "candidateGroups", "candidateUsers")),
    "zeebe:taskSchedule": Allowed(("dueDate", "followUpDate")),
    "zeebe:priorityDefinition": Allowed(("priority",)),
    "zeebe:taskDefinition": Allowed(("type",)),
    "zeebe:calledDecision": Allowed(("decisionId", "resultVariable", "bindingType")),
    "zeebe:calledElement": Allowed(
        ("processId", "propagateAllParentVariables", "propagateAllChildVariables", "bindingType")
    ),
    "zeebe:loopCharacteristics": Allowed(("inputCollection", "inputElement", "outputCollection", "outputElement")),
    "zeebe:script": Allowed(("expression", "resultVariable")),
    "zeebe:subscription": Allowed(("correlationKey",)),
    "zeebe:ioMapping": Allowed(children=(("zeebe:input",), ("zeebe:output",))),
    "zeebe:input": Allowed(("source", "target")),
    "zeebe:output": Allowed(("source", "target")),
    "zeebe:properties": Allowed(children=(("zeebe:property",),)),
    "zeebe:property": Allowed(("name", "value")),
}
_DRAWING = {
    "bpmndi:BPMNDiagram": Allowed(("id", "name", "resolution"), (("bpmndi:BPMNPlane",), ("bpmndi:BPMNLabelStyle",))),
    "bpmndi:BPMNPlane": Allowed(("id", "bpmnElement"), (("bpmndi:BPMNShape", "bpmndi:BPMNEdge"),)),
    "bpmndi:BPMNShape": Allowed(
        ("id", "bpmnElement", "isHorizontal", "isExpanded", "isMarkerVisible"), (("dc:Bounds",), ("bpmndi:BPMNLabel",))
    ),
    "bpmndi:BPMNEdge": Allowed(("id", "bpmnElement"), (("di:waypoint",), ("bpmndi:BPMNLabel",))),
    "bpmndi:BPMNLabel": Allowed(("id", "labelStyle"), (("dc:Bounds",),)),
    "bpmndi:BPMNLabelStyle": Allowed(("id",), (("dc:Font",),)),
    "dc:Bounds": Allowed(("x", "y", "width", "height")),
    "dc:Font": Allowed(("name", "size", "isBold", "isItalic", "isUnderline", "isStrikeThrough")),
    "di:waypoint": Allowed(("x", "y")),
}

_FEEL = frozenset({"feel", "FEEL", "https://www.omg.org/spec/DMN/20191111/FEEL/"})
_NUMBER = r"-?\d{1,7}(\.\d{1,20})?([eE]-?\d{1,2})?"
_TRUTH = "true|false"
_SIDES = ("x", "y", "width", "height")

BPMN = Dialect(
    root="bpmn:definitions",
    prefixes={uri: prefix for prefix, uri in _NAMESPACES.items()},
    namespaces=_NAMESPACES,
    elements=_FRAME | _STEPS | _ZEEBE | _DRAWING | drawing_only.ELEMENTS,
    repeatable=frozenset(_FLOW_ELEMENTS + _ARTIFACTS)
    | drawing_only.REPEATABLE
    | {"bpmn:incoming", "bpmn:outgoing", *SHARED, "bpmn:category", "bpmn:categoryValue", "bpmn:process"}
    | {"zeebe:input", "zeebe:output", "zeebe:property", "bpmndi:BPMNDiagram", "bpmndi:BPMNShape", "bpmndi:BPMNEdge"}
    | {"bpmndi:BPMNLabelStyle", "di:waypoint"},
    defaults={
        "isForCompensation": frozenset({"false"}),
        "startQuantity": frozenset({"1"}),
        "completionQuantity": frozenset({"1"}),
        "gatewayDirection": frozenset({"Unspecified", "Converging", "Diverging", "Mixed"}),
        "triggeredByEvent": frozenset({"false"}),
        "instantiate": frozenset({"false"}),
        "parallelMultiple": frozenset({"false"}),
        "isInterrupting": frozenset({"true"}),
        "isSequential": frozenset({"false"}),
        "behavior": frozenset({"All"}),
        "eventGatewayType": frozenset({"Exclusive"}),
        "waitForCompletion": frozenset({"true"}),
        "cancelActivity": frozenset({"true"}),
        "propagateAllParentVariables": frozenset({"true"}),
        "processType": frozenset({"None", "Public", "Private"}),
        "isClosed": frozenset({"false", "true"}),
        "implementation": frozenset({"##WebService", "##unspecified", "##Unspecified"}),
        "textFormat": frozenset({"text/plain"}),
        "expressionLanguage": _FEEL | {"http://www.w3.org/1999/XPath"},
        "typeLanguage": frozenset({"http://www.w3.org/2001/XMLSchema"}),
        "language": _FEEL,
        "isImmediate": frozenset({"true", "false"}),
        "xsi:schemaLocation": frozenset({"*"}),
        "xsi:type": frozenset({"dc:Point", "omgdc:Point"}),
        "isCollection": frozenset({"false"}),
        "isMessageVisible": frozenset({"false"}),
        "documentation": frozenset({""}),
        "sourceElement": frozenset({"*"}),
        "targetElement": frozenset({"*"}),
    },
    values={
        ("bpmn:boundaryEvent", "cancelActivity"): _TRUTH,
        ("bpmn:process", "isExecutable"): _TRUTH,
        ("bpmn:startEvent", "isInterrupting"): "false",
        ("bpmn:subProcess", "triggeredByEvent"): "true",
        (_LOOP, "isSequential"): "true",
        **{(activity, "isForCompensation"): "true" for activity in ACTIVITIES},
        ("zeebe:calledElement", "propagateAllParentVariables"): "false",
        ("zeebe:calledElement", "propagateAllChildVariables"): _TRUTH,
        ("zeebe:calledElement", "bindingType"): "deployment",
        ("bpmn:association", "associationDirection"): "None|One|Both",
        ("zeebe:formDefinition", "bindingType"): "deployment",
        ("zeebe:calledDecision", "bindingType"): "deployment",
        **{("dc:Bounds", name): _NUMBER for name in _SIDES},
        **{("di:waypoint", name): _NUMBER for name in ("x", "y")},
        **{("bpmndi:BPMNShape", name): _TRUTH for name in ("isHorizontal", "isExpanded", "isMarkerVisible")},
    },
    numbers=frozenset((*(("dc:Bounds", name) for name in _SIDES), ("di:waypoint", "x"), ("di:waypoint", "y"))),
    dropped_attributes=frozenset(
        {"zeebe:modelerTemplate", "zeebe:modelerTemplateVersion", "zeebe:modelerTemplateIcon"}
    ),
    dropped_namespaces=frozenset(
        {"http://bpmn.io/schema/bpmn/biocolor/1.0", "http://www.omg.org/spec/BPMN/non-normative/color/1.0"}
    ),
    extension_element="bpmn:extensionElements",
)
