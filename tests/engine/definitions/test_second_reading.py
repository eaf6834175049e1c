"""Two readers, written apart, see the same steps and flows; where they do not, the file is refused."""

import random
from pathlib import Path

import pytest

from engine.definitions import inspection
from engine.definitions.canonical import Written, canonical
from engine.definitions.dialect import Dialect, Node
from engine.definitions.inspection import inspect
from engine.definitions.process_file import read_process
from engine.definitions.second_reading import first_difference, seen_by_process, seen_in
from tests.engine.definitions.diagrams import END, START, diagram, flow, gateway, straight, timer, user_task

RICH = diagram(
    START,
    user_task("work"),
    timer("boundaryEvent", "late", "<bpmn:timeDuration>P15D</bpmn:timeDuration>", attributes='attachedToRef="work"'),
    gateway("g", default="g_to_end"),
    '<bpmn:subProcess id="s" name="s"><bpmn:startEvent id="is" /><bpmn:endEvent id="ie" />' + flow("is", "ie"),
    "</bpmn:subProcess>",
    END,
    flow("start", "work"),
    flow("work", "g"),
    flow("g", "s", "= x &lt; 3<!-- --> and 1 = 2"),
    flow("g", "end"),
    flow("s", "end"),
    flow("late", "end"),
)
SOURCES = [RICH, straight(user_task("a")), *(path.read_bytes() for path in sorted(Path("bpmn").glob("*/*.bpmn")))]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: f"{len(source)}")
def test_what_was_uploaded_is_stored_and_runs(source: bytes) -> None:
    xml = inspect(source, is_diagram=True).xml or b""

    assert seen_in(source) == seen_in(xml)
    assert frozenset(seen_in(xml)) == seen_by_process(read_process(xml))


def test_the_second_reader_sees_what_the_diagram_shows() -> None:
    seen = {found.id: found for found in seen_in(RICH)}

    assert set(seen) >= {"start", "work", "late", "g", "s", "is", "ie", "end", "g_to_s"}
    assert (seen["late"].type, seen["late"].ends) == ("boundaryEvent", ("work",))
    assert (seen["is"].parent, seen["g"].says) == ("s", "g_to_end")
    assert (seen["g_to_s"].ends, seen["g_to_s"].says) == (("g", "s"), "= x < 3 and 1 = 2")


@pytest.mark.parametrize(
    "hidden",
    [
        '<bpmn:extensionElements><x:box xmlns:x="urn:x"><bpmn:task id="h" /></x:box></bpmn:extensionElements>',
        '<x:userTask xmlns:x="urn:x" id="h" />',
        '<bpmn:documentation><bpmn:userTask id="h" /></bpmn:documentation>',
    ],
)
def test_what_no_modeller_shows_is_no_step(hidden: str) -> None:
    assert "h" not in {found.id for found in seen_in(diagram(START, hidden, END))}


@pytest.mark.parametrize("seed", range(20))
def test_a_change_between_reading_and_writing_is_noticed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the canonical form had been led astray: one attribute of one step or flow is another."""

    def led_astray(root: Node, dialect: Dialect) -> Written:
        chance = random.Random(seed)
        names = ("sourceRef", "targetRef", "name", "attachedToRef", "default")
        nodes = [node for node in root.walk() if node.tag.startswith("bpmn:") and node.attributes.keys() & set(names)]
        nodes = [node for node in nodes if node.tag not in ("bpmn:process", "bpmn:definitions")]
        node = chance.choice(nodes)
        node.attributes[chance.choice([name for name in names if name in node.attributes])] = "elsewhere"
        return canonical(root, dialect)

    monkeypatch.setattr(inspection, "canonical", led_astray)

    inspected = inspect(RICH, is_diagram=True)

    assert inspected.xml is None
    assert [problem.code for problem in inspected.problems] == ["readings_differ"]
    assert inspected.problems[0].element_id


def test_a_step_too_many_is_named() -> None:
    one, other = frozenset(seen_in(RICH)), frozenset(seen_in(RICH.replace(b'id="work"', b'id="walk"')))

    assert first_difference(one, one) is None
    assert first_difference(one, other) == "walk"
