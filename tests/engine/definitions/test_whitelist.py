"""What the editor shows is what runs: whatever the two would read differently is refused by name."""

from collections.abc import Callable

import pytest

from engine.definitions.check import Report
from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import (
    END,
    START,
    diagram,
    extended,
    flow,
    gateway,
    properties,
    straight,
    timer,
    user_task,
)

Found = Callable[..., list[LintProblem]]
EVIL = 'xmlns:evil="http://evil.example/bpmn"'
TASK = '<bpmn:task id="t" name="t" />'


def test_a_flow_in_a_foreign_namespace_is_refused(found: Found) -> None:
    hidden = f'<evil:sequenceFlow {EVIL} id="x" sourceRef="t" targetRef="end" />'

    (problem,) = found("foreign_element", straight(extended(TASK, hidden)))

    assert problem.severity == "error"
    assert (problem.element_id, problem.line) == ("x", 4)
    assert problem.params["element"] == "evil:sequenceFlow"


def test_a_script_task_hidden_in_extension_elements_is_refused(found: Found) -> None:
    hidden = '<bpmn:scriptTask id="x"><bpmn:script>import os</bpmn:script></bpmn:scriptTask>'

    boxed = found("foreign_element", straight(extended(TASK, f"<evil:box {EVIL}>{hidden}</evil:box>")))
    plain = found("element_misplaced", straight(extended(TASK, hidden)))

    assert boxed[0].params["element"] == "evil:box"
    assert plain[0].element_id == "x"


def test_a_flow_into_the_middle_of_a_sub_process_is_refused(found: Found) -> None:
    sub = (
        '<bpmn:subProcess id="s" name="s"><bpmn:startEvent id="a" /><bpmn:task id="check" name="c" />'
        f'<bpmn:task id="inner" name="i" /><bpmn:endEvent id="b" />{flow("a", "check")}{flow("check", "inner")}'
        f"{flow('inner', 'b')}</bpmn:subProcess>"
    )

    problems = found("flow_crosses_border", diagram(START, sub, END, flow("start", "inner"), flow("s", "end")))

    assert [problem.element_id for problem in problems] == ["start_to_inner"]


def test_a_condition_is_read_as_it_is_shown_without_the_comment_in_it(checked: Callable[..., Report]) -> None:
    xml = diagram(
        START, gateway("g", default="g_to_end"), TASK, END,
        flow("start", "g"), flow("g", "t", "= true<!-- --> and 1 = 2<?x y?>"), flow("g", "end"), flow("t", "end"),
    )  # fmt: skip

    report = checked(xml)

    assert report.bundle is not None
    assert {f.id: f.condition for f in report.bundle.process.flows}["g_to_t"] == "= true and 1 = 2"
    assert b"<!--" not in report.bundle.xml


def test_two_conditions_on_one_flow_are_refused(found: Found) -> None:
    twice = flow("g", "t", "= true</bpmn:conditionExpression><bpmn:conditionExpression>= false")
    xml = diagram(START, gateway("g", default="g_to_end"), TASK, END, flow("start", "g"), twice, flow("g", "end"))

    assert [problem.element_id for problem in found("given_twice", xml)] == ["g_to_t"]


def test_one_id_for_two_things_is_refused(found: Found) -> None:
    xml = diagram(START, user_task("t"), TASK, END, flow("start", "t"), flow("t", "end"))

    assert [problem.element_id for problem in found("duplicate_id", xml)][:1] == ["t"]


def test_a_flow_without_id_is_refused_and_named_by_its_ends(found: Found) -> None:
    xml = diagram(START, END, '<bpmn:sequenceFlow sourceRef="start" targetRef="end" />')

    (problem,) = found("id_missing", xml)

    assert problem.params["name"] == "start → end"


@pytest.mark.parametrize(
    ("part", "attribute"),
    [
        (flow("start", "nowhere"), "targetRef"),
        (flow("nowhere", "end"), "sourceRef"),
        ('<bpmn:sequenceFlow id="f" sourceRef="start" targetRef="p" />', "targetRef"),
        (timer("boundaryEvent", "b", "", attributes='attachedToRef="nowhere"'), "attachedToRef"),
        ('<bpmn:receiveTask id="r" messageRef="nowhere" />', "messageRef"),
        (gateway("g", default="nowhere"), "default"),
        ('<bpmn:association id="a" sourceRef="start" targetRef="nowhere" />', "targetRef"),
        ('<bpmn:group id="gr" categoryValueRef="nowhere" />', "categoryValueRef"),
    ],
)
def test_references_that_lead_nowhere_are_refused(found: Found, part: str, attribute: str) -> None:
    problems = found("reference_unresolved", diagram(START, END, flow("start", "end"), part))

    assert [problem.params["attribute"] for problem in problems] == [attribute]


def test_a_drawing_of_something_that_is_not_there_is_refused(found: Found) -> None:
    xml = straight(TASK).replace(b'bpmnElement="t"', b'bpmnElement="ghost"')

    assert found("reference_unresolved", xml)[0].params["value"] == "ghost"


@pytest.mark.parametrize(
    ("part", "element"),
    [
        ('<bpmn:complexGateway id="x" />', "complexGateway"),
        ('<bpmn:endEvent id="x"><bpmn:cancelEventDefinition /></bpmn:endEvent>', "cancelEventDefinition"),
        ('<bpmn:transaction id="x" />', "transaction"),
        ('<bpmn:adHocSubProcess id="x" />', "adHocSubProcess"),
        ('<bpmn:userTask id="x"><bpmn:standardLoopCharacteristics /></bpmn:userTask>', "standardLoopCharacteristics"),
    ],
)  # fmt: skip
def test_elements_that_are_not_executed_are_refused_by_name(found: Found, part: str, element: str) -> None:
    (problem,) = found("element_not_supported", diagram(START, END, flow("start", "end"), part))

    assert problem.params["tag"] == element
    assert problem.element_id == "x"
    assert problem.params["element"] in problem.text("zh")


@pytest.mark.parametrize("language", ["python", "javascript", "groovy", ""])
def test_scripts_in_other_languages_are_refused(found: Found, language: str) -> None:
    script = f'<bpmn:scriptTask id="s" scriptFormat="{language}"><bpmn:script>import os</bpmn:script></bpmn:scriptTask>'

    problems = found("script_language", straight(script))

    assert {problem.element_id for problem in problems} == {"s"}
    assert "FEEL" in problems[0].text("zh")


@pytest.mark.parametrize(
    ("extension", "code"),
    [
        ('<zeebe:taskHeaders><zeebe:header key="a" value="b" /></zeebe:taskHeaders>', "extension_not_supported"),
        ('<zeebe:executionListeners />', "extension_not_supported"),
        ('<zeebe:formDefinition formKey="x" />', "attribute_not_supported"),
        ('<zeebe:formDefinition formId="x" bindingType="latest" />', "value_not_supported"),
        ('<zeebe:assignmentDefinition reviewers="x" />', "attribute_not_supported"),
        ('<zeebe:script expression="= 1" />', "element_misplaced"),
        (properties(a="1").replace("</", '<zeebe:property name="a" /></'), "property_twice"),
    ],
)  # fmt: skip
def test_extensions_that_are_not_executed_are_refused(found: Found, extension: str, code: str) -> None:
    assert found(code, straight(extended('<bpmn:userTask id="t" name="t" />', extension)))


def test_attributes_of_other_vendors_are_refused_with_element_and_line(found: Found) -> None:
    task = '<bpmn:userTask xmlns:camunda="http://camunda.org/schema/1.0/bpmn"\n id="t" camunda:assignee="${x}" />'

    (problem,) = found("foreign_attribute", straight(task))

    assert (problem.element_id, problem.params["attribute"]) == ("t", "camunda:assignee")
    assert "camunda:assignee" in problem.text("zh")


def test_colours_are_left_out_with_a_note(checked: Callable[..., Report]) -> None:
    colour = b'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:fill="red" id="t_di"'

    report = checked(straight(user_task("t")).replace(b'id="t_di"', colour))

    assert report.bundle is not None
    assert b"bioc" not in report.bundle.xml
    assert {p.severity for p in report.problems if p.code == "attribute_dropped"} == {"style"}


def test_prefixes_of_the_file_do_not_matter(checked: Callable[..., Report]) -> None:
    text = straight(user_task("t")).decode().replace("bpmn:", "").replace("xmlns:bpmn=", "xmlns=")

    report = checked(text.encode())

    assert report.bundle is not None
    assert report.bundle.xml == checked(straight(user_task("t"))).bundle.xml  # type: ignore[union-attr]


def test_stray_text_is_refused(found: Found) -> None:
    assert found("stray_text", straight(TASK).replace(b"<bpmn:task", b"free text<bpmn:task"))


def test_ids_with_quotes_or_brackets_are_refused(found: Found) -> None:
    task = '<bpmn:task id="t&quot;] | //*[&quot;" name="t" />'

    assert found("id_not_valid", diagram(START, task, END))


def test_a_file_with_hundreds_of_problems_says_how_many_more_there_are(checked: Callable[..., Report]) -> None:
    many = "".join(f'<bpmn:inclusiveGateway id="x{n}" />' for n in range(300))

    report = checked(diagram(START, END, flow("start", "end"), many))

    assert len(report.problems) == 201
    assert report.problems[-1].code == "too_many_problems"
