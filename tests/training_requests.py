"""Requests for training that run on version 1, and a version 2 in which one step is another and one is new."""

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import StartCase
from engine.commands.start_migration import StartMigration
from engine.model import Case, Deployment
from tests.api.conftest import example_files
from tests.city import City

PROCESS = "training_request"
DIAGRAM = f"{PROCESS}.bpmn"
GONE, INSTEAD, NEW = "review_request", "recheck_request", "approve_plan"
_STEP = f"""<bpmn:userTask id="{NEW}" name="批准计划"><bpmn:documentation>请批准开班计划。</bpmn:documentation>
  <bpmn:extensionElements><zeebe:userTask/><zeebe:formDefinition formId="training_review"/>
  <zeebe:assignmentDefinition candidateGroups="town_union"/>
  <zeebe:properties><zeebe:property name="name_en" value="Approve the plan"/></zeebe:properties>
  </bpmn:extensionElements><bpmn:incoming>to_confirmation</bpmn:incoming><bpmn:outgoing>to_room</bpmn:outgoing>
</bpmn:userTask>
<bpmn:sequenceFlow id="to_room" sourceRef="{NEW}" targetRef="room_confirmed"/>
"""
_DRAWN = f"""<bpmndi:BPMNShape id="{NEW}_shape" bpmnElement="{NEW}"><dc:Bounds x="730" y="178" width="100" height="80"/>
</bpmndi:BPMNShape><bpmndi:BPMNEdge id="to_room_edge" bpmnElement="to_room"><di:waypoint x="830" y="218"/>
<di:waypoint x="860" y="218"/></bpmndi:BPMNEdge>"""
_EDITS = (
    (GONE, INSTEAD),
    ('name="审核申请"', 'name="复核申请"'),
    ('value="Review the request"', 'value="Check the request again"'),
    ("<bpmn:incoming>to_confirmation</bpmn:incoming>", "<bpmn:incoming>to_room</bpmn:incoming>"),
    ('sourceRef="confirm_plan" targetRef="room_confirmed"', f'sourceRef="confirm_plan" targetRef="{NEW}"'),
    ('<bpmn:intermediateCatchEvent id="room_confirmed"', f'{_STEP}<bpmn:intermediateCatchEvent id="room_confirmed"'),
    ('<dc:Bounds x="760" y="200" width="36"', '<dc:Bounds x="860" y="200" width="36"'),
    ('<dc:Bounds x="900" y="200" width="36"', '<dc:Bounds x="940" y="200" width="36"'),
    ('<di:waypoint x="760" y="218"/>', '<di:waypoint x="730" y="218"/>'),
    ('<di:waypoint x="796" y="218"/>', '<di:waypoint x="896" y="218"/>'),
    ('<di:waypoint x="900" y="218"/>', '<di:waypoint x="940" y="218"/>'),
    ("</bpmndi:BPMNPlane>", f"{_DRAWN}</bpmndi:BPMNPlane>"),
)


def second_diagram() -> bytes:
    text = example_files()[DIAGRAM].decode()
    for old, new in _EDITS:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def three_requests(city: City) -> list[str]:
    """Version 1, two requests that wait for their review, and one whose plan waits to be confirmed."""
    city.deploy(example_files())
    cases = [city.run(StartCase(process=PROCESS, answers=_asked(number)), by="chair") for number in range(3)]
    review = city.task_at(cases[2], GONE)
    city.run(ClaimTask(task_id=review.id), by="town_union")
    city.run(CompleteTask(task_id=review.id, answers={"意见": "同意"}), by="town_union")
    return cases


def second_version(city: City) -> None:
    city.deploy({**example_files(), DIAGRAM: second_diagram()})


def migration(city: City, **more: object) -> str:
    """Ordered by a designer, not yet done; gives the id of the run."""
    plan = {"process": PROCESS, "from_version": 1, "to_version": 2, "reason": "审核改为复核", **more}
    return city.run(StartMigration(**plan), by="designer")  # type: ignore[arg-type]


def versions(city: City, cases: list[str]) -> list[int]:
    """On which version each case runs."""
    numbers = {d.id: d.version for d in city.rows(Deployment, Deployment.process == PROCESS)}
    rows = {case.id: numbers[case.deployment_id] for case in city.rows(Case, Case.id.in_(cases))}
    return [rows[case_id] for case_id in cases]


def _asked(number: int) -> dict[str, object]:
    return {"主题": f"安全生产{number}", "人数": 12, "预算": 2400}
