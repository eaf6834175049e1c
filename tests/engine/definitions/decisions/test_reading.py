"""Graphs as editors write them: read, given ids, written in one way, with their drawing."""

import re
from pathlib import Path

import pytest

from engine.definitions.decisions.decision import Decision
from engine.definitions.decisions.errors import RulesOverlap
from engine.definitions.inspection import inspect
from engine.feel import HostFunction
from tests.engine.definitions.decisions.test_file import VERSIONS
from tests.engine.definitions.tables import decision_file, model, read, table

SAMPLE = (Path(__file__).parents[1] / "samples" / "consultation_team.dmn").read_bytes()
OLD = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"


def named(source: bytes, decision_id: str) -> Decision:
    found = read(source)
    assert found.problems == ()
    return {decision.id: decision for decision in found.decisions}[decision_id]


@pytest.mark.parametrize(("staff", "members", "reserve"), [(30, 3, 0), (100, 3, 1), (220, 5, 1), (9_000, 9, 1)])
def test_a_graph_of_the_editor_answers(staff: int, members: int, reserve: int) -> None:
    team = named(SAMPLE, "team")

    assert team.evaluate({"职工 总数": staff}) == {"members": members, "reserve": reserve}
    assert team.free_names == {"职工 总数"}
    assert team.output_names == ("members", "reserve")


def test_the_drawing_of_a_graph_stays_and_writing_it_again_changes_nothing() -> None:
    once = inspect(SAMPLE, is_diagram=False)

    assert once.problems == ()
    assert once.xml is not None
    assert inspect(once.xml, is_diagram=False).xml == once.xml
    for part in (b"dmndi:DMNShape", b"di:waypoint", b"biodi:width", b"textAnnotation", b"annotationEntry"):
        assert once.xml.count(part) == SAMPLE.count(part) > 0


def without_ids(source: bytes) -> bytes:
    return re.sub(rb' id="(?!team|form|InputData|Business|Knowledge|Text)[^"]*"', b"", source.partition(b"<dmndi")[0])


def test_elements_without_ids_are_given_some_and_answer_the_same() -> None:
    bare = without_ids(SAMPLE) + b"</definitions>"
    inspected = inspect(bare, is_diagram=False)

    assert inspected.xml is not None
    ids = re.findall(rb' id="([^"]*)"', inspected.xml)
    assert len(ids) == len(set(ids)) > 20
    assert inspect(inspected.xml, is_diagram=False).xml == inspected.xml
    assert named(bare, "team").evaluate({"职工 总数": 220}) == {"members": 5, "reserve": 1}


def test_a_decision_without_an_id_gets_its_name_as_one() -> None:
    logic = "<literalExpression><text>1</text></literalExpression>"

    found = read(model(f'<decision name="技能津贴">{logic}</decision><decision name="a b">{logic}</decision>'))

    assert [(decision.id, decision.name) for decision in found.decisions] == [
        ("技能津贴", "技能津贴"),
        ("decision_1", "a b"),
    ]


@pytest.mark.parametrize("namespace", VERSIONS)
def test_a_graph_of_every_version_of_the_standard_is_read_alike(namespace: str) -> None:
    written = SAMPLE.replace(b"https://www.omg.org/spec/DMN/20191111/MODEL/", namespace.encode())

    assert inspect(written, is_diagram=False).xml == inspect(SAMPLE, is_diagram=False).xml


def test_types_of_the_oldest_version_lose_their_prefix() -> None:
    content = (
        '<itemDefinition name="t"><typeRef>feel:string</typeRef></itemDefinition>'
        '<decision id="d" name="d"><variable name="d" typeRef="own:t"/>'
        '<literalExpression typeRef="feel:string"><text>x</text></literalExpression></decision>'
    )
    source = model(content, namespace=OLD)

    inspected = inspect(source, is_diagram=False)

    assert inspected.xml is not None
    assert b"feel:" not in inspected.xml
    assert b"own:" not in inspected.xml
    assert named(source, "d").evaluate({"x": "a"}) == "a"


@pytest.mark.parametrize("orientation", ["Rule-as-Column", "CrossTable"])
def test_the_orientation_of_a_table_only_says_how_it_is_drawn(orientation: str) -> None:
    source = decision_file(table(("1", '"one"'), attributes=f'preferredOrientation="{orientation}"'))

    inspected = inspect(source, is_diagram=False)

    assert inspected.xml == inspect(decision_file(table(("1", '"one"'))), is_diagram=False).xml
    assert [(problem.code, problem.severity) for problem in inspected.problems] == [("attribute_dropped", "style")]


def test_attributes_of_camunda_7_are_left_out_by_name() -> None:
    source = model(
        '<decision id="d" name="d" xmlns:camunda="http://camunda.org/schema/1.0/dmn" camunda:historyTimeToLive="P1D">'
        "<literalExpression><text>1</text></literalExpression></decision>"
    )

    (problem,) = inspect(source, is_diagram=False).problems

    assert (problem.code, problem.params["attribute"]) == ("attribute_without_effect", "camunda:historyTimeToLive")


OLD_DRAWING = """
<decision id="top" name="top"><extensionElements><biodi:bounds x="50" y="60" width="180" height="80" />
  <biodi:edge source="base"><biodi:waypoints x="1" y="2" /><biodi:waypoints x="3" y="4" /></biodi:edge>
  <biodi:edge source="nobody"><biodi:waypoints x="1" y="2" /><biodi:waypoints x="3" y="4" /></biodi:edge>
  </extensionElements><informationRequirement id="arrow"><requiredDecision href="#base"/></informationRequirement>
  <literalExpression><text>base</text></literalExpression></decision>
<decision id="base" name="b"><extensionElements><biodi:bounds x="5" y="6" width="180" height="80" /></extensionElements>
  <literalExpression><text>1</text></literalExpression></decision>
"""


def test_an_old_drawing_becomes_one_of_the_standard() -> None:
    old = model(OLD_DRAWING, namespace=OLD).replace(
        b"<definitions ", b'<definitions xmlns:biodi="http://bpmn.io/schema/dmn/biodi/1.0" ', 1
    )

    inspected = inspect(old, is_diagram=False)

    assert inspected.problems == ()
    assert inspected.xml is not None
    assert re.findall(r'<dmndi:DMN(\w+) dmnElementRef="(\w+)"', inspected.xml.decode()) == [
        ("Shape", "top"),
        ("Shape", "base"),
        ("Edge", "arrow"),
    ]
    assert b'<dc:Bounds x="50" y="60" width="180" height="80" />' in inspected.xml
    assert inspected.xml.count(b"<di:waypoint") == 2
    assert b"extensionElements" not in inspected.xml
    assert inspect(inspected.xml, is_diagram=False).xml == inspected.xml


def test_each_required_decision_is_worked_out_once() -> None:
    calls: list[int] = []
    arrow = '<informationRequirement><requiredDecision href="#{}"/></informationRequirement>'
    both = arrow.format("left") + arrow.format("right")
    shared = arrow.format("shared")

    def deciding(id_: str, content: str, text: str) -> str:
        logic = f"<literalExpression><text>{text}</text></literalExpression>"
        return f'<decision id="{id_}" name="{id_} name">{content}{logic}</decision>'

    top = named(
        model(
            deciding("top", both, "left + right")
            + deciding("left", shared, "shared + 1")
            + deciding("right", shared, "shared name + 2")
            + deciding("shared", "", "count_calls(1)")
        ),
        "top",
    )

    asked = HostFunction("count_calls", ("n",), lambda n: calls.append(1) or n)

    assert top.evaluate({"count_calls": asked}) == 5
    assert calls == [1]


def test_an_error_names_the_decision_in_which_it_happened() -> None:
    base = table(("< 5", "1"), ("> 1", "2"))
    needs = '<informationRequirement><requiredDecision href="#d0"/></informationRequirement>'
    source = decision_file(base, f"{needs}<literalExpression><text>d0</text></literalExpression>")

    with pytest.raises(RulesOverlap) as refusal:
        named(source, "d1").evaluate({"x": 3})

    assert refusal.value.details["decision"] == "d0"
    assert refusal.value.details["rules"] == [1, 2]
