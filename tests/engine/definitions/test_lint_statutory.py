"""A step of law has its clock, and somebody hears of it when time is over."""

from collections.abc import Callable
from pathlib import Path

from engine.definitions.lint_problem import LintProblem
from tests.engine.definitions.diagrams import END, START, diagram, flow, properties, straight, timer, user_task

Found = Callable[..., list[LintProblem]]
RULES = {
    f"rules/yongkang/{name}.yml": Path(f"rules/yongkang/{name}.yml").read_bytes() for name in ("clocks", "settings")
}
DUE = '<zeebe:taskSchedule dueDate="= 期限(&quot;{rule}&quot;, 今天)" />'
SILENT = "pre_meeting_notice"  # of law, and the rule names nobody who is told


def test_a_step_that_says_it_is_of_law_needs_a_clock(found: Found) -> None:
    alone = straight(user_task("file", properties(statutory="true")))
    with_clock = straight(user_task("file", properties(statutory="true", clock="filing")))

    assert [(p.severity, p.element_id) for p in found("statutory_without_clock", alone, RULES)] == [("warning", "file")]
    assert found("statutory_without_clock", with_clock, RULES) == []


def test_a_clock_around_the_step_is_one(found: Found) -> None:
    inner = '<bpmn:startEvent id="s" />', user_task("file", properties(statutory="true")), '<bpmn:endEvent id="e" />'
    stage = (
        f'<bpmn:subProcess id="stage" name="S">{"".join(inner)}{flow("s", "file")}{flow("file", "e")}</bpmn:subProcess>'
    )
    late = timer(
        "boundaryEvent", "late", "<bpmn:timeDuration>P10D</bpmn:timeDuration>",
        attributes='attachedToRef="stage"', extensions=properties(clock="filing"),
    )  # fmt: skip
    over = '<bpmn:endEvent id="over" />'
    around = START, stage, END, flow("start", "stage"), flow("stage", "end")

    assert found("statutory_without_clock", diagram(*around), RULES) != []
    assert found("statutory_without_clock", diagram(*around, late, over, flow("late", "over")), RULES) == []


def test_a_due_date_of_law_alone_is_no_clock(found: Found) -> None:
    due = straight(user_task("file", DUE.format(rule="filing")))
    both = straight(user_task("file", DUE.format(rule="filing") + properties(clock="filing")))
    own_target = straight(user_task("file", DUE.format(rule="dispatch_closing")))

    assert [p.params["clock"] for p in found("due_date_without_clock", due, RULES)] == ["filing"]
    assert found("due_date_without_clock", both, RULES) == []
    assert found("due_date_without_clock", own_target, RULES) == []


def test_somebody_else_hears_of_a_lapse(found: Found) -> None:
    silent = user_task("send", properties(clock=SILENT))
    late = timer(
        "boundaryEvent", "late", "<bpmn:timeDuration>P7D</bpmn:timeDuration>",
        attributes='attachedToRef="send" cancelActivity="false"', extensions=properties(clock=SILENT),
    )  # fmt: skip
    way = START, silent, END, flow("start", "send"), flow("send", "end")
    drawn = diagram(*way, late, '<bpmn:endEvent id="told" />', flow("late", "told"))

    assert [p.element_id for p in found("overdue_unheard", diagram(*way), RULES)] == ["send"]
    assert found("overdue_unheard", drawn, RULES) == []
    assert found("overdue_unheard", straight(user_task("file", properties(clock="filing"))), RULES) == []


def test_the_mark_stands_on_user_tasks_and_is_true(found: Found) -> None:
    wrong = straight(user_task("file", properties(statutory="yes", clock="filing")))

    assert [p.params["property"] for p in found("return_property_unknown", wrong, RULES)] == ["statutory"]
