"""Expressions are FEEL, every name they use is written by somebody, and what a step calls is there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.definitions.check import Report
from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import (
    END,
    START,
    diagram,
    drawn,
    extended,
    flow,
    form,
    gateway,
    properties,
    straight,
    user_task,
)

Found = Callable[..., list[LintProblem]]
TABLE = {"allowance.dmn": (Path(__file__).parent / "samples" / "skill_allowance.dmn").read_bytes()}


def form_file(form_id: str, *keys: str, **more: object) -> dict[str, bytes]:
    fields = [{"type": "textfield", "key": key, "label": key, "id": f"Field_{key}", **more} for key in keys]
    schema = {"id": form_id, "type": "default", "schemaVersion": 19, "components": fields}
    return {f"forms/{form_id}.form": json.dumps(schema).encode()}


def choice(condition: str, *before: str) -> bytes:
    """start → the steps → a gateway with this condition on the way to the task `last`."""
    ids = ["start", *("start" for _ in ())]
    flows = []
    for step in before:
        ids.append(step.split('id="', 1)[1].split('"', 1)[0])
        flows.append(flow(ids[-2], ids[-1]))
    rest = (flow(ids[-1], "g"), flow("g", "end"), flow("g", "last", condition), flow("last", "end"))
    return diagram(START, *before, gateway("g", default="g_to_end"), user_task("last"), END, *flows, *rest)


def script(expression: str, result: str | None = None) -> str:
    result_variable = f' resultVariable="{result}"' if result else ""
    return extended('<bpmn:scriptTask id="s" />', f'<zeebe:script expression="{expression}"{result_variable} />')


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("= 1 +", "feel_syntax"),
        ("= if true then 1", "feel_syntax"),
        ("=", "expression_empty"),
        ("${approved == true}", "expression_language"),
        ("#{bean.ok}", "expression_language"),
        ('= __import__("os").system("id")', "unknown_name"),
        ("= ().__class__", "feel_syntax"),
        ("= lambda: 1", "feel_syntax"),
        ("= a.b", "unknown_name"),
    ],
)
def test_conditions_that_are_not_feel_are_refused_with_the_flow(found: Found, condition: str, code: str) -> None:
    problems = found(code, choice(condition))

    assert {(p.element_id, p.severity) for p in problems} == {("g_to_last", "error")}


def test_a_syntax_error_says_where(found: Found) -> None:
    (problem,) = found("feel_syntax", choice("= 金额 > > 3"))

    assert problem.params["position"] is not None
    assert problem.params["detail"] in problem.text("zh")
    assert problem.params["detail_en"] in problem.text("en")


def test_a_condition_without_an_equals_sign_runs_and_is_named(checked: Callable[..., Report]) -> None:
    report = checked(choice("1 = 1"))

    assert report.deployable
    assert [p.severity for p in report.problems if p.code == "equals_missing"] == ["warning"]


def test_names_may_come_from_every_kind_of_writer(checked: Callable[..., Report]) -> None:
    steps = (
        user_task("fill", form("f") + properties(clock="offer_reply", clock_variable="reply")),
        script("= {from_script: 1, other: 2}"),
        script("= 3", "one_result").replace('id="s"', 'id="s2"'),
        extended('<bpmn:serviceTask id="v" />', '<zeebe:taskDefinition type="notices/send" /><zeebe:ioMapping>'
                 '<zeebe:output source="= count" target="from_service" /></zeebe:ioMapping>'),
        extended('<bpmn:businessRuleTask id="b" />', '<zeebe:calledDecision decisionId="allowance" />'
                 '<zeebe:ioMapping><zeebe:input source="= from_form" target="level" />'
                 '<zeebe:input source="= 7" target="years" /></zeebe:ioMapping>'),
    )  # fmt: skip
    names = (
        "from_form, from_script, other, one_result, from_service, amount, note, reply.due_on, case.number, 今天, 现在"
    )
    rules = Path("rules/yongkang")
    files = {f"rules/{path.name}": path.read_bytes() for path in sorted(rules.glob("*.yml"))}

    report = checked(choice(f"= count([{names}]) > 0", *steps), files | form_file("f", "from_form") | TABLE)

    assert [p for p in report.problems if p.severity == "error"] == []


@pytest.mark.parametrize(
    ("step", "place"),
    [
        (script("= {a: nobody_writes_this}"), "script"),
        (user_task("t", '<zeebe:taskSchedule dueDate="= nobody_writes_this" />'), "due_date"),
        (user_task("t", '<zeebe:priorityDefinition priority="= nobody_writes_this" />'), "priority"),
        (user_task("t", properties(clock="x", clock_start="nobody_writes_this")), "clock_start"),
        (user_task("t", '<zeebe:ioMapping><zeebe:output source="= nobody_writes_this" target="b" /></zeebe:ioMapping>'),
         "output"),
        (extended('<bpmn:serviceTask id="t" />', '<zeebe:taskDefinition type="notices/send" /><zeebe:ioMapping>'
                  '<zeebe:input source="= nobody_writes_this" target="to" /></zeebe:ioMapping>'), "input"),
    ],
)  # fmt: skip
def test_a_name_that_nobody_writes_is_refused_wherever_it_stands(found: Found, step: str, place: str) -> None:
    (problem,) = found("unknown_name", straight(step))

    assert (problem.params["unknown"], problem.params["kind"]) == ("nobody_writes_this", place)


def test_a_mistyped_name_comes_with_a_guess(found: Found) -> None:
    (problem,) = found("unknown_name", choice("= aproved", user_task("t", form("f"))), form_file("f", "approved"))

    assert "approved" in problem.text("zh")
    assert "approved" in problem.text("en")


def test_a_form_may_only_ask_for_names_that_somebody_writes(found: Found) -> None:
    asking = form_file("f", "a", conditional={"hide": "= nobody_writes_this"})

    (problem,) = found("unknown_name_in_form", straight(user_task("t", form("f"))), asking)

    assert (problem.path, problem.params["unknown"]) == ("forms/f.form", "nobody_writes_this")


def test_a_table_may_only_ask_for_names_that_somebody_writes(found: Found) -> None:
    rule = '<zeebe:calledDecision decisionId="allowance" resultVariable="r" />'

    problems = found("unknown_name_in_table", straight(extended('<bpmn:businessRuleTask id="b" />', rule)), TABLE)

    assert {p.params["unknown"] for p in problems} == {"level", "years"}


@pytest.mark.parametrize("name", ["case", "今天", "规则", "people", "documents"])
def test_nothing_overwrites_what_belongs_to_the_system(found: Found, name: str) -> None:
    assert found("reserved_name", straight(script(f"= {{{name}: 1}}")))


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (user_task("t", form("nowhere")), "form_unknown"),
        (extended('<bpmn:serviceTask id="t" />', '<zeebe:taskDefinition type="notices/sned" />'), "service_unknown"),
        ('<bpmn:serviceTask id="t" />', "service_missing"),
        (extended('<bpmn:businessRuleTask id="t" />', '<zeebe:calledDecision decisionId="x" />'), "decision_unknown"),
        ('<bpmn:businessRuleTask id="t" />', "decision_missing"),
        ('<bpmn:scriptTask id="t" />', "script_missing"),
        (script("= 1 + 1"), "script_not_context"),
        (script("= {a: 1}", "b c"), "name_not_plain"),
        (user_task("t", '<zeebe:ioMapping><zeebe:output source="" target="a" /></zeebe:ioMapping>'),
         "mapping_incomplete"),
        (user_task("t", '<zeebe:ioMapping><zeebe:output source="= 1" target="a" />'
                        '<zeebe:output source="= 2" target="a" /></zeebe:ioMapping>'), "mapping_twice"),
    ],
)  # fmt: skip
def test_what_a_step_calls_is_there(found: Found, step: str, code: str) -> None:
    problems = found(code, straight(step))

    assert [p.severity for p in problems] == ["error"]
    assert problems[0].text("zh") != code
    assert problems[0].text("en", "fix") != code


def test_a_form_that_cannot_be_read_is_told_with_its_place_and_hides_no_other_problem(
    checked: Callable[..., Report],
) -> None:
    broken = form_file("f", "a", validate={"pattern": "("})

    report = checked(choice("= nobody_knows", user_task("t", form("f"))), broken)

    codes = {p.code for p in report.problems if p.severity == "error"}
    assert codes == {"form_problem"}


def test_broken_json_and_broken_rules_are_problems_of_those_files(checked: Callable[..., Report]) -> None:
    files = {"forms/f.form": b"{", "rules/clocks.yml": b"clocks: [1"}

    report = checked(straight(user_task("t", form("f"))), files)

    assert {(p.code, p.path) for p in report.problems if p.severity == "error"} == {
        ("form_problem", "forms/f.form"),
        ("rule_problem", "rules/"),
    }


def test_files_that_nothing_uses_are_named(found: Found) -> None:
    assert found("form_unused", straight(user_task("t")), form_file("f", "a"))
    assert found("decision_unused", straight(user_task("t")), TABLE)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("= True", "true"),
        ("= sizeof(case) > 1", "sizeof"),
        ("= count() > 1", "count"),
        ('= contains("a") ', "contains"),
    ],
)
def test_what_can_hardly_be_meant_is_told(found: Found, condition: str, said: str) -> None:
    (doubt,) = found("feel_doubt", decided(condition))

    assert doubt.severity == "warning"
    assert doubt.element_id == "g_to_one"
    assert said in doubt.text("zh")
    assert said in doubt.text("en")


def test_plain_expressions_raise_no_doubt(found: Found) -> None:
    assert not found("feel_doubt", decided('= string length(case.number) > 1 and 今天 > date("2026-01-01")'))


def decided(condition: str) -> bytes:
    return drawn(f"begin -> g / g -> one ? {condition} / g -> two ? default / xor g")
