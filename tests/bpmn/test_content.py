"""What every process file in `bpmn/` keeps to beyond the deploy check: names, help, people, dates, drawing, stories.

A folder holds one main diagram, named like the folder, and the diagrams that it calls.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree

from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.check import Report, check_bundle
from engine.groups import GROUPS
from playing.scenario_file import scenarios
from services import SERVICES
from tests.architecture.source_tree import ROOT

NAMES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
}
BPMN = f"{{{NAMES['bpmn']}}}"
PROCESSES = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
FOLDERS = sorted({path.parent for path in PROCESSES})
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
CHINESE = re.compile("[一-鿿]")
GAP = 8  # pixels that two shapes keep between them

every_diagram = pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.stem)
every_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@dataclass(frozen=True)
class Box:
    """Where a shape or a label is drawn."""

    id: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", *, gap: float = 0) -> bool:
        apart = self.right + gap <= other.left or other.right + gap <= self.left
        return not (apart or self.bottom + gap <= other.top or other.bottom + gap <= self.top)

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def is_crossed(self, one: tuple[float, float], other: tuple[float, float]) -> bool:
        """By a line that is level or upright; touching the edge is not crossing."""
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        return (
            left < self.right - 1 and self.left + 1 < right + 1 and top < self.bottom - 1 and self.top + 1 < bottom + 1
        )


class Diagram:
    """One process file as it is written."""

    def __init__(self, path: Path) -> None:
        self.root = etree.parse(path).getroot()
        (self.process,) = self.root.findall("bpmn:process", NAMES)
        self.nodes = [
            n for n in self.process.iter() if isinstance(n.tag, str) and n.tag.startswith(BPMN) and n.get("id")
        ]
        self.flows = [n for n in self.nodes if n.tag == BPMN + "sequenceFlow"]
        self.steps = [n for n in self.nodes if _is_step(n)]
        self.boxes = {box.id: box for box in self._boxes()}

    def each(self, tag: str) -> Iterator[etree._Element]:
        return (node for node in self.steps if node.tag == BPMN + tag)

    def parent(self, node: etree._Element) -> str:
        return node.getparent().get("id")

    def lines(self) -> Mapping[str, list[tuple[float, float]]]:
        edges = self.root.iterfind(".//bpmndi:BPMNEdge", NAMES)
        return {
            edge.get("bpmnElement"): [
                (float(p.get("x")), float(p.get("y"))) for p in edge.iterfind("di:waypoint", NAMES)
            ]
            for edge in edges
        }

    def labels(self) -> list[Box]:
        drawn = self.root.xpath(".//bpmndi:BPMNLabel[dc:Bounds]", namespaces=NAMES)
        return [_box(label.getparent().get("bpmnElement"), label) for label in drawn]

    def _boxes(self) -> Iterator[Box]:
        for shape in self.root.iterfind(".//bpmndi:BPMNShape", NAMES):
            yield _box(shape.get("bpmnElement"), shape)


def _is_step(node: etree._Element) -> bool:
    kind = etree.QName(node).localname
    return kind.endswith(("Task", "Gateway", "Event")) or kind in ("task", "subProcess", "callActivity")


def _box(name: str, around: etree._Element) -> Box:
    bounds = around.find("dc:Bounds", NAMES)
    left, top, width, height = (float(bounds.get(k)) for k in ("x", "y", "width", "height"))
    return Box(name, left, top, left + width, top + height)


def properties(node: etree._Element) -> dict[str, str]:
    found = node.iterfind("bpmn:extensionElements/zeebe:properties/zeebe:property", NAMES)
    return {prop.get("name"): prop.get("value") for prop in found}


def extension(node: etree._Element, tag: str) -> etree._Element | None:
    return node.find(f"bpmn:extensionElements/zeebe:{tag}", NAMES)


@cache
def diagram(path: Path) -> Diagram:
    return Diagram(path)


def diagrams(folder: Path) -> dict[str, Diagram]:
    """All diagrams of a process by their names; the main one has the name of the folder."""
    return {path.stem: diagram(path) for path in PROCESSES if path.parent == folder}


@cache
def report(folder: Path) -> Report:
    return check_bundle(bundle_files(folder), services=SERVICES.keys(), groups=GROUPS)


def waiting_starts(drawn: Diagram) -> list[etree._Element]:
    """Events by which people start something whenever they want to."""
    events = [n for n in drawn.steps if n.find("bpmn:messageEventDefinition", NAMES) is not None]
    return [n for n in events if extension(n, "formDefinition") is not None]


@every_folder
def test_a_process_can_be_deployed(folder: Path) -> None:
    assert [(p.code, p.element_id, dict(p.params)) for p in report(folder).problems if p.severity == "error"] == []


@every_folder
def test_the_main_diagram_is_named_like_its_folder_and_called_ones_like_their_files(folder: Path) -> None:
    assert {name: drawn.process.get("id") for name, drawn in diagrams(folder).items()} == {
        name: name for name in diagrams(folder)
    }
    assert folder.name in diagrams(folder)


@every_folder
def test_an_id_stands_for_one_thing_in_all_diagrams_of_a_process(folder: Path) -> None:
    ids = Counter(n.get("id") for drawn in diagrams(folder).values() for n in drawn.nodes)

    assert [name for name, count in ids.items() if count > 1] == []


@every_diagram
def test_ids_say_what_the_diagram_says_in_snake_case(path: Path) -> None:
    assert [node.get("id") for node in diagram(path).nodes if not SNAKE.match(node.get("id"))] == []


@every_diagram
def test_user_tasks_and_gateways_have_help_in_chinese(path: Path) -> None:
    drawn = diagram(path)
    helped = [n for n in drawn.steps if etree.QName(n).localname.endswith(("userTask", "Gateway"))]
    helped += waiting_starts(drawn)

    assert [n.get("id") for n in helped if not CHINESE.search(n.findtext("bpmn:documentation", "", NAMES))] == []


@every_diagram
def test_everything_with_a_name_has_one_in_chinese_and_one_in_english(path: Path) -> None:
    drawn = diagram(path)
    named = [n for n in (*drawn.steps, *drawn.flows) if n.get("name")]

    assert [n.get("id") for n in named if not CHINESE.search(n.get("name"))] == []
    assert [n.get("id") for n in (*named, *drawn.steps, drawn.process) if not properties(n).get("name_en")] == []


@every_diagram
def test_only_joining_gateways_have_no_name(path: Path) -> None:
    drawn = diagram(path)
    nameless = [n.get("id") for n in drawn.steps if not n.get("name")]
    deciding = {n.get("id") for n in drawn.each("exclusiveGateway") if len(n.findall("bpmn:outgoing", NAMES)) > 1}

    assert [i for i in nameless if i in deciding or not _is_gateway(drawn, i)] == []


def _is_gateway(drawn: Diagram, element_id: str) -> bool:
    return any(n.get("id") == element_id and n.tag.endswith("Gateway") for n in drawn.steps)


@every_diagram
def test_every_user_task_has_a_form_people_and_a_due_date(path: Path) -> None:
    tasks = list(diagram(path).each("userTask"))
    offered = [*tasks, *waiting_starts(diagram(path))]
    forms = {form.stem for form in (ROOT / "forms" / path.parent.name).glob("*.form")}

    assert [t.get("id") for t in offered if extension(t, "formDefinition").get("formId") not in forms] == []
    people = {t.get("id"): extension(t, "assignmentDefinition").attrib for t in offered}
    assert [
        name for name, named in people.items() if not set(named.keys()) & {"candidateGroups", "candidateUsers"}
    ] == []
    dated = [t for t in tasks if extension(t, "taskSchedule") is not None or "clock" in properties(t)]
    assert [t.get("id") for t in tasks if t not in dated] == []


@every_folder
def test_every_form_of_the_process_is_used(folder: Path) -> None:
    roots = [drawn.root for drawn in diagrams(folder).values()]
    used = {form.get("formId") for root in roots for form in root.iterfind(".//zeebe:formDefinition", NAMES)}
    shown = [i.get("source") for root in roots for i in root.iterfind(".//zeebe:input", NAMES) if _shows_forms(i)]
    used |= {form for source in shown for form in re.findall(r'"(\w+)"', source)}

    assert {form.stem for form in (ROOT / "forms" / folder.name).glob("*.form")} == used


def _shows_forms(given: etree._Element) -> bool:
    """What voters are shown, and the form in which they work out what it means to them."""
    return given.get("target") in ("forms", "estimate")


@every_folder
def test_a_variable_is_written_by_one_form_only(folder: Path) -> None:
    bundle = report(folder).bundle
    assert bundle is not None
    writers = Counter(key for form in bundle.forms.values() for key in form.written_keys)

    assert [key for key, count in writers.items() if count > 1] == []


@every_folder
def test_stages_are_the_sub_processes_of_the_main_level(folder: Path) -> None:
    bundle, main = report(folder).bundle, diagrams(folder)[folder.name]
    assert bundle is not None
    level = [n for n in main.each("subProcess") if n.getparent() is main.process]

    assert {s.id for s in bundle.process.stages} == {n.get("id") for n in level if not n.get("triggeredByEvent")}
    assert all(stage.name and stage.name_en for stage in bundle.process.stages)


@every_diagram
def test_every_element_and_every_flow_is_drawn(path: Path) -> None:
    drawn = diagram(path)

    assert {n.get("id") for n in drawn.steps} == drawn.boxes.keys()
    assert {n.get("id") for n in drawn.flows} == drawn.lines().keys()


@every_diagram
def test_elements_lie_inside_their_sub_process_and_not_on_each_other(path: Path) -> None:
    drawn = diagram(path)
    steps = [n for n in drawn.steps if n.tag != BPMN + "boundaryEvent"]
    inside = [(drawn.boxes[drawn.parent(n)], drawn.boxes[n.get("id")]) for n in steps if drawn.parent(n) in drawn.boxes]
    neighbours = [(a, b) for a, b in combinations(steps, 2) if a.getparent() is b.getparent()]

    assert [inner.id for outer, inner in inside if not outer.holds(inner)] == []
    pairs = [(drawn.boxes[a.get("id")], drawn.boxes[b.get("id")]) for a, b in neighbours]
    assert [(a.id, b.id) for a, b in pairs if a.meets(b, gap=GAP)] == []


@every_diagram
def test_flows_are_level_or_upright_and_cross_no_other_element(path: Path) -> None:
    drawn = diagram(path)
    ends = {f.get("id"): {f.get("sourceRef"), f.get("targetRef"), drawn.parent(f)} for f in drawn.flows}
    around = {n.get("id"): set(_ancestors(n)) for n in drawn.flows}
    wrong = []
    for flow, points in drawn.lines().items():
        for one, other in pairwise(points):
            slanted = one[0] != other[0] and one[1] != other[1]
            others = [b for i, b in drawn.boxes.items() if i not in ends[flow] | around[flow]]
            wrong += [(flow, "slanted")] if slanted else []
            wrong += [(flow, box.id) for box in others if box.is_crossed(one, other)]

    assert [w for w in wrong if not _is_attached(drawn, *w)] == []


def _ancestors(node: etree._Element) -> Iterator[str]:
    return (n.get("id") for n in node.iterancestors(BPMN + "subProcess"))


def _is_attached(drawn: Diagram, flow: str, box_id: str) -> bool:
    """A flow may begin on the edge of the task that its boundary event sits on."""
    (source,) = [f.get("sourceRef") for f in drawn.flows if f.get("id") == flow]
    return any(n.get("id") == source and n.get("attachedToRef") == box_id for n in drawn.steps)


@every_diagram
def test_labels_cover_neither_elements_nor_flows_nor_each_other(path: Path) -> None:
    drawn = diagram(path)
    labels = drawn.labels()
    parents = {n.get("id"): n.getparent() for n in (*drawn.steps, *drawn.flows)}
    level = [(label, box) for label in labels for box in drawn.boxes.values() if parents[label.id] is parents[box.id]]
    stretches = [(flow, *ends) for flow, points in drawn.lines().items() for ends in pairwise(points)]

    assert [(a.id, b.id) for a, b in combinations(labels, 2) if a.meets(b)] == []
    assert [(label.id, box.id) for label, box in level if label.meets(box)] == []
    assert [(label.id, flow) for label in labels for flow, *ends in stretches if label.is_crossed(*ends)] == []


@every_folder
def test_the_stories_reach_every_end_every_task_and_everything_that_people_may_start(folder: Path) -> None:
    drawn, stories = diagrams(folder), [story.story for story in scenarios(folder)]
    steps = [step for story in stories for step in story["steps"]]
    passed = {name for step in steps for name in step.get("expect", {}).get("passed", ())}
    ends = {name: {n.get("id") for n in d.each("endEvent") if n.getparent() is d.process} for name, d in drawn.items()}
    main_ends = ends.pop(folder.name)

    assert {story["ends_at"] for story in stories} == main_ends
    assert {end for called in ends.values() for end in called} - passed == set()
    tasks = {n.get("id") for d in drawn.values() for n in d.each("userTask")}
    assert tasks == {step["task"] for step in steps if "task" in step}
    starts = {n.get("id") for d in drawn.values() for n in waiting_starts(d)}
    assert starts == {step["initiate"] for step in steps if "initiate" in step}


@pytest.mark.parametrize("path", sorted((ROOT / "forms").glob("*/*.form")), ids=lambda path: path.stem)
def test_no_expression_of_a_form_makes_marks(path: Path) -> None:
    """What an expression gives comes out as plain text: its `**` would be read as two stars."""
    assert '\\"**' not in path.read_text("utf-8")
