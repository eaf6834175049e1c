"""Whatever happens to a file on its way, the door answers with sentences; what it takes stays as it is."""

import random

import pytest

from engine.definitions.check import report_on
from engine.definitions.inspection import inspect
from tests.engine.definitions.conftest import GROUPS, SERVICES
from tests.engine.definitions.diagrams import END, START, diagram, extended, flow, gateway, timer, user_task

SERVICE = '<zeebe:taskDefinition type="notices/send" /><zeebe:ioMapping><zeebe:input source="= 1" target="to" />'
WHOLE = diagram(
    START,
    user_task("work", '<zeebe:taskSchedule dueDate="= 今天" />'),
    timer("boundaryEvent", "late", "<bpmn:timeDuration>P15D</bpmn:timeDuration>", attributes='attachedToRef="work"'),
    extended('<bpmn:scriptTask id="count" />', '<zeebe:script expression="= {n: 1}" />'),
    extended('<bpmn:serviceTask id="tell" />', SERVICE + "</zeebe:ioMapping>"),
    gateway("g", default="g_to_end"),
    END,
    flow("start", "work"),
    flow("work", "count"),
    flow("count", "tell"),
    flow("tell", "g"),
    flow("g", "work", "= n &lt; 3"),
    flow("g", "end"),
    flow("late", "end"),
)
WORDS = ("sourceRef", "targetRef", "userTask", "scriptTask", "expression", "= ", 'id="', "default=", "zeebe:script")
WORDS += ("timeDuration", "value", "subProcess", "source=", "attachedToRef", "bpmnElement", "P15D", "start", "end")


def damaged(seed: int) -> bytes:
    """Tags lost, doubled or moved, words exchanged."""
    chance = random.Random(seed)
    tags = WHOLE.decode().replace(">", ">\n").split("\n")
    for _ in range(chance.randint(1, 3)):
        here, there = chance.randrange(len(tags)), chance.randrange(len(tags))
        match chance.randrange(4):
            case 0:
                tags.pop(here)
            case 1:
                tags.insert(there, tags[here])
            case 2:
                tags[here], tags[there] = tags[there], tags[here]
            case _:
                word = chance.choice(WORDS)
                where = [n for n, tag in enumerate(tags) if word in tag] or [0]
                chosen = chance.choice(where)
                tags[chosen] = tags[chosen].replace(word, chance.choice([*WORDS, "", '"', "期", "<!-- x -->"]), 1)
    return "".join(tags).encode()


def test_the_whole_file_is_fine() -> None:
    inspected = {"p.bpmn": inspect(WHOLE, is_diagram=True)}

    assert report_on({"p.bpmn": WHOLE}, inspected=inspected, services=SERVICES, groups=GROUPS).deployable


@pytest.mark.parametrize("block", range(10))
def test_damaged_files_are_answered_with_sentences(block: int) -> None:
    for seed in range(block * 50, block * 50 + 50):
        source = damaged(seed)
        inspected = inspect(source, is_diagram=True)

        report = report_on({"p.bpmn": source}, inspected={"p.bpmn": inspected}, services=SERVICES, groups=GROUPS)

        assert all(
            p.text(language, part) for p in report.problems for language in ("zh", "en") for part in ("message", "fix")
        )
        assert report.deployable != any(p.severity == "error" for p in report.problems)
        if inspected.xml is not None:
            assert inspect(inspected.xml, is_diagram=True).xml == inspected.xml
