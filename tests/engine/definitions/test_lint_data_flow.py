"""What a gateway reads is written on every way to it; nothing reads what is written only later."""

import json
from collections.abc import Callable

import pytest

from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import END, START, diagram, extended, flow, form, form_file, gateway, user_task

Found = Callable[..., list[LintProblem]]
FILES = {"forms/ask.form": form_file("ask", "answer")}
NOT_ALWAYS, TOO_EARLY = "not_always_written", "read_before_written"


def script(task_id: str, text: str) -> str:
    return extended(f'<bpmn:scriptTask id="{task_id}" name="{task_id}" />', f"<zeebe:script expression='{text}' />")


def decision(gateway_id: str, condition: str, *, source: str) -> tuple[str, ...]:
    """A gateway behind `source` whose two ways end."""
    ends = '<bpmn:endEvent id="yes" />', '<bpmn:endEvent id="no" />'
    ways = flow(gateway_id, "yes", condition), flow(gateway_id, "no")
    return gateway(gateway_id, default=f"{gateway_id}_to_no"), *ends, flow(source, gateway_id), *ways


def two_ways(*, kind: str, second: str, condition: str = '= answer = "yes"') -> bytes:
    """Two ways from `split` to `join`, `ask` on one and `second` on the other; then the answer decides."""
    exclusive = kind != "parallel"
    split = gateway("split", kind=kind, default="split_to_other" if exclusive else None)
    ask, other = user_task("ask", form("ask")), second
    ways = flow("split", "ask", "= 1 = 1" if exclusive else None), flow("split", "other")
    join = gateway("join", kind=kind), flow("ask", "join"), flow("other", "join")
    return diagram(
        START, flow("start", "split"), split, ask, other, *ways, *join, *decision("g", condition, source="join")
    )


def test_a_field_that_one_way_does_not_write_is_told_with_that_way(found: Found) -> None:
    problems = found(NOT_ALWAYS, two_ways(kind="exclusive", second=user_task("other")), FILES)

    assert [(p.severity, p.element_id, p.params["unwritten"]) for p in problems] == [("warning", "g_to_yes", "answer")]
    assert "split? → other → join? → g?" in problems[0].text("en")


@pytest.mark.parametrize("kind", ["parallel", "exclusive", "inclusive"])
def test_what_every_way_writes_is_there(found: Found, kind: str) -> None:
    assert found(NOT_ALWAYS, two_ways(kind=kind, second=user_task("other", form("ask"))), FILES) == []


def test_ways_side_by_side_are_both_gone(found: Found) -> None:
    assert found(NOT_ALWAYS, two_ways(kind="parallel", second=user_task("other")), FILES) == []
    assert found(NOT_ALWAYS, two_ways(kind="inclusive", second=user_task("other")), FILES) != []


@pytest.mark.parametrize(
    "condition",
    [
        '= answer != null and answer = "yes"',
        "= answer = null",
        "= answer = true",
        '= 今天 > @"2026-01-01" and answer = "a"',
    ],
)
def test_a_condition_that_reckons_with_nothing_is_left_alone(found: Found, condition: str) -> None:
    xml = two_ways(kind="exclusive", second=user_task("other"), condition=condition)

    assert found(NOT_ALWAYS, xml, FILES) == []


@pytest.mark.parametrize("interrupting", ["true", "false"])
def test_a_boundary_event_knows_only_what_was_there_before(found: Found, interrupting: str) -> None:
    event = (
        f'<bpmn:boundaryEvent id="late" attachedToRef="ask" cancelActivity="{interrupting}"><bpmn:timerEventDefinition>'
        "<bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )
    xml = diagram(
        START, user_task("ask", form("ask")), event, END, flow("start", "ask"), flow("ask", "end"),
        *decision("g", '= answer = "yes"', source="late"),
    )  # fmt: skip

    assert [p.element_id for p in found(NOT_ALWAYS, xml, FILES)] == ["g_to_yes"]


def test_a_sub_process_leaves_what_all_its_ends_have(found: Found) -> None:
    def stage(on_other_way: str) -> bytes:
        inner = (
            '<bpmn:startEvent id="in" />', gateway("way", default="way_to_b"), user_task("a", form("ask")),
            on_other_way, '<bpmn:endEvent id="out_a" />', '<bpmn:endEvent id="out_b" />', flow("in", "way"),
            flow("way", "a", "= 1 = 1"), flow("way", "b"), flow("a", "out_a"), flow("b", "out_b"),
        )  # fmt: skip
        body = f'<bpmn:subProcess id="stage" name="S">{"".join(inner)}</bpmn:subProcess>'
        return diagram(START, body, flow("start", "stage"), *decision("g", '= answer = "yes"', source="stage"))

    assert found(NOT_ALWAYS, stage(user_task("b")), FILES) != []
    assert found(NOT_ALWAYS, stage(user_task("b", form("ask"))), FILES) == []
    assert found(NOT_ALWAYS, stage(script("b", '= {answer: "no"}')), FILES) == []
    assert found(NOT_ALWAYS, stage(script("b", '= if 1 = 1 then {answer: "no"} else {other: 1}')), FILES) != []


def test_a_constant_that_only_the_writer_gives_vouches_for_what_it_wrote(found: Found) -> None:
    asked, skipped = script("done", '= {outcome: "asked"}'), script("other", '= {outcome: "skipped"}')
    parts = [
        START, gateway("split", default="split_to_other"), user_task("ask", form("ask")), asked, skipped,
        gateway("join"), flow("start", "split"), flow("split", "ask", "= 1 = 1"), flow("split", "other"),
        flow("ask", "done"), flow("done", "join"), flow("other", "join"),
        gateway("was_asked", default="was_asked_to_end"), END, flow("join", "was_asked"), flow("was_asked", "end"),
        flow("was_asked", "g", '= outcome = "asked"'),
    ]  # fmt: skip
    ways = decision("g", '= answer = "yes"', source="g")
    ways = tuple(part for part in ways if 'id="g_to_g"' not in part)

    assert found(NOT_ALWAYS, diagram(*parts, *ways), FILES) == []
    parts[4] = script("other", '= {outcome: "asked"}')
    assert [p.element_id for p in found(NOT_ALWAYS, diagram(*parts, *ways), FILES)] == ["g_to_yes"]


def test_a_loop_that_comes_back_knows_only_what_the_first_time_knew(found: Found) -> None:
    xml = diagram(
        START, gateway("again"), gateway("g", default="g_to_ask"), user_task("ask", form("ask")), END,
        flow("start", "again"), flow("again", "g"), flow("g", "end", '= answer = "enough"'), flow("g", "ask"),
        flow("ask", "again"),
    )  # fmt: skip

    assert [p.element_id for p in found(NOT_ALWAYS, xml, FILES)] == ["g_to_end"]


def test_what_is_written_only_later_must_be_fixed(found: Found) -> None:
    later = diagram(
        START, gateway("g", default="g_to_ask"), user_task("ask", form("ask")), END, '<bpmn:endEvent id="yes" />',
        flow("start", "g"), flow("g", "yes", '= answer = "yes"'), flow("g", "ask"), flow("ask", "end"),
    )  # fmt: skip
    [problem] = found(TOO_EARLY, later, FILES)

    assert (problem.severity, problem.element_id) == ("error", "g_to_yes")
    assert "ask" in problem.text("en")
    assert found(NOT_ALWAYS, later, FILES) == []


def test_a_script_that_reads_what_comes_later_is_told(found: Found) -> None:
    def of(first: str, second: str) -> list[LintProblem]:
        parts = START, first, second, END, flow("start", "a"), flow("a", "b"), flow("b", "end")
        return found(TOO_EARLY, diagram(*parts), FILES)

    assert [p.severity for p in of(script("a", "= {x: answer}"), user_task("b", form("ask")))] == ["warning"]
    assert of(user_task("a", form("ask")), script("b", "= {x: answer}")) == []
    assert of(script("a", "= {x: if answer = null then 1 else answer}"), user_task("b", form("ask"))) == []


def test_a_gateway_of_a_called_diagram_may_read_what_its_callers_let_it_see(found: Found) -> None:
    ask = user_task("ask", form("ask"))
    called = '<bpmn:callActivity id="call" name="call"><bpmn:extensionElements><zeebe:calledElement processId="q" /></bpmn:extensionElements></bpmn:callActivity>'  # noqa: E501
    main = diagram(START, ask, called, END, flow("start", "ask"), flow("ask", "call"), flow("call", "end"))
    inner = diagram('<bpmn:startEvent id="s" />', *decision("g", '= answer = "yes"', source="s"))
    inner = inner.replace(b'process id="p"', b'process id="q"').replace(b'bpmnElement="p"', b'bpmnElement="q"')

    assert found(NOT_ALWAYS, main, {**FILES, "q.bpmn": inner}) == []


def test_multi_instance_leaves_its_collection_only(found: Found) -> None:
    def asked_each(condition: str) -> list[LintProblem]:
        loop = (
            "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
            '<zeebe:loopCharacteristics inputCollection="= [1]" inputElement="one" '
            'outputCollection="all" outputElement="= answer" /></bpmn:extensionElements>'
            "</bpmn:multiInstanceLoopCharacteristics>"
        )
        ask = user_task("ask", form("ask")).replace("</bpmn:userTask>", f"{loop}</bpmn:userTask>")
        return found(
            NOT_ALWAYS, diagram(START, ask, flow("start", "ask"), *decision("g", condition, source="ask")), FILES
        )

    assert asked_each("= count(all) &gt; 0") == []


def test_files_that_cannot_be_read_leave_the_check_out(found: Found) -> None:
    files = {**FILES, "forms/broken.form": json.dumps({"id": "broken"}).encode()[:-1]}

    assert found(NOT_ALWAYS, two_ways(kind="exclusive", second=user_task("other")), files) == []


def test_two_diagrams_of_one_name_are_refused_without_more(found: Found) -> None:
    one = two_ways(kind="exclusive", second=user_task("other"))
    other = one.replace(b'answer = "yes"', b'answer = "no"')

    assert [p.path for p in found("process_twice", one, {**FILES, "q.bpmn": other})] == ["q.bpmn"]
    assert [p.path for p in found(NOT_ALWAYS, one, {**FILES, "q.bpmn": other})] == ["p.bpmn"]
