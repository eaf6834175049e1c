"""Small files of our own, one a maker, and what an import makes of them."""

from pathlib import Path

import pytest

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import NODES, SEQUENCE_FLOW, model_of
from engine.definitions.importing.draft import Imported, import_diagram
from engine.definitions.importing.foreign_tree import foreign_tree

FOLDER = Path(__file__).parent / "samples"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.bpmn"))


def source_of(name: str) -> bytes:
    return (FOLDER / f"{name}.bpmn").read_bytes()


@pytest.fixture(scope="session")
def imported() -> dict[str, Imported]:
    return {name: import_diagram(source_of(name)) for name in SAMPLES}


def tree_of(xml: bytes | None) -> Node:
    tree = foreign_tree(xml or b"")
    assert isinstance(tree, Node), tree
    return tree


def element(xml: bytes | None, element_id: str) -> Node:
    (found,) = [node for node in tree_of(xml).walk() if node.id == element_id]
    return found


def settings(xml: bytes | None, element_id: str) -> dict[str, dict[str, str]]:
    """The extension elements of an element by tag, with their attributes."""
    holders = element(xml, element_id).each("bpmn:extensionElements")
    return {inner.tag: inner.attributes for holder in holders for inner in holder.children}


def steps_and_flows(xml: bytes | None, process: str | None) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Kinds of steps by id, and ends of flows by id, of one process."""
    (found,) = [node for node in tree_of(xml).each("bpmn:process") if node.id == process]
    nodes = {str(node.id): node.tag for node in model_of(found) if node.tag in NODES}
    flows = [node.attributes for node in model_of(found) if node.tag == SEQUENCE_FLOW]
    return nodes, {flow["id"]: (flow["sourceRef"], flow["targetRef"]) for flow in flows}
