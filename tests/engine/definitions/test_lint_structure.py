"""Tokens: one start, a way to an end from everywhere, no hidden splits and joins."""

from collections.abc import Callable

import pytest

from engine.definitions.check import Report
from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import END, START, diagram, extended, flow, gateway, straight, timer, user_task

Found = Callable[..., list[LintProblem]]
ONE, TWO = user_task("one"), user_task("two")
AND = gateway("fork", kind="parallel")


def places(problems: list[LintProblem]) -> list[str | None]:
    return [problem.element_id for problem in problems]


def test_a_plain_process_can_be_deployed(checked: Callable[..., Report]) -> None:
    report = checked(straight(ONE))

    assert report.deployable
    untranslated = {"name_en_missing", "help_en_missing"}
    assert {problem.code for problem in report.problems} == {"no_stages", "form_missing", *untranslated}


def test_help_for_people_has_english_beside_it(found: Found) -> None:
    english = '<zeebe:properties><zeebe:property name="documentation_en" value="Do it." /></zeebe:properties>'

    assert places(found("help_en_missing", straight(ONE, TWO))) == ["one"]
    assert found("help_en_missing", straight(user_task("one", english), user_task("two", documentation=""))) == []


def test_a_drawing_is_not_executable(found: Found) -> None:
    assert places(found("not_executable", diagram(START, END, flow("start", "end"), executable="false"))) == ["p"]


@pytest.mark.parametrize("count", [0, 2])
def test_every_level_has_exactly_one_start(found: Found, count: int) -> None:
    def starts(level: str) -> str:
        return "".join(f'<bpmn:startEvent id="{level}_{n}" />' for n in range(count))

    sub = f'<bpmn:subProcess id="s" name="s">{starts("s")}<bpmn:endEvent id="e" /></bpmn:subProcess>'

    assert places(found("start_count", diagram(starts("p"), END))) == ["p"]
    assert places(found("start_count", diagram(START, sub, END, flow("start", "s"), flow("s", "end")))) == ["s"]


def test_every_level_has_an_end(found: Found) -> None:
    assert places(found("end_missing", diagram(START, ONE, flow("start", "one")))) == ["p"]


def test_a_step_without_a_way_on_is_refused(found: Found) -> None:
    assert places(found("dead_end", diagram(START, ONE, END, flow("start", "one")))) == ["one"]


def test_unreachable_steps_are_refused_also_in_a_circle_of_their_own(found: Found) -> None:
    circle = flow("one", "two") + flow("two", "one")

    assert places(found("unreachable", diagram(START, ONE, TWO, END, flow("start", "end"), circle))) == ["one", "two"]


def test_a_loop_without_a_way_out_is_refused(found: Found) -> None:
    xml = diagram(START, ONE, TWO, END, gateway("g", default="g_to_end"), flow("start", "g"), flow("g", "end"),
                  flow("g", "one", "= true"), flow("one", "two"), flow("two", "one"))  # fmt: skip

    assert places(found("end_not_reachable", xml)) == ["one", "two"]


def test_a_loop_that_a_clock_breaks_off_is_fine(found: Found) -> None:
    circle = (
        '<bpmn:subProcess id="s" name="s"><bpmn:startEvent id="a" /><bpmn:endEvent id="z" />'
        f"{ONE}{TWO}{gateway('g', kind='parallel')}{flow('a', 'g')}{flow('g', 'one')}{flow('one', 'two')}"
        f"{flow('two', 'one')}{flow('g', 'z')}</bpmn:subProcess>"
    )
    clock = timer("boundaryEvent", "b", "<bpmn:timeDuration>P1Y</bpmn:timeDuration>", attributes='attachedToRef="s"')
    flows = flow("start", "s") + flow("s", "end")

    assert not found("end_not_reachable", diagram(START, circle, clock, END, flows, flow("b", "end")))
    assert places(found("end_not_reachable", diagram(START, circle, END, flows))) == ["one", "two"]


def test_implicit_splits_are_refused_and_implicit_joins_are_named(found: Found) -> None:
    split = diagram(
        START, ONE, TWO, END, flow("start", "one"), flow("one", "two"), flow("one", "end"), flow("two", "end")
    )
    join = diagram(START, gateway("g", default="g_to_one"), ONE, TWO, END, flow("start", "g"), flow("g", "one"),
                   flow("g", "two", "= true"), flow("two", "one"), flow("one", "end"))  # fmt: skip

    assert [(p.element_id, p.severity) for p in found("implicit_split", split)] == [("one", "error")]
    assert [(p.element_id, p.severity) for p in found("implicit_join", join)] == [("one", "warning")]


def test_parallel_ways_that_meet_without_a_parallel_join_are_refused(found: Found) -> None:
    last = user_task("last")
    arms = flow("start", "fork") + flow("fork", "one") + flow("fork", "two") + flow("last", "end")
    merged = diagram(START, AND, ONE, TWO, gateway("m"), last, END, arms,
                     flow("one", "m"), flow("two", "m"), flow("m", "last"))  # fmt: skip
    joined = diagram(START, AND, ONE, TWO, gateway("j", kind="parallel"), last, END, arms,
                     flow("one", "j"), flow("two", "j"), flow("j", "last"))  # fmt: skip

    assert [(p.element_id, p.severity) for p in found("runs_more_than_once", merged)] == [("m", "error")]
    assert not found("runs_more_than_once", joined)


def test_a_reminder_that_flows_back_into_the_main_way_is_named(found: Found) -> None:
    reminder = timer("boundaryEvent", "b", "<bpmn:timeDuration>P1D</bpmn:timeDuration>",
                     attributes='attachedToRef="one" cancelActivity="false"')  # fmt: skip
    xml = diagram(START, ONE, reminder, TWO, END, flow("start", "one"), flow("one", "two"), flow("b", "two"),
                  flow("two", "end"))  # fmt: skip

    assert [(p.element_id, p.severity) for p in found("runs_more_than_once", xml)] == [("two", "warning")]


def test_a_loop_of_automatic_steps_is_named(found: Found) -> None:
    script = extended('<bpmn:scriptTask id="count" name="c" />', '<zeebe:script expression="= {n: n + 1}" />')
    xml = diagram(START, gateway("m"), script, gateway("g", default="g_to_m"), END, flow("start", "m"),
                  flow("m", "count"), flow("count", "g"), flow("g", "m"), flow("g", "end", "= n > 3"))  # fmt: skip

    assert [p.severity for p in found("loop_without_wait", xml)] == ["warning"]
    assert not found("loop_without_wait", xml.replace(b"scriptTask", b"manualTask"))


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (flow("end", "start"), "end_has_outgoing"),
        (flow("one", "start"), "start_has_incoming"),
        ('<bpmn:intermediateCatchEvent id="x" />', "event_without_definition"),
        ('<bpmn:boundaryEvent id="x" attachedToRef="one" />', "event_without_definition"),
    ],
)
def test_events_are_connected_and_defined(found: Found, part: str, code: str) -> None:
    assert found(code, diagram(START, ONE, END, flow("start", "one"), flow("one", "end"), part))


def test_an_event_waits_for_one_thing(found: Found) -> None:
    both = "</bpmn:timerEventDefinition><bpmn:messageEventDefinition messageRef='m' /><bpmn:timerEventDefinition>"
    message = '<bpmn:message id="m" name="m" />'

    assert found("event_definitions", diagram(START, timer("intermediateCatchEvent", "x", both), messages=message))


def test_conditions_stand_on_the_ways_out_of_exclusive_gateways_only(found: Found) -> None:
    xml = diagram(START, ONE, AND, END, TWO, flow("start", "one", "= true"), flow("one", "fork"),
                  flow("fork", "end", "= true"), flow("fork", "two"), flow("two", "end"))  # fmt: skip

    assert places(found("condition_ignored", xml)) == ["start_to_one", "fork_to_end"]


def test_every_way_out_of_an_exclusive_gateway_has_a_condition_or_is_the_default(found: Found) -> None:
    def chosen(default: str | None, *conditions: str | None) -> bytes:
        flows = [flow("g", end, condition) for end, condition in zip(("one", "two"), conditions, strict=True)]
        rest = flow("start", "g") + flow("one", "end") + flow("two", "end")
        return diagram(START, gateway("g", default=default), ONE, TWO, END, *flows, rest)

    assert places(found("condition_missing", chosen(None, None, "= true"))) == ["g_to_one"]
    assert not found("condition_missing", chosen("g_to_one", None, "= true"))
    assert places(found("condition_on_default", chosen("g_to_one", "= true", "= true"))) == ["g_to_one"]
    assert [p.severity for p in found("default_missing", chosen(None, "= true", "= false"))] == ["warning"]
    assert places(found("default_not_outgoing", chosen("start_to_g", "= true", "= true"))) == ["g"]


def test_what_runs_is_drawn(found: Found) -> None:
    unseen = straight(ONE).replace(b'bpmnElement="one"', b'bpmnElement="start"')
    flat = straight(ONE).replace(b'bpmnElement="one" isExpanded="true"><dc:Bounds x="0" y="0" width="100"',
                                 b'bpmnElement="one" isExpanded="true"><dc:Bounds x="0" y="0" width="0"')  # fmt: skip

    assert places(found("not_drawn", unseen)) == places(found("not_drawn", flat)) == ["one"]
    assert places(found("drawn_twice", unseen)) == ["start"]
    assert [p.severity for p in found("drawing_missing", diagram(START, END, flow("start", "end"), drawn=False))] == [
        "warning"
    ]
