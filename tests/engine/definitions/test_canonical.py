"""Canonical XML: the same meaning gives the same bytes, twice is once, and the editor can show it."""

import random

import pytest
from lxml import etree

from engine.definitions.inspection import inspect
from engine.definitions.process_file import read_process
from tests.engine.definitions.diagrams import END, START, diagram, extended, flow, gateway, straight, timer, user_task

RICH = diagram(
    extended(START, '<zeebe:formDefinition formId="offer" />'),
    user_task("work", documentation="第一行&#10;  第二行 &lt;b&gt; \t &amp; “引号” &#13;"),
    timer("boundaryEvent", "late", "<bpmn:timeDuration> P15D </bpmn:timeDuration>", attributes='attachedToRef="work"'),
    gateway("g", default="g_to_end"),
    END,
    '<bpmn:textAnnotation id="note"><bpmn:text>说明</bpmn:text></bpmn:textAnnotation>',
    '<bpmn:association id="a" sourceRef="work" targetRef="note" />',
    flow("start", "work"),
    flow("work", "g"),
    flow("g", "work", '= x &lt; 3 and y = "a"'),
    flow("g", "end"),
    flow("late", "end"),
)
FILES = [RICH, straight(user_task("work")), straight(user_task("a"), user_task("b"))]


def canonical(source: bytes) -> bytes:
    inspected = inspect(source, is_diagram=True)
    assert inspected.xml is not None, inspected.problems
    return inspected.xml


@pytest.mark.parametrize("source", FILES)
def test_writing_again_changes_nothing(source: bytes) -> None:
    assert canonical(canonical(source)) == canonical(source)


@pytest.mark.parametrize("seed", range(20))
def test_blank_space_comments_and_the_order_of_attributes_do_not_matter(seed: int) -> None:
    chance = random.Random(seed)
    root = etree.fromstring(RICH)
    for element in root.iter():
        attributes = list(element.attrib.items())
        chance.shuffle(attributes)
        element.attrib.clear()
        element.attrib.update(attributes)
        if len(element):
            element.text = chance.choice(["\n", " \n\t", None])
            element.insert(chance.randrange(len(element) + 1), etree.Comment("x"))

    assert canonical(etree.tostring(root)) == canonical(RICH)


def test_texts_survive_to_the_letter() -> None:
    process = read_process(canonical(RICH))

    assert process.elements["work"].documentation == "第一行\n  第二行 <b> \t & “引号”"
    assert [f.condition for f in process.flows if f.condition] == ['= x < 3 and y = "a"']
    assert process.elements["late"].timer == "P15D"


def test_children_come_in_the_order_of_the_standard() -> None:
    source = straight(user_task("work")).decode()
    head, tail = source.index("<bpmn:documentation>"), source.index("<bpmn:extensionElements><zeebe:assignment")
    documentation = source[head:tail]
    swapped = source.replace(documentation, "").replace("</bpmn:userTask>", documentation + "</bpmn:userTask>")

    assert swapped != source
    assert canonical(swapped.encode()) == canonical(source.encode())


def test_incoming_and_outgoing_say_what_the_flows_say() -> None:
    lying = RICH.replace(
        b'<bpmn:endEvent id="end" />', b'<bpmn:endEvent id="end"><bpmn:incoming>g</bpmn:incoming></bpmn:endEvent>'
    )

    root = etree.fromstring(canonical(lying))

    end = root.find(".//{*}endEvent")
    assert end is not None
    assert [node.text for node in end.findall("{*}incoming")] == ["g_to_end", "late_to_end"]
    assert not end.findall("{*}outgoing")


def test_the_drawing_is_kept() -> None:
    root = etree.fromstring(canonical(RICH))

    assert len(root.findall(".//{*}BPMNShape")) == 5
    assert len(root.findall(".//{*}BPMNEdge")) == 5


def test_lines_of_the_upload_are_remembered() -> None:
    source = RICH.replace(b"<bpmn:endEvent", b"\n\n\n<bpmn:endEvent")
    inspected = inspect(source, is_diagram=True)

    process = read_process(inspected.xml or b"", origins=inspected.origins)

    line = source[: source.index(b"<bpmn:endEvent")].count(b"\n") + 1
    assert process.elements["end"].line == line
    assert process.line == 3


def test_attributes_that_say_the_default_are_left_out() -> None:
    wordy = RICH.replace(b'id="late"', b'id="late" cancelActivity="true" parallelMultiple="false"')

    assert canonical(wordy) == canonical(RICH)
