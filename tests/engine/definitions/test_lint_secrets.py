"""Secret fields reach no notice, no title, no name of a task and no calendar."""

import json
from collections.abc import Callable

import pytest

from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import END, diagram, extended, flow, form, properties, straight, user_task

Found = Callable[..., list[LintProblem]]
CODE = "secret_told"


def asking(**of_salary: str) -> dict[str, bytes]:
    fields = [
        {"type": "textfield", "key": "salary", "label": "工资", "properties": of_salary},
        {"type": "textfield", "key": "day", "label": "日期"},
    ]
    schema = {"id": "ask", "type": "default", "schemaVersion": 19, "components": fields}
    return {"forms/ask.form": json.dumps(schema).encode()}


def notice(text: str) -> str:
    mapped = f'<zeebe:ioMapping><zeebe:input source="= &quot;union&quot;" target="to" /><zeebe:input source="{text}" target="text" /></zeebe:ioMapping>'  # noqa: E501
    return extended(
        '<bpmn:serviceTask id="tell" name="tell" />', f'<zeebe:taskDefinition type="notices/send" />{mapped}'
    )


def telling(text: str, between: str = "") -> bytes:
    steps = [user_task("ask", form("ask")), *([between] if between else []), notice(text)]
    return straight(*steps)


@pytest.mark.parametrize("marked", [{"secret": "yes"}, {"widget": "id_number"}, {"widget": "phone"}])
def test_a_notice_does_not_say_what_is_secret(found: Found, marked: dict[str, str]) -> None:
    [problem] = found(CODE, telling("= &quot;工资：&quot; + salary"), asking(**marked))

    assert (problem.severity, problem.element_id, problem.params["secret"]) == ("error", "tell", "salary")
    assert "通知正文" in problem.text("zh")


def test_what_is_not_marked_may_be_said(found: Found) -> None:
    assert found(CODE, telling("= &quot;工资：&quot; + salary"), asking()) == []
    assert found(CODE, telling("= &quot;日期：&quot; + day"), asking(secret="yes")) == []


@pytest.mark.parametrize(
    "text", ["= if salary = null then &quot;未填&quot; else &quot;已填&quot;", "= string(string length(salary))"]
)
def test_whether_something_is_there_shows_nothing_of_it(found: Found, text: str) -> None:
    assert found(CODE, telling(text), asking(secret="yes")) == []


def test_a_variable_made_of_a_secret_is_one(found: Found) -> None:
    copied = extended(
        '<bpmn:scriptTask id="copy" name="copy" />',
        '<zeebe:script expression="= &quot;每月&quot; + salary" resultVariable="line" />',
    )
    written = extended('<bpmn:scriptTask id="copy" name="copy" />', '<zeebe:script expression="= {line: salary}" />')

    for script in (copied, written):
        assert [p.params["secret"] for p in found(CODE, telling("= line", script), asking(secret="yes"))] == ["line"]


@pytest.mark.parametrize("name", ["meeting_place"])
def test_calendars_and_names_of_tasks_are_looked_at(found: Found, name: str) -> None:
    meet = user_task("meet", properties(**{name: "= salary"}))

    assert [p.element_id for p in found(CODE, straight(user_task("ask", form("ask")), meet), asking(secret="yes"))] == [
        "meet"
    ]


def test_the_title_of_a_case_is_no_secret(found: Found) -> None:
    start = extended('<bpmn:startEvent id="start" />', form("ask"))
    title = '<zeebe:property name="title_from" value="salary" />'
    xml = diagram(start, END, flow("start", "end"), extra=title)

    assert [p.element_id for p in found(CODE, xml, asking(secret="yes"))] == ["p"]
    assert found(CODE, xml, asking()) == []
