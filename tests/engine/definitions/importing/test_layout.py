"""The picture that a file without a drawing gets: everything is in it, nothing lies on something else."""

import itertools
import random

import pytest

from engine.definitions.importing.bench import NODES, SEQUENCE_FLOW, model_of
from engine.definitions.importing.draft import import_diagram
from engine.definitions.importing.layout import Box, picture_of
from tests.engine.definitions.diagrams import END, START, diagram, flow, gateway, user_task
from tests.engine.definitions.importing.conftest import SAMPLES, source_of, tree_of


def process_of(source: bytes):  # type: ignore[no-untyped-def]
    (process,) = tree_of(source).each("bpmn:process")
    return process


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def random_process(seed: int) -> bytes:
    """Steps joined at random, with ways back."""
    chance = random.Random(seed)
    ids = [f"t{n}" for n in range(chance.randint(1, 25))]
    flows = [flow(*pair) for pair in itertools.pairwise(["start", *ids, "end"])]
    extra = [(chance.choice(ids), chance.choice(ids)) for _ in range(chance.randint(0, 20))]
    flows += [f'<bpmn:sequenceFlow id="x{n}" sourceRef="{a}" targetRef="{b}" />' for n, (a, b) in enumerate(extra)]
    return diagram(START, *(chance.choice([user_task, gateway])(i) for i in ids), END, *flows, drawn=False)


@pytest.mark.parametrize("seed", range(40))
def test_no_two_steps_overlap_and_every_flow_is_drawn(seed: int) -> None:
    process = process_of(random_process(seed))

    picture = picture_of(process)

    nodes = {node.id for node in process.children if node.tag in NODES}
    assert picture.boxes.keys() == nodes
    assert picture.edges.keys() == {found.id for found in process.each(SEQUENCE_FLOW)}
    assert not any(overlap(a, b) for a, b in itertools.combinations(picture.boxes.values(), 2))
    assert picture == picture_of(process)


def test_steps_go_from_left_to_right() -> None:
    steps = [user_task("a"), user_task("b")]
    source = diagram(START, *steps, END, flow("start", "a"), flow("a", "b"), flow("b", "end"), flow("b", "a"))

    boxes = picture_of(process_of(source)).boxes

    assert boxes["start"][0] < boxes["a"][0] < boxes["b"][0] < boxes["end"][0]


def test_what_is_inside_lies_inside() -> None:
    inner = (
        '<bpmn:startEvent id="is" /><bpmn:task id="it" /><bpmn:endEvent id="ie" />'
        + flow("is", "it")
        + flow("it", "ie")
    )
    source = diagram(START, f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>', END, flow("start", "sub"))

    boxes = picture_of(process_of(source)).boxes

    left, top, width, height = boxes["sub"]
    for x, y, w, h in (boxes[i] for i in ("is", "it", "ie")):
        assert left <= x <= x + w <= left + width
        assert top <= y <= y + h <= top + height


@pytest.mark.parametrize("name", SAMPLES)
def test_every_step_and_flow_of_a_draft_is_drawn_once(name: str) -> None:
    imported = import_diagram(source_of(name))
    tree = tree_of(imported.xml)
    (process,) = tree.each("bpmn:process")
    running = [node.id for node in model_of(process) if node.tag in NODES or node.tag == SEQUENCE_FLOW]
    shapes = [n.attributes["bpmnElement"] for n in tree.walk() if n.tag in ("bpmndi:BPMNShape", "bpmndi:BPMNEdge")]

    assert len(shapes) == len(set(shapes))
    assert set(running) <= set(shapes)
