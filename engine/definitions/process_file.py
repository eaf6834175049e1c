"""Canonical BPMN to `Process`. Nothing is checked here: the door did that before the file was stored."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from lxml import etree

from engine.definitions.bpmn_dialect import BPMN, FLOW_NODES, SHARED
from engine.definitions.process import Called, Element, Flow, Loop, Process, Stage
from engine.definitions.stage_order import in_flow_order

_NODES = frozenset(tag.partition(":")[2] for tag in FLOW_NODES)
_NS = {prefix: uri for uri, prefix in BPMN.prefixes.items()}
_EVENTS = {
    "timerEventDefinition": "timer",
    "messageEventDefinition": "message",
    "signalEventDefinition": "signal",
    "conditionalEventDefinition": "condition",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "linkEventDefinition": "link",
    "compensateEventDefinition": "compensation",
    "terminateEventDefinition": "terminate",
}
_SHARED = {
    "signal": ("signal", "name"),
    "error": ("error_code", "errorCode"),
    "escalation": ("escalation_code", "escalationCode"),
}
_TIMES = (("bpmn:timeDate", "date"), ("bpmn:timeDuration", "duration"), ("bpmn:timeCycle", "cycle"))


def read_process(canonical_xml: bytes, *, origins: Sequence[int] = ()) -> Process:
    """`origins` are the uploaded lines of the canonical lines; without them the canonical lines are told."""
    root = etree.fromstring(canonical_xml, etree.XMLParser(resolve_entities=False, no_network=True))
    return _Reading(root, origins).process()


class _Reading:
    def __init__(self, root: etree._Element, origins: Sequence[int]) -> None:
        self.root = root
        self.origins = origins
        self.top = _one(root, "bpmn:process")
        self.shared = {found.get("id", ""): found for tag in SHARED for found in root.iterfind(tag, _NS)}
        self.defaults = {node.get("default") for node in root.iter() if node.get("default")}
        self.collapsed = {
            shape.get("bpmnElement")
            for shape in root.iterfind(".//bpmndi:BPMNShape", _NS)
            if shape.get("isExpanded") != "true"
        }

    def process(self) -> Process:
        flows = tuple(self._flow(node) for node in self.top.iterfind(".//bpmn:sequenceFlow", _NS))
        elements = {element.id: element for element in self._elements(self.top, stage=None)}
        properties = _properties(self.top)
        return Process(
            key=self.top.get("id", ""),
            name=self.top.get("name") or self.top.get("id", ""),
            name_en=properties.get("name_en", ""),
            documentation=_documentation(self.top),
            documentation_en=properties.get("documentation_en", ""),
            executable=self.top.get("isExecutable") == "true",
            elements=elements,
            flows=flows,
            stages=self._stages(elements, flows=flows),
            start_form=self._start_form(elements),
            number_prefix=properties.get("number_prefix", ""),
            title_from=properties.get("title_from", ""),
            starter_groups=_listed(properties.get("starter_groups")),
            oversight_groups=_listed(properties.get("oversight_groups")),
            guest_groups=_listed(properties.get("guest_groups")),
            party_roles=_pairs(properties.get("party_roles")),
            properties=properties,
            line=self._line(self.top),
        )

    def _start_form(self, elements: Mapping[str, Element]) -> str | None:
        top = self.top.get("id")
        return next((e.form for e in elements.values() if e.type == "startEvent" and e.parent == top and e.form), None)

    def _stages(self, elements: Mapping[str, Element], *, flows: tuple[Flow, ...]) -> tuple[Stage, ...]:
        ordered = in_flow_order(elements, flows=flows, parent=self.top.get("id", ""))
        return tuple(Stage(e.id, e.name, e.name_en) for e in ordered if e.stage == e.id)

    def _elements(self, scope: etree._Element, *, stage: str | None) -> Iterator[Element]:
        for node in scope:
            if _local(node) in _NODES:
                own = stage if scope is not self.top else self._stage(node)
                yield self._element(node, stage=own)
                if _local(node) == "subProcess":
                    yield from self._elements(node, stage=own)

    def _stage(self, node: etree._Element) -> str | None:
        is_stage = _local(node) == "subProcess" and node.get("triggeredByEvent") != "true"
        return node.get("id") if is_stage and node.get("id") not in self.collapsed else None

    def _element(self, node: etree._Element, *, stage: str | None) -> Element:
        properties = _properties(node)
        return Element(
            id=node.get("id", ""),
            type=_local(node),
            name=node.get("name", ""),
            name_en=properties.get("name_en", ""),
            documentation=_documentation(node),
            documentation_en=properties.get("documentation_en", ""),
            parent=node.getparent().get("id", ""),
            stage=stage,
            line=self._line(node),
            properties=properties,
            attached_to=node.get("attachedToRef"),
            default=node.get("default"),
            interrupting="false" not in (node.get("cancelActivity"), node.get("isInterrupting")),
            triggered_by_event=node.get("triggeredByEvent") == "true",
            for_compensation=node.get("isForCompensation") == "true",
            loop=_loop(node),
            called=_called(node),
            **_extensions(node),
            **self._event(node),
        )

    def _event(self, node: etree._Element) -> dict[str, Any]:
        for definition in node:
            kind = _EVENTS.get(_local(definition))
            if kind:
                return {"event": kind, **self._said(kind, definition)}
        reference = node.get("messageRef")
        return {"event": "message", **self._message(reference)} if reference else {}

    def _said(self, kind: str, definition: etree._Element) -> dict[str, Any]:
        """What an event definition says about its event."""
        match kind:
            case "timer":
                return _timer(definition)
            case "message":
                return self._message(definition.get("messageRef"))
            case "condition":
                return {"condition": definition.findtext("bpmn:condition", "", _NS).strip()}
            case "link":
                return {"link": definition.get("name", "")}
            case "compensation":
                return {"activity": definition.get("activityRef"), "handler": self._handler(definition.getparent())}
            case "signal" | "error" | "escalation":
                return self._shared(kind, definition)
        return {}

    def _shared(self, kind: str, definition: etree._Element) -> dict[str, Any]:
        field, attribute = _SHARED[kind]
        found = self.shared.get(definition.get(f"{kind}Ref", ""))
        said = found.get(attribute) if found is not None else None
        return {field: said} if said else {}

    def _message(self, reference: str | None) -> dict[str, Any]:
        message = self.shared.get(reference or "")
        if message is None:
            return {}
        key = _attributes(message, "zeebe:subscription").get("correlationKey")
        return {"message": message.get("name", ""), "correlation_key": key}

    def _handler(self, event: etree._Element | None) -> str | None:
        """An association joins a compensation event with what compensates."""
        own = event.get("id") if event is not None else None
        for association in self.top.iterfind(".//bpmn:association", _NS):
            ends = [association.get("sourceRef"), association.get("targetRef")]
            if own in ends and (other := ends[1 - ends.index(own)]) in self._handlers:
                return other
        return None

    @cached_property
    def _handlers(self) -> set[str | None]:
        """Activities that undo what another did."""
        return {node.get("id") for node in self.top.iter() if node.get("isForCompensation") == "true"}

    def _flow(self, node: etree._Element) -> Flow:
        condition = node.findtext("bpmn:conditionExpression", None, _NS)
        return Flow(
            id=node.get("id", ""),
            source=node.get("sourceRef", ""),
            target=node.get("targetRef", ""),
            name=node.get("name", ""),
            condition=condition.strip() if condition is not None else None,
            is_default=node.get("id") in self.defaults,
            parent=node.getparent().get("id", ""),
            line=self._line(node),
        )

    def _line(self, node: etree._Element) -> int | None:
        return uploaded_line(node, origins=self.origins)


def uploaded_line(node: etree._Element, *, origins: Sequence[int]) -> int:
    line = node.sourceline or 1
    return origins[line - 1] if line <= len(origins) else line


def _extensions(node: etree._Element) -> dict[str, Any]:
    called = _attributes(node, "zeebe:calledDecision")
    script = _attributes(node, "zeebe:script")
    assignment, schedule = _attributes(node, "zeebe:assignmentDefinition"), _attributes(node, "zeebe:taskSchedule")
    return {
        "form": _attributes(node, "zeebe:formDefinition").get("formId"),
        "assignee": assignment.get("assignee"),
        "candidate_groups": _listed(assignment.get("candidateGroups")),
        "candidate_users": assignment.get("candidateUsers"),
        "due_date": schedule.get("dueDate"),
        "follow_up_date": schedule.get("followUpDate"),
        "priority": _attributes(node, "zeebe:priorityDefinition").get("priority"),
        "service": _attributes(node, "zeebe:taskDefinition").get("type"),
        "decision": called.get("decisionId"),
        "script": script.get("expression"),
        "result_variable": called.get("resultVariable") or script.get("resultVariable"),
        "inputs": _mappings(node, "input"),
        "outputs": _mappings(node, "output"),
    }


def _loop(node: etree._Element) -> Loop | None:
    marker = node.find("bpmn:multiInstanceLoopCharacteristics", _NS)
    if marker is None:
        return None
    said = _attributes(marker, "zeebe:loopCharacteristics")
    return Loop(
        collection=said.get("inputCollection", ""),
        element=said.get("inputElement", ""),
        output=said.get("outputElement"),
        output_collection=said.get("outputCollection", ""),
        sequential=marker.get("isSequential") == "true",
        completion=(marker.findtext("bpmn:completionCondition", "", _NS)).strip() or None,
    )


def _called(node: etree._Element) -> Called | None:
    said = _attributes(node, "zeebe:calledElement")
    if not said:
        return None
    returns_all = said.get("propagateAllChildVariables", "true") == "true"
    return Called(said.get("processId", ""), said.get("propagateAllParentVariables", "true") == "true", returns_all)


def _attributes(node: etree._Element, tag: str) -> dict[str, str]:
    found = node.find(f"bpmn:extensionElements/{tag}", _NS)
    return {} if found is None else {str(name): str(value) for name, value in found.attrib.items() if value}


def _mappings(node: etree._Element, kind: str) -> tuple[tuple[str, str], ...]:
    found = node.iterfind(f"bpmn:extensionElements/zeebe:ioMapping/zeebe:{kind}", _NS)
    return tuple((mapping.get("source", ""), mapping.get("target", "")) for mapping in found)


def _properties(node: etree._Element) -> dict[str, str]:
    found = node.iterfind("bpmn:extensionElements/zeebe:properties/zeebe:property", _NS)
    return {prop.get("name", ""): prop.get("value", "").strip() for prop in found}


def _timer(node: etree._Element) -> dict[str, str]:
    for tag, kind in _TIMES:
        source = node.findtext(tag, None, _NS)
        if source is not None:
            return {"timer": source.strip(), "timer_kind": kind}
    return {}


def _documentation(node: etree._Element) -> str:
    return (node.findtext("bpmn:documentation", None, _NS) or "").strip()


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _pairs(text: str | None) -> dict[str, str]:
    pairs = [part.partition("=") for part in _listed(text)]
    return {role.strip(): group.strip() for role, _, group in pairs}


def _one(root: etree._Element, tag: str) -> etree._Element:
    (found,) = root.findall(tag, _NS)
    return found


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname
