"""A small process that uses every part of the engine: forms, four eyes, clocks, a message, a service, a loop."""

import json
from typing import Any

_NS = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_TIMER = (
    "<bpmn:timerEventDefinition id='{0}_timer'><bpmn:timeDuration xsi:type='bpmn:tFormalExpression'>{1}"
    "</bpmn:timeDuration></bpmn:timerEventDefinition>"
)


def _node(
    tag: str, id_: str, name: str = "", *, inside: str = "", after: str = "", doc: str = "说明", **more: str
) -> str:
    """`inside` goes into the extension elements, `after` behind them."""
    attributes = "".join(f' {key}="{value}"' for key, value in more.items())
    extra = f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>" if inside else ""
    said = "<bpmn:documentation>说明</bpmn:documentation>"
    return f'<bpmn:{tag} id="{id_}" name="{name or id_}"{attributes}>{said}{extra}{after}</bpmn:{tag}>'


def _task(id_: str, name: str, groups: str, form: str, **properties: str) -> str:
    listed = "".join(f'<zeebe:property name="{k}" value="{v}"/>' for k, v in properties.items())
    inside = (
        f'<zeebe:userTask/><zeebe:formDefinition formId="{form}"/>'
        f'<zeebe:assignmentDefinition candidateGroups="{groups}"/><zeebe:properties>{listed}</zeebe:properties>'
    )
    return _node("userTask", id_, name, inside=inside)


def _timer(id_: str, on: str, *, clock: str = "", duration: str = "P15D", cancel: str = "true") -> str:
    inside = f'<zeebe:properties><zeebe:property name="clock" value="{clock}"/></zeebe:properties>' if clock else ""
    return _node(
        "boundaryEvent", id_, inside=inside, after=_TIMER.format(id_, duration), attachedToRef=on, cancelActivity=cancel
    )


def _flows(words: str) -> str:
    drawn = []
    for word in words.split():
        route, _, condition = word.partition("?")
        source, target = route.split(">")
        when = f"<bpmn:conditionExpression xsi:type='bpmn:tFormalExpression'>={condition}</bpmn:conditionExpression>"
        inner = when if condition else ""
        drawn.append(
            f'<bpmn:sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}">{inner}'
            "</bpmn:sequenceFlow>"
        )
    return "".join(drawn)


_PROPERTIES = {
    "number_prefix": "走访",
    "starter_groups": "enterprise_hr",
    "oversight_groups": "city_union, town_union",
    "party_roles": "planner=enterprise_hr, worker_chief=enterprise_union_officer",
}
_RECKONING = (
    '<zeebe:taskDefinition type="test/reckon"/><zeebe:ioMapping><zeebe:input source="=visit_on" target="on"/>'
    '<zeebe:output source="=cost" target="visit_cost"/></zeebe:ioMapping>'
)
_ROOM = '<zeebe:ioMapping><zeebe:output source="=room" target="room"/></zeebe:ioMapping>'
_MESSAGE = (
    '<bpmn:message id="room" name="room_confirmation"><bpmn:extensionElements><zeebe:subscription '
    'correlationKey="=case.number"/></bpmn:extensionElements></bpmn:message>'
)


def _visiting() -> str:
    """Plan, check by other eyes, again if not approved; then a service and a message. Two clocks beside it."""
    awaited = '<bpmn:messageEventDefinition id="room_message" messageRef="room"/>'
    return "".join(
        [
            _node("startEvent", "visiting_begun"),
            _node("exclusiveGateway", "plan_again"),
            _task("plan_visit", "制定计划", "planner", "visit_plan", clock="filing"),
            _timer("plan_late", "plan_visit", clock="bargaining_soft_target", duration="P60D", cancel="false"),
            _node("endEvent", "lateness_noted"),
            _task("check_plan", "核对计划", "planner, town_union", "visit_check", four_eyes="plan_visit"),
            _timer("check_lapsed", "check_plan", clock="review"),
            _node("exclusiveGateway", "is_approved", "是否同意", default="is_approved_to_plan_again"),
            _node("serviceTask", "reckon", inside=_RECKONING),
            _node("intermediateCatchEvent", "room_confirmed", inside=_ROOM, after=awaited),
            _node("endEvent", "visited"),
            _node("endEvent", "lapsed"),
            _flows(
                "visiting_begun>plan_again plan_again>plan_visit plan_visit>check_plan plan_late>lateness_noted "
                "check_plan>is_approved is_approved>reckon?approved is_approved>plan_again reckon>room_confirmed "
                "room_confirmed>visited check_lapsed>lapsed"
            ),
        ]
    )


def _diagram() -> bytes:
    listed = "".join(f'<zeebe:property name="{k}" value="{v}"/>' for k, v in _PROPERTIES.items())
    body = "".join(
        [
            "<bpmn:documentation>走访</bpmn:documentation>",
            f"<bpmn:extensionElements><zeebe:properties>{listed}</zeebe:properties></bpmn:extensionElements>",
            _node("startEvent", "asked_for", inside='<zeebe:formDefinition formId="visit_request"/>'),
            _node("subProcess", "visiting", "走访", after=_visiting()),
            _node("endEvent", "closed"),
            _flows("asked_for>visiting visiting>closed"),
        ]
    )
    process = f'<bpmn:process id="site_visit" name="走访" isExecutable="true">{body}</bpmn:process>'
    drawn = f'<bpmn:definitions {_NS} id="d" targetNamespace="http://tests">{_MESSAGE}{process}</bpmn:definitions>'
    return drawn.encode()


def _form(id_: str, *components: dict[str, Any]) -> bytes:
    return json.dumps({"id": id_, "type": "default", "schemaVersion": 18, "components": list(components)}).encode()


def _field(key: str, type_: str = "textfield", **more: Any) -> dict[str, Any]:
    return {"id": key, "key": key, "label": key, "type": type_, "validate": {"required": True}, **more}


def visit_files(rules: dict[str, bytes]) -> dict[str, bytes]:
    """The bundle; `rules` are the rule pack's files by their path in the bundle."""
    return {
        "site_visit.bpmn": _diagram(),
        "forms/visit_request.form": _form("visit_request", _field("purpose")),
        "forms/visit_plan.form": _form(
            "visit_plan",
            _field("plan"),
            _field("visit_on", "datetime", subtype="date"),
            _field("sketch", "filepicker", validate={}),
        ),
        "forms/visit_check.form": _form("visit_check", _field("approved", "radio", values=[
            {"label": "同意", "value": True}, {"label": "不同意", "value": False}])),
        **rules,
    }  # fmt: skip
