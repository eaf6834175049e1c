"""Small diagrams for tests: elements and flows in, BPMN as a modeller would write it out."""

import json
import re
from itertools import pairwise

from tests.inventory import notation

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
PROPERTIES = (
    '<zeebe:property name="name_en" value="Test" /><zeebe:property name="number_prefix" value="T" />'
    '<zeebe:property name="starter_groups" value="union" />'
    '<zeebe:property name="party_roles" value="chief=union" />'
)
START, END = '<bpmn:startEvent id="start" />', '<bpmn:endEvent id="end" />'


def flow(source: str, target: str, condition: str | None = None, *, name: str = "way") -> str:
    inner = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    return (
        f'<bpmn:sequenceFlow id="{source}_to_{target}" name="{name}" sourceRef="{source}" targetRef="{target}">'
        f"{inner if condition is not None else ''}</bpmn:sequenceFlow>"
    )


def user_task(task_id: str, extensions: str = "", *, groups: str = "union", documentation: str = "Do it.") -> str:
    return (
        f'<bpmn:userTask id="{task_id}" name="{task_id}"><bpmn:documentation>{documentation}</bpmn:documentation>'
        f"<bpmn:extensionElements>{extensions}"
        f'<zeebe:assignmentDefinition candidateGroups="{groups}" /></bpmn:extensionElements></bpmn:userTask>'
    )


def form(form_id: str) -> str:
    return f'<zeebe:formDefinition formId="{form_id}" />'


def properties(**values: str) -> str:
    inner = "".join(f'<zeebe:property name="{name}" value="{value}" />' for name, value in values.items())
    return f"<zeebe:properties>{inner}</zeebe:properties>"


def extended(element: str, extensions: str) -> str:
    """The element (written as `<tag ... />`) with extension elements inside."""
    tag = re.match(r"<([\w:]+)", element).group(1)  # type: ignore[union-attr]
    return f"{element[:-2]}><bpmn:extensionElements>{extensions}</bpmn:extensionElements></{tag}>"


def gateway(gateway_id: str, *, kind: str = "exclusive", default: str | None = None) -> str:
    attribute = f' default="{default}"' if default else ""
    return (
        f'<bpmn:{kind}Gateway id="{gateway_id}" name="{gateway_id}?"{attribute}>'
        f"<bpmn:documentation>Which way?</bpmn:documentation></bpmn:{kind}Gateway>"
    )


def timer(tag: str, event_id: str, time: str, *, attributes: str = "", extensions: str = "") -> str:
    return (
        f'<bpmn:{tag} id="{event_id}" {attributes}><bpmn:extensionElements>{extensions}</bpmn:extensionElements>'
        f"<bpmn:timerEventDefinition>{time}</bpmn:timerEventDefinition></bpmn:{tag}>"
    )


def diagram(*parts: str, messages: str = "", executable: str = "true", extra: str = "", drawn: bool = True) -> bytes:
    """A whole file with one process `p`; every element with an id gets a shape or an edge."""
    body = "".join(parts)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions {NAMESPACES} id="d" targetNamespace="t">\n'
        f'<bpmn:process id="p" name="测试" isExecutable="{executable}"><bpmn:extensionElements>'
        f"<zeebe:properties>{PROPERTIES}{extra}</zeebe:properties></bpmn:extensionElements>\n{body}</bpmn:process>"
        f"{messages}{drawing(body) if drawn else ''}</bpmn:definitions>"
    ).encode()


def drawing(body: str) -> str:
    found = re.findall(r'<bpmn:(\w*(?:Task|Event|Gateway|Process|task)|sequenceFlow) id="([^"]+)"', body)
    shapes = "".join(_edge(i) if tag == "sequenceFlow" else _shape(i) for tag, i in dict.fromkeys(found))
    return (
        '<bpmndi:BPMNDiagram id="drawing"><bpmndi:BPMNPlane id="plane" bpmnElement="p">'
        f"{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )


def _shape(element_id: str) -> str:
    return (
        f'<bpmndi:BPMNShape id="{element_id}_di" bpmnElement="{element_id}" isExpanded="true">'
        '<dc:Bounds x="0" y="0" width="100" height="80" /></bpmndi:BPMNShape>'
    )


def _edge(flow_id: str) -> str:
    return (
        f'<bpmndi:BPMNEdge id="{flow_id}_di" bpmnElement="{flow_id}"><di:waypoint x="0" y="0" />'
        '<di:waypoint x="10" y="0" /></bpmndi:BPMNEdge>'
    )


def straight(*steps: str) -> bytes:
    """start → the steps (elements with an id of their own) → end."""
    ids = ["start", *(re.search(r'id="([^"]+)"', step).group(1) for step in steps), "end"]  # type: ignore[union-attr]
    flows = (flow(source, target) for source, target in pairwise(ids))
    return diagram(START, *steps, END, *flows)


def drawn(text: str) -> bytes:
    """A mini-process in the notation of the inventory, its lines divided by ` / `."""
    return notation.diagram(text.replace(" / ", "\n"), process="p").replace(b'"enterprise_hr"', b'"union"')


def form_file(form_id: str, *keys: str) -> bytes:
    """A form with one text field for each key."""
    fields = [{"type": "textfield", "key": key, "label": key} for key in keys]
    return json.dumps({"id": form_id, "type": "default", "schemaVersion": 19, "components": fields}).encode()
