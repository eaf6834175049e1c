"""Names of elements are read from the text of a file, whatever shape it is in."""

from engine.definitions.lint_problem import error, style, warning
from web.designer.findings import element_names, grouped, marks

SOURCE = """<process id="p"><userTask name="Ask &amp; wait" id="ask"/>
<task id='single' /><sequenceFlow id="flow" sourceRef="ask"
  targetRef="x" name="yes"/> <broken id="cut" name="""


def test_names_by_id_in_any_order_of_attributes() -> None:
    assert element_names(SOURCE) == {"p": "", "ask": "Ask & wait", "flow": "yes"}


def test_a_long_file_without_an_end_is_read_in_no_time() -> None:
    assert element_names("<a " * 300_000) == {}
    assert element_names('<a id="' + "x" * 1_000_000) == {}


def test_findings_are_grouped_by_urgency_and_marked_on_their_diagram(app) -> None:  # type: ignore[no-untyped-def]
    problems = [style("task_outside_stage", element_id="ask"), warning("x", element_id="ask"), error("y", line=3)]

    with app.test_request_context("/"):
        groups = grouped(problems, {"a.bpmn": SOURCE})

    assert [(group.severity, len(group.findings)) for group in groups] == [("error", 1), ("warning", 1), ("style", 1)]
    assert groups[1].findings[0].element_name == "Ask & wait"
    assert groups[0].findings[0].element_id is None
    assert marks(groups, "a.bpmn") == {"ask": "warning"}
    assert marks(groups, "b.bpmn") == {}
