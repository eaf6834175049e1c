"""Somebody can do every task, every deadline has its rule, and everything has a name and a help text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import (
    END,
    START,
    diagram,
    extended,
    flow,
    form,
    form_file,
    gateway,
    properties,
    straight,
    timer,
    user_task,
)

Found = Callable[..., list[LintProblem]]
RULES = {f"rules/{path.name}": path.read_bytes() for path in sorted(Path("rules/yongkang").glob("*.yml"))}


def waiting(time: str, *, extensions: str = "") -> bytes:
    return straight(timer("intermediateCatchEvent", "wait", time, extensions=extensions))


def duration(text: str) -> str:
    return f"<bpmn:timeDuration>{text}</bpmn:timeDuration>"


def test_candidate_groups_are_groups_or_party_roles(found: Found) -> None:
    assert not found("group_unknown", straight(user_task("t", groups="union, chief")))

    (problem,) = found("group_unknown", straight(user_task("t", groups="union, chef")))
    assert problem.params["group"] == "chef"
    assert "chief" in problem.text("zh")


def test_a_role_that_the_process_appoints_may_be_a_candidate(found: Found) -> None:
    appoints = extended(
        '<bpmn:serviceTask id="a" />',
        '<zeebe:taskDefinition type="parties/appoint" /><zeebe:ioMapping>'
        '<zeebe:input source="= &quot;scrutineer&quot;" target="role" /></zeebe:ioMapping>',
    )

    assert not found("group_unknown", straight(appoints, user_task("t", groups="scrutineer")))


def test_groups_of_the_process_itself_exist(found: Found) -> None:
    extra = '<zeebe:property name="oversight_groups" value="nobodies" />'

    assert found("group_unknown", diagram(START, END, flow("start", "end"), extra=extra))[0].element_id == "p"


@pytest.mark.parametrize(("groups", "code"), [("", "candidates_missing"), ("= [1]", "candidates_not_static")])
def test_every_user_task_is_offered_to_somebody(found: Found, groups: str, code: str) -> None:
    assert found(code, straight(user_task("t", groups=groups)))


@pytest.mark.parametrize("other", ["first", "start", "nowhere"])
def test_four_eyes_names_another_user_task(found: Found, other: str) -> None:
    pair = straight(user_task("first", properties(four_eyes=other)), user_task("second"))
    good = straight(user_task("first"), user_task("second", properties(four_eyes="first")))

    assert [p.element_id for p in found("four_eyes_unknown", pair)] == ["first"]
    assert not found("four_eyes_unknown", good)


def test_a_clock_names_a_rule_of_the_rule_pack(found: Found) -> None:
    clock = properties(clock="offer_replies")

    (problem,) = found("clock_unknown", straight(user_task("t", clock)), RULES)

    assert "offer_reply" in problem.text("zh")
    assert not found("clock_unknown", straight(user_task("t", properties(clock="offer_reply"))), RULES)


@pytest.mark.parametrize(
    ("expression", "code"),
    [('期限("offer_replay", 今天)', "clock_unknown_in_text"), ('规则("nonsense")', "setting_unknown")],
)
def test_rules_named_in_expressions_exist(found: Found, expression: str, code: str) -> None:
    due = f"= {expression}".replace('"', "&quot;")

    problems = found(code, straight(user_task("t", f'<zeebe:taskSchedule dueDate="{due}" />')), RULES)

    assert [p.element_id for p in problems] == ["t"]


def test_clocks_stand_on_timers_and_user_tasks_only(found: Found) -> None:
    assert found(
        "property_misplaced", straight(extended('<bpmn:task id="t" />', properties(clock="offer_reply"))), RULES
    )


def test_only_tasks_of_people_are_done_on_the_spot_and_their_forms_take_no_files(found: Found) -> None:
    spot = properties(on_the_spot="= chief")
    assert found("property_misplaced", straight(extended('<bpmn:task id="t" />', spot)), RULES)

    task, plain = straight(user_task("t", form("proof") + spot)), form_file("proof", "picture")
    with_files = plain.replace(b'"textfield"', b'"filepicker"')
    assert with_files != plain
    (problem,) = found("spot_form_with_files", task, {"forms/proof.form": with_files})
    assert problem.element_id == "t"
    assert not found("spot_form_with_files", task, {"forms/proof.form": plain})


@pytest.mark.parametrize(
    ("time", "code"),
    [
        (duration("PT59S"), "timer_bounds"),
        (duration("PT0S"), "timer_bounds"),
        (duration("-P1D"), "timer_bounds"),
        (duration("P11Y"), "timer_bounds"),
        (duration("P999999999M"), "timer_bounds"),
        (duration("P99999999999D"), "timer_unreadable"),
        (duration('= duration("PT1S")'), "timer_bounds"),
        (duration('= duration("P20Y")'), "timer_bounds"),
        (duration("P"), "timer_unreadable"),
        (duration("1D"), "timer_unreadable"),
        (duration("p1d"), "timer_unreadable"),
        (duration("P1DT"), "timer_unreadable"),
        (duration(""), "timer_empty"),
        ("", "timer_empty"),
        ("<bpmn:timeCycle>R/PT0S</bpmn:timeCycle>", "timer_cycle"),
        ("<bpmn:timeCycle>0 0 9 * * MON</bpmn:timeCycle>", "timer_cycle"),
        ("<bpmn:timeDate>tomorrow</bpmn:timeDate>", "timer_unreadable"),
        (duration("${wait}"), "timer_unreadable"),
        (duration("= nobody_writes_this"), "unknown_name"),
    ],
)
def test_timers_that_would_never_or_always_fire_are_refused(found: Found, time: str, code: str) -> None:
    assert [(p.element_id, p.severity) for p in found(code, waiting(time))] == [("wait", "error")]


@pytest.mark.parametrize(
    "time",
    [
        duration("PT1M"),
        duration("P10Y"),
        duration("P1Y2M3W4DT5H6M7S"),
        duration('= duration("P15D")'),
        duration('= 今天 + duration("P15D")'),
        "<bpmn:timeDate>2027-03-01T09:00:00+08:00</bpmn:timeDate>",
        '<bpmn:timeDate>= date("2027-03-01")</bpmn:timeDate>',
    ],
)
def test_usual_timers_pass(found: Found, time: str) -> None:
    codes = ("timer_bounds", "timer_unreadable", "timer_empty", "feel_syntax", "unknown_name")

    assert not any(found(code, waiting(time)) for code in codes)


def test_user_tasks_and_deciding_gateways_have_a_help_text(found: Found) -> None:
    silent = gateway("g", default="g_to_end").replace("<bpmn:documentation>Which way?</bpmn:documentation>", "")
    xml = diagram(START, user_task("t", documentation=" "), silent, END, flow("start", "t"), flow("t", "g"),
                  flow("g", "end"), flow("g", "t", "= true"))  # fmt: skip

    assert [p.element_id for p in found("documentation_missing", xml)] == ["t", "g"]


def test_generated_ids_and_missing_names_are_named(found: Found) -> None:
    nameless = user_task("Activity_0haob58").replace('name="Activity_0haob58"', "")

    assert [(p.element_id, p.severity) for p in found("generated_id", straight(nameless))] == [
        ("Activity_0haob58", "style")
    ]
    assert [(p.element_id, p.severity) for p in found("name_missing", straight(nameless))] == [
        ("Activity_0haob58", "error")
    ]


def test_user_tasks_outside_the_stages_are_named(found: Found) -> None:
    stage = '<bpmn:subProcess id="s" name="s"><bpmn:startEvent id="a" /><bpmn:endEvent id="z" /></bpmn:subProcess>'
    xml = diagram(START, stage, user_task("t"), flow("start", "s"), flow("s", "t"))

    assert [p.element_id for p in found("task_outside_stage", xml)] == ["t"]
