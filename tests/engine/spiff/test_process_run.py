"""What SpiffWorkflow gets wrong or does silently, and must not."""

import pytest

from engine.definitions.process import Element, Process
from engine.definitions.process_file import read_process
from engine.spiff.host import NoFlowTaken, RunsInCircles, StepFailed, StepNotWaiting
from engine.spiff.locals import Locals
from engine.spiff.process_run import MAX_AUTOMATIC_STEPS, ProcessRun
from engine.spiff.spec_building import NotExecutable, Specs, build_specs
from engine.spiff.spec_shelf import SpecShelf
from engine.spiff.token_state import UnreadableState

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"


class Recorder:
    """Facts answer conditions; `broken` names the elements that fail."""

    def __init__(self, **facts: bool) -> None:
        self.facts, self.broken, self.performed = facts, set(), []

    def decide(self, expression: str, element_id: str, words: Locals) -> object:
        return self.facts.get(expression.removeprefix("="))

    def perform(self, element_id: str, words: Locals) -> None:
        if element_id in self.broken:
            raise StepFailed(element_id=element_id)
        self.performed.append(element_id)


def _xml(body: str, flows: str) -> bytes:
    """`flows` are words like `a>b` or `a>b?condition`."""
    lines = []
    for number, word in enumerate(flows.split()):
        route, _, condition = word.partition("?")
        source, target = route.split(">")
        when = f"<bpmn:conditionExpression>={condition}</bpmn:conditionExpression>" if condition else ""
        lines.append(
            f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{when}</bpmn:sequenceFlow>'
        )
    process = f'<bpmn:process id="p" isExecutable="true">{body}{"".join(lines)}</bpmn:process>'
    return f'<bpmn:definitions xmlns:bpmn="{BPMN}" id="d" targetNamespace="t">{process}</bpmn:definitions>'.encode()


def _specs(xml: bytes) -> Specs:
    return build_specs(read_process(xml))


def _one(tag: str, id_: str, inner: str = "", **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<bpmn:{tag} id="{id_}"{more}>{inner}</bpmn:{tag}>'


def _line(*parts: str) -> str:
    return _one("startEvent", "begin") + "".join(parts) + _one("endEvent", "finish")


def _waiting(run: ProcessRun) -> list[str]:
    return sorted(step.element_id for step in run.steps)


def _again(run: ProcessRun, specs: object, host: Recorder) -> ProcessRun:
    return ProcessRun.restore(run.dump(), specs, host)


def _complete(run: ProcessRun, element_id: str) -> None:
    run.complete(next(s.id for s in run.steps if s.element_id == element_id))


def _fire(run: ProcessRun, element_id: str) -> None:
    run.fire(next(s.id for s in run.steps if s.element_id == element_id))


LOOP = _line(
    _one("exclusiveGateway", "again"), _one("parallelGateway", "fork"), _one("userTask", "a"), _one("userTask", "b"),
    _one("parallelGateway", "join"), _one("exclusiveGateway", "asked"),
)  # fmt: skip
LOOP_FLOWS = "begin>again again>fork fork>a fork>b a>join b>join join>asked asked>again?more asked>finish?enough"


def test_a_join_in_a_loop_waits_for_both_arms_in_every_round() -> None:
    specs, host = _specs(_xml(LOOP, LOOP_FLOWS)), Recorder(more=True)
    run = ProcessRun.start(specs, host)
    for name in ("a", "b"):
        _complete(run, name)
        run = _again(run, specs, host)

    _complete(run, "b")

    assert _waiting(run) == ["a"]


def test_a_loop_of_a_thousand_rounds_ends_and_its_state_does_not_grow() -> None:
    specs, host = _specs(_xml(LOOP, LOOP_FLOWS)), Recorder(more=True)
    run, sizes = ProcessRun.start(specs, host), []
    for round_number in range(1000):
        host.facts = {"more": round_number < 999, "enough": round_number == 999}
        for name in ("a", "b"):
            _complete(run, name)
            state = run.dump()
            run = ProcessRun.restore(state, specs, host)
        sizes.append(len(state))

    assert run.is_finished
    assert max(sizes[:-1]) <= sizes[5] * 1.1


STAGE = _line(
    _one("subProcess", "stage", _one("startEvent", "s") + _one("userTask", "work") + _one("endEvent", "e")
         + '<bpmn:sequenceFlow id="g1" sourceRef="s" targetRef="work"/><bpmn:sequenceFlow id="g2" sourceRef="work" '
         'targetRef="e"/>'),
    _one("boundaryEvent", "late", TIMER, attachedToRef="stage"),
    _one("boundaryEvent", "remind", TIMER, attachedToRef="stage", cancelActivity="false"),
    _one("userTask", "escalate"), _one("userTask", "chase"), _one("endEvent", "x"), _one("endEvent", "y"),
)  # fmt: skip
STAGE_FLOWS = "begin>stage stage>finish late>escalate escalate>x remind>chase chase>y"


def test_an_interrupting_clock_ends_the_stage_and_everything_in_it() -> None:
    specs, host = _specs(_xml(STAGE, STAGE_FLOWS)), Recorder()
    run = _again(ProcessRun.start(specs, host), specs, host)

    _fire(run, "late")
    run = _again(run, specs, host)

    assert _waiting(run) == ["escalate"]
    assert "stage" not in run.occupied


def test_a_reminding_clock_leaves_the_stage_and_the_other_clock_alone() -> None:
    specs, host = _specs(_xml(STAGE, STAGE_FLOWS)), Recorder()
    run = _again(ProcessRun.start(specs, host), specs, host)

    _fire(run, "remind")
    run = _again(run, specs, host)

    assert _waiting(run) == ["chase", "late", "work"]


def test_work_done_in_time_ends_the_clocks() -> None:
    specs, host = _specs(_xml(STAGE, STAGE_FLOWS)), Recorder()
    run = _again(ProcessRun.start(specs, host), specs, host)

    _complete(run, "work")
    run = _again(run, specs, host)

    assert run.is_finished
    assert _waiting(run) == []


def test_a_case_with_a_reminder_still_being_worked_on_is_not_finished() -> None:
    specs, host = _specs(_xml(STAGE, STAGE_FLOWS)), Recorder()
    run = ProcessRun.start(specs, host)
    _fire(run, "remind")

    _complete(run, "work")

    assert not run.is_finished
    assert _waiting(run) == ["chase"]


SERVICE = _line(_one("serviceTask", "reckon"), _one("userTask", "read"))
SERVICE_FLOWS = "begin>reckon reckon>read read>finish"


def test_a_step_that_failed_keeps_its_token_until_it_is_tried_again() -> None:
    specs, host = _specs(_xml(SERVICE, SERVICE_FLOWS)), Recorder()
    host.broken.add("reckon")
    run = ProcessRun.start(specs, host)
    (failure,) = run.failures
    run = _again(run, specs, host)
    assert _waiting(run) == []
    assert not run.is_finished
    host.broken.clear()

    run.retry(failure.step_id)

    assert _waiting(run) == ["read"]
    assert host.performed == ["reckon"]


def test_a_step_that_did_not_fail_cannot_be_tried_again() -> None:
    specs, host = _specs(_xml(SERVICE, SERVICE_FLOWS)), Recorder()
    run = ProcessRun.start(specs, host)

    with pytest.raises(StepNotWaiting):
        run.retry(run.steps[0].id)


def test_automatic_steps_without_end_are_stopped_and_named() -> None:
    body = _line(_one("exclusiveGateway", "again"), _one("scriptTask", "count"), _one("exclusiveGateway", "asked"))
    flows = "begin>again again>count count>asked asked>again?more asked>finish?enough"
    host = Recorder(more=True)

    run = ProcessRun.start(_specs(_xml(body, flows)), host)

    assert isinstance(run.failures[0].error, RunsInCircles)
    assert len(host.performed) <= MAX_AUTOMATIC_STEPS
    assert not run.is_finished


def test_a_gateway_without_a_true_flow_fails_by_name() -> None:
    body = _line(_one("exclusiveGateway", "asked"), _one("userTask", "a"))
    run = ProcessRun.start(_specs(_xml(body, "begin>asked asked>a?never asked>finish?neither a>finish")), Recorder())

    assert isinstance(run.failures[0].error, NoFlowTaken)
    assert run.failures[0].element_id == "asked"


def test_flows_of_a_gateway_are_tried_as_they_are_written() -> None:
    body = _line(_one("exclusiveGateway", "asked"), _one("userTask", "lower"), _one("userTask", "upper"))
    flows = "begin>asked asked>lower?both asked>upper?both lower>finish upper>finish"
    run = ProcessRun.start(_specs(_xml(body, flows)), Recorder(both=True))

    assert _waiting(run) == ["lower"]


@pytest.mark.parametrize("step_id", ["00" * 16, "nonsense", ""])
def test_completing_a_step_that_does_not_exist_is_refused(step_id: str) -> None:
    run = ProcessRun.start(_specs(_xml(SERVICE, SERVICE_FLOWS)), Recorder())

    with pytest.raises(StepNotWaiting):
        run.complete(step_id)


def test_a_completed_step_cannot_be_completed_again() -> None:
    specs, host = _specs(_xml(SERVICE, SERVICE_FLOWS)), Recorder()
    run = ProcessRun.start(specs, host)
    step_id = run.steps[0].id
    run.complete(step_id)
    run = _again(run, specs, host)

    with pytest.raises(StepNotWaiting):
        run.complete(step_id)


@pytest.mark.parametrize("state", [b"", b"not compressed", b"x\x9c\x8b\x8e\x05\x00\x01\x15\x00\xb9"])
def test_a_damaged_state_is_named_and_builds_nothing(state: bytes) -> None:
    with pytest.raises(UnreadableState):
        ProcessRun.restore(state, _specs(_xml(SERVICE, SERVICE_FLOWS)), Recorder())


def test_what_we_do_not_execute_is_refused() -> None:
    odd = Process("p", "p", elements={"odd": Element("odd", "complexGateway", parent="p")})
    with pytest.raises(NotExecutable):
        build_specs(odd)


def test_all_cases_of_a_diagram_share_its_specs() -> None:
    shelf, process = SpecShelf(diagrams=1), read_process(_xml(SERVICE, SERVICE_FLOWS))

    first = shelf.specs("one", process)

    assert shelf.specs("one", process) is first
    shelf.specs("two", process)
    assert shelf.specs("one", process) is not first
