"""What bpmn-js shows is what runs: bpmn-moddle reads every diagram and draft as our own reader does.

With TONGBAN_CORPUS=<folder>, the drafts of all `.bpmn` files below that folder are compared too.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.definitions.importing.draft import import_diagram
from engine.definitions.inspection import inspect
from engine.definitions.process_file import read_process
from engine.definitions.second_reading import Seen, seen_by_process, seen_in
from tests.engine.definitions.importing.conftest import SAMPLES, source_of
from tests.engine.definitions.test_second_reading import RICH

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("moddle_reading.mjs")
# Kinds that our dialect does not have stay in a draft for the door to refuse; our second reader does not know them.
FOREIGN = {"adHocSubProcess", "transaction", "complexGateway"}

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "node_modules" / "bpmn-moddle").exists(),
    reason="needs Node and the packages of package.json",
)


@dataclass(frozen=True)
class Shown:
    xml: bytes
    seen: tuple[Seen, ...]
    warnings: tuple[str, ...]


def sources() -> dict[str, bytes]:
    """Canonical diagrams of this system, drafts of the samples and of the corpus."""
    found = {path.name: inspect(path.read_bytes(), is_diagram=True).xml for path in ROOT.glob("bpmn/*/*.bpmn")}
    found["rich"] = inspect(RICH, is_diagram=True).xml
    found |= {f"draft of {name}": import_diagram(source_of(name)).xml for name in SAMPLES}
    corpus = os.environ.get("TONGBAN_CORPUS")
    for path in sorted(Path(corpus).rglob("*.bpmn")) if corpus else ():
        found[f"draft of {path}"] = import_diagram(path.read_bytes()).xml
    return {name: xml for name, xml in found.items() if xml is not None}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """Everything is read in one run of Node."""
    folder = tmp_path_factory.mktemp("shown")
    files = {folder / f"{n}.bpmn": (name, xml) for n, (name, xml) in enumerate(sources().items())}
    for path, (_, xml) in files.items():
        path.write_bytes(xml)
    asked = json.dumps([str(path) for path in files])
    done = subprocess.run(["node", str(SCRIPT)], input=asked, capture_output=True, text=True, cwd=ROOT, check=True)
    read = json.loads(done.stdout)
    return {
        name: Shown(xml, tuple(_seen(*row) for row in read[str(path)]["seen"]), tuple(read[str(path)]["warnings"]))
        for path, (name, xml) in files.items()
    }


def _seen(id_: str, type_: str, name: str, parent: str, ends: list[str], says: str) -> Seen:
    return Seen(id_, type_, name, parent, tuple(ends), says)


def test_every_kind_of_file_is_compared(shown: dict[str, Shown]) -> None:
    assert len([name for name in shown if name.startswith("draft of")]) >= len(SAMPLES)
    assert sum(len(found.seen) for found in shown.values()) > 200


def test_the_editor_shows_the_steps_and_flows_of_the_file(shown: dict[str, Shown]) -> None:
    different = {
        name: [seen for seen in found.seen if seen not in seen_in(found.xml)]
        for name, found in shown.items()
        if not FOREIGN & {seen.type for seen in found.seen}
        if sorted(found.seen, key=str) != sorted(seen_in(found.xml), key=str)
    }

    assert different == {}


def test_the_editor_shows_what_runs(shown: dict[str, Shown]) -> None:
    compared = 0
    for name, found in shown.items():
        accepted = inspect(found.xml, is_diagram=True)
        if accepted.xml is not None:
            compared += 1
            assert frozenset(found.seen) == seen_by_process(read_process(accepted.xml)), name

    assert compared >= len(list(ROOT.glob("bpmn/*/*.bpmn"))) + len(SAMPLES) // 2


def test_the_editor_has_nothing_to_complain_about(shown: dict[str, Shown]) -> None:
    """An unresolved reference in a draft is one that its gaps or the door name."""
    ours = {name: found.warnings for name, found in shown.items() if not name.startswith("draft of") and found.warnings}

    assert ours == {}


def test_a_hidden_step_is_seen_by_neither(tmp_path: Path) -> None:
    """The attacks of files that the engine would run and the editor would not show: refused, or both see the same."""
    assert (
        inspect(
            RICH.replace(b"</bpmn:process>", b'<x:userTask xmlns:x="urn:x" id="h" /></bpmn:process>'), is_diagram=True
        ).xml
        is None
    )
