"""Pools, lanes and data can be seen and do nothing: the process that runs is the same with and without them."""

from dataclasses import replace

import pytest

from engine.definitions import drawing_only
from engine.definitions.bpmn_dialect import FLOW_NODES
from engine.definitions.inspection import inspect
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Process
from engine.definitions.process_file import read_process
from tests.engine.definitions.diagrams import END, START, diagram, flow, user_task

FLOWS = flow("start", "work") + flow("work", "end")
LANES = (
    '<bpmn:laneSet id="lanes"><bpmn:lane id="upper" name="工会"><bpmn:flowNodeRef>work</bpmn:flowNodeRef>'
    '<bpmn:childLaneSet id="inner"><bpmn:lane id="innermost" name="主席" /></bpmn:childLaneSet></bpmn:lane>'
    "</bpmn:laneSet>"
)
DATA = (
    '<bpmn:dataObject id="paper" name="申请书" />'
    '<bpmn:dataObjectReference id="shown" name="申请书" dataObjectRef="paper" />'
    '<bpmn:dataStoreReference id="kept" name="档案" dataStoreRef="archive" />'
)
LINES = (
    '<bpmn:dataInputAssociation id="in"><bpmn:sourceRef>shown</bpmn:sourceRef></bpmn:dataInputAssociation>'
    '<bpmn:dataOutputAssociation id="out"><bpmn:targetRef>kept</bpmn:targetRef></bpmn:dataOutputAssociation>'
)
POOLS = (
    '<bpmn:dataStore id="archive" name="档案" /><bpmn:collaboration id="c">'
    '<bpmn:participant id="ours" processRef="p" />'
    '<bpmn:participant id="theirs" name="企业" /><bpmn:messageFlow id="m" sourceRef="theirs" targetRef="work" />'
    "</bpmn:collaboration>"
)
WITH_LINES = user_task("work").replace("</bpmn:userTask>", LINES + "</bpmn:userTask>")
PLAIN = diagram(START, user_task("work"), END, FLOWS)
ADORNED = diagram(LANES, START, WITH_LINES, END, FLOWS, DATA, messages=POOLS)


def without_lines(process: Process) -> Process:
    elements = {i: replace(element, line=None) for i, element in process.elements.items()}
    return replace(
        process, line=None, elements=elements, flows=tuple(replace(flow, line=None) for flow in process.flows)
    )


def read(source: bytes) -> Process:
    inspected = inspect(source, is_diagram=True)
    assert inspected.xml is not None, inspected.problems
    assert inspect(inspected.xml, is_diagram=True).xml == inspected.xml
    return without_lines(read_process(inspected.xml))


def test_the_process_is_the_same_with_and_without() -> None:
    assert read(ADORNED) == read(PLAIN)


def test_everything_stays_in_the_file() -> None:
    xml = inspect(ADORNED, is_diagram=True).xml or b""

    assert [tag for tag in drawing_only.ELEMENTS if f"<{tag}".encode() not in xml] == []


def test_nothing_that_is_only_drawn_is_a_step() -> None:
    assert not drawing_only.ELEMENTS.keys() & set(FLOW_NODES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">work</bpmn:flowNodeRef>", ">nobody</bpmn:flowNodeRef>"),
        (">shown</bpmn:sourceRef>", ">nothing</bpmn:sourceRef>"),
        ('dataObjectRef="paper"', 'dataObjectRef="archive"'),
        ('processRef="p"', 'processRef="q"'),
        ('targetRef="work"', 'targetRef="nobody"'),
    ],
)
def test_what_is_drawn_leads_somewhere(old: str, new: str) -> None:
    assert old in ADORNED.decode()

    inspected = inspect(ADORNED.decode().replace(old, new, 1).encode(), is_diagram=True)

    assert _codes(inspected.problems) == {"reference_unresolved"}


def _codes(problems: tuple[LintProblem, ...]) -> set[str]:
    return {problem.code for problem in problems if problem.severity == "error"}
