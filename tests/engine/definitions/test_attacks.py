"""Known ways to make an engine run what nobody sees, or to run code through a diagram: each is refused by name.

The names of the cases follow our list of attacks: D1 to D8 are files that an editor and an engine read differently,
A1 to A9 what somebody with the right to upload may try. What is merely broken or too large is in `test_upload_door.py`.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from engine.definitions.check import Report, report_on
from engine.definitions.content_hash import content_hash
from engine.definitions.importing.draft import import_diagram
from engine.definitions.inspection import inspect
from engine.definitions.process_file import read_process
from engine.definitions.second_reading import seen_by_process, seen_in
from tests.engine.definitions.conftest import GROUPS, SERVICES
from tests.engine.definitions.diagrams import (
    END,
    START,
    diagram,
    extended,
    flow,
    form,
    gateway,
    straight,
    timer,
    user_task,
)
from tests.engine.definitions.tables import decision_file, table
from tests.engine.definitions.test_upload_door import computing_seconds

EVIL = 'xmlns:evil="urn:evil"'
DECIDE = gateway("g", default="g_to_end")
ROUND = flow("start", "g") + flow("g", "review", "= x") + flow("g", "end") + flow("review", "end")
BOX = "<bpmn:extensionElements>{}</bpmn:extensionElements>"
HIDDEN_FLOW = BOX.format(f'<evil:sequenceFlow {EVIL} id="f" sourceRef="g" targetRef="end" />')
SCRIPT = '<bpmn:scriptTask id="f"><bpmn:script>open("marker", "w")</bpmn:script></bpmn:scriptTask>'
HIDDEN_SCRIPT = BOX.format(f"<evil:box {EVIL}>{SCRIPT}</evil:box>")
INNER = '<bpmn:subProcess id="s" name="s"><bpmn:startEvent id="is" /><bpmn:task id="it" /><bpmn:endEvent id="ie" />'
INNER += flow("is", "it") + flow("it", "ie") + "</bpmn:subProcess>"
TWICE = flow("g", "review", "= x").replace(
    "</bpmn:seq", "<bpmn:conditionExpression>= y</bpmn:conditionExpression></bpmn:seq"
)
DIFFERENT = {
    "D1 a flow hidden in extension elements": (
        diagram(START, DECIDE, user_task("review"), END, ROUND, extra="").replace(
            b'<bpmn:endEvent id="end" />', f'<bpmn:endEvent id="end">{HIDDEN_FLOW}</bpmn:endEvent>'.encode()
        ),
        "foreign_element",
    ),
    "D2 a script task hidden in a foreign box": (
        straight(user_task("review")).replace(
            b'<bpmn:endEvent id="end" />', f'<bpmn:endEvent id="end">{HIDDEN_SCRIPT}</bpmn:endEvent>'.encode()
        ),
        "foreign_element",
    ),
    "D3 a flow into the middle of a sub-process": (
        diagram(START, INNER, END, flow("start", "s"), flow("s", "end"), flow("start", "it")),
        "flow_crosses_border",
    ),
    "D5 two conditions on one flow": (
        diagram(START, DECIDE, user_task("review"), END, ROUND.replace(flow("g", "review", "= x"), TWICE)),
        "given_twice",
    ),
    "D6 a user task and a script task with one id": (
        diagram(START, user_task("x"), '<bpmn:scriptTask id="x" />', END, flow("start", "x"), flow("x", "end")),
        "duplicate_id",
    ),
    "D7 a flow without id": (
        diagram(START, user_task("t"), END, flow("start", "t"), '<bpmn:sequenceFlow sourceRef="t" targetRef="end" />'),
        "id_missing",
    ),
}
CODE = '__import__("os").system("touch marker")'
LOOP = "<bpmn:multiInstanceLoopCharacteristics>{}</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"
MESSAGE = '<bpmn:message id="m" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="= {}" />'
MESSAGE += "</bpmn:extensionElements></bpmn:message>"
QUOTED = CODE.replace('"', "&quot;")


def waiting(definition: str) -> bytes:
    return straight(f'<bpmn:intermediateCatchEvent id="x">{definition}</bpmn:intermediateCatchEvent>')


def looped(inner: str) -> bytes:
    return straight(user_task("x").replace("</bpmn:userTask>", LOOP.format(inner)))


PLACES = {
    "condition": diagram(START, DECIDE, user_task("x"), END, ROUND.replace("review", "x").replace("= x<", f"{CODE}<")),
    "timer duration": straight(timer("intermediateCatchEvent", "x", f"<bpmn:timeDuration>{CODE}</bpmn:timeDuration>")),
    "timer cycle": straight(timer("intermediateCatchEvent", "x", f"<bpmn:timeCycle>= {CODE}</bpmn:timeCycle>")),
    "loop cardinality": looped(f"<bpmn:loopCardinality>{CODE}</bpmn:loopCardinality>"),
    "completion condition": looped(f"<bpmn:completionCondition>= {CODE}</bpmn:completionCondition>"),
    "loop condition": straight(
        user_task("x").replace("</bpmn:userTask>", f"<bpmn:standardLoopCharacteristics><bpmn:loopCondition>{CODE}")
        + "</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:userTask>"
    ),
    "conditional event": waiting(
        f"<bpmn:conditionalEventDefinition><bpmn:condition>= {CODE}</bpmn:condition></bpmn:conditionalEventDefinition>"
    ),
    "correlation key": diagram(
        START,
        '<bpmn:receiveTask id="x" name="x" messageRef="m" />',
        END,
        flow("start", "x"),
        flow("x", "end"),
        messages=MESSAGE.format(QUOTED),
    ),
    "script": straight(
        f'<bpmn:scriptTask id="x" scriptFormat="python"><bpmn:script>{CODE}</bpmn:script></bpmn:scriptTask>'
    ),
    "FEEL script": straight(extended('<bpmn:scriptTask id="x" />', f'<zeebe:script expression="= {QUOTED}" />')),
    "pre-script": straight(
        user_task("x", f'<s:preScript xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core">{CODE}</s:preScript>')
    ),
    "service parameter": straight(
        extended(
            '<bpmn:serviceTask id="x" />',
            '<zeebe:taskDefinition type="notices/send" /><zeebe:ioMapping>'
            f'<zeebe:input source="= {QUOTED}" target="a" /></zeebe:ioMapping>',
        )
    ),
    "due date": straight(user_task("x", f'<zeebe:taskSchedule dueDate="= {QUOTED}" />')),
    "Java class": straight(
        '<bpmn:serviceTask id="x" c:class="java.lang.Runtime" xmlns:c="http://camunda.org/schema/1.0/bpmn" />'
    ),
    "JUEL": diagram(START, DECIDE, user_task("x"), END, ROUND.replace("review", "x").replace("= x<", "${a.b()}<")),
}


def judged(source: bytes, files: Mapping[str, bytes] | None = None) -> Report:
    """As at the door, read in this process."""
    handed_in = {"p.bpmn": source, **(files or {})}
    inspected = {
        path: inspect(found, is_diagram=path.endswith(".bpmn"))
        for path, found in handed_in.items()
        if path.endswith((".bpmn", ".dmn"))
    }
    return report_on(handed_in, inspected=inspected, services=SERVICES, groups=GROUPS)


@pytest.mark.parametrize("name", DIFFERENT)
def test_files_that_two_readers_read_differently_are_refused(name: str) -> None:
    source, code = DIFFERENT[name]
    began = computing_seconds()

    report = judged(source)

    assert code in {problem.code for problem in report.problems if problem.severity == "error"}
    assert not report.deployable
    assert computing_seconds() - began < 2


@pytest.mark.parametrize("name", DIFFERENT)
def test_an_import_of_such_a_file_runs_what_is_shown_or_nothing(name: str) -> None:
    source, _ = DIFFERENT[name]

    imported = import_diagram(source)

    assert imported.xml is not None or imported.refusals
    if imported.xml is not None:
        assert b"evil" not in imported.xml
        assert b"open(" not in imported.xml
        accepted = inspect(imported.xml, is_diagram=True)
        if accepted.xml is not None:
            assert seen_by_process(read_process(accepted.xml)) == frozenset(seen_in(imported.xml))


def test_d4_text_after_a_comment_counts_as_it_is_shown() -> None:
    source = diagram(
        START, DECIDE, user_task("t"), END, ROUND.replace("review", "t").replace("= x", "= true<!-- --> and false")
    )

    inspected = inspect(source, is_diagram=True)

    (condition,) = [flow.condition for flow in read_process(inspected.xml or b"").flows if flow.condition]
    assert condition == "= true and false"


def test_d8_lanes_stay_whatever_was_read_before() -> None:
    lane = '<bpmn:lane id="a" name="工会"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane>'
    lane = f'<bpmn:laneSet id="l">{lane}</bpmn:laneSet>'
    source = diagram(lane, START, user_task("t"), END, flow("start", "t"), flow("t", "end"))

    for _ in range(20):
        inspect(b"<nothing />", is_diagram=True)
        assert "工会".encode() in (inspect(source, is_diagram=True).xml or b"")


@pytest.mark.parametrize("place", PLACES)
def test_a1_a3_code_in_any_place_is_refused_at_its_element(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    began = computing_seconds()

    report = judged(PLACES[place])

    errors = [problem for problem in report.problems if problem.severity == "error"]
    assert errors
    assert {"x", "g_to_x", "m", None} & {problem.element_id for problem in errors}
    assert not report.deployable
    assert not Path("marker").exists()
    assert computing_seconds() - began < 2


@pytest.mark.parametrize("place", PLACES)
def test_a1_a3_an_import_never_makes_code_run(place: str) -> None:
    imported = import_diagram(PLACES[place])

    assert imported.xml is None or b"system(" not in imported.xml or not judged(imported.xml).deployable


def test_a3_code_in_a_decision_table_is_refused() -> None:
    source = decision_file(table((CODE.replace('"', "&quot;"), '"a"')))

    assert not judged(straight(user_task("t")), {"t.dmn": source}).deployable


def test_a3_code_in_a_form_is_refused() -> None:
    hiding = {"hide": f"= {CODE}"}
    field = {"type": "textfield", "key": "k", "id": "i", "label": "l", "conditional": hiding}
    schema = {"type": "default", "schemaVersion": 16, "id": "f", "components": [field]}

    report = judged(straight(user_task("t", form("f"))), {"forms/f.form": json.dumps(schema).encode()})

    assert "forms/f.form" in {problem.path for problem in report.problems if problem.severity == "error"}


def test_a4_what_is_stored_is_what_was_checked(checked: Callable[..., Report]) -> None:
    bundle = checked(straight(user_task("t"))).bundle

    assert bundle is not None
    assert bundle.content_hash == content_hash(bundle.files)
    assert judged(bundle.xml).bundle == bundle


@pytest.mark.parametrize("path", ["run.py", "x.so", "x.pickle", "templates/x.html", "plugin.zip"])
def test_a5_other_kinds_of_files_are_refused(checked: Callable[..., Report], path: str) -> None:
    assert [p.code for p in checked(straight(user_task("t")), {path: b"x"}).problems] == ["file_place"]


def test_a8_after_all_of_them_the_next_upload_works(checked: Callable[..., Report]) -> None:
    for source in [*(found for found, _ in DIFFERENT.values()), *PLACES.values()]:
        judged(source)

    assert checked(straight(user_task("work"))).deployable


@pytest.mark.parametrize("source", [b"<a><script>alert(1)</script>", b"<!DOCTYPE x><script>alert(1)</script>"])
def test_a9_nothing_of_a_broken_file_comes_back_as_markup(source: bytes) -> None:
    said = "".join(p.text(language) for p in judged(source).problems for language in ("zh", "en"))
    said += "".join(p.text(language) for p in import_diagram(source).refusals for language in ("zh", "en"))

    assert said
    assert "<" not in said


@pytest.mark.parametrize("time", ["P999999999M", "P99999999999D", "PT0S", "P999Y"])
def test_times_without_an_end_are_refused(time: str) -> None:
    source = straight(timer("intermediateCatchEvent", "x", f"<bpmn:timeDuration>{time}</bpmn:timeDuration>"))

    assert {"timer_bounds", "timer_unreadable"} & {p.code for p in judged(source).problems if p.element_id == "x"}
