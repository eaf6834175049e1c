"""Real files by others, kept outside of this repository: TONGBAN_CORPUS=<folder> names where.

Every file becomes a draft with named gaps, or a refusal with element ids; nothing fails in another way.
"""

import os
from pathlib import Path

import pytest

from engine.definitions.importing.bench import model_of
from engine.definitions.importing.draft import import_diagram
from engine.definitions.inspection import inspect
from tests.engine.definitions.importing.conftest import steps_and_flows, tree_of

CORPUS = os.environ.get("TONGBAN_CORPUS")
FILES = sorted(Path(CORPUS).rglob("*.bpmn")) if CORPUS else []

pytestmark = pytest.mark.skipif(not FILES, reason="TONGBAN_CORPUS names no folder with .bpmn files")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_answered_with_a_draft_and_gaps_or_a_refusal(path: Path) -> None:
    imported = import_diagram(path.read_bytes())

    if imported.xml is None:
        assert imported.refusals
        assert all(refusal.element_id or refusal.line for refusal in imported.refusals)
        return
    assert all(gap.element_id and gap.line and gap.text("zh") != gap.code for gap in imported.gaps)
    assert all(p.element_id or p.line for p in inspect(imported.xml, is_diagram=True).problems)
    assert import_diagram(imported.xml).xml == imported.xml


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_draft_has_the_steps_and_flows_of_its_file(path: Path) -> None:
    imported = import_diagram(path.read_bytes())
    if imported.xml is None:
        pytest.skip("refused")
    splits = [gap.params for gap in imported.gaps if gap.code == "split_made_visible"]
    nodes, flows = steps_and_flows(imported.xml, imported.process)
    behind = {params["gateway"]: flows.pop(params["flow"])[0] for params in splits}
    nodes = {i: tag for i, tag in nodes.items() if i not in behind}
    flows = {i: (behind.get(source, source), target) for i, (source, target) in flows.items()}

    assert (nodes, flows) == steps_and_flows(path.read_bytes(), imported.process)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_id_of_the_model_is_in_the_draft_or_in_a_gap(path: Path) -> None:
    imported = import_diagram(path.read_bytes())
    said = (imported.xml or b"").decode() + "".join(
        str(value) for gap in imported.gaps for value in gap.params.values()
    )
    tree = tree_of(path.read_bytes())
    shown = [part for part in tree.children if not part.tag.startswith("bpmndi:")]
    ids = {node.id for part in shown for node in model_of(part) if node.id and _is_thing(node.tag)}

    assert {i for i in ids if i not in said} == set()


def _is_thing(tag: str) -> bool:
    """What people see or the engine runs; inner parts of expressions and of data interfaces have ids nobody uses."""
    return tag.endswith(("Task", "Event", "Gateway", "Process", "Flow", "Activity", "lane", "participant", "Reference"))
