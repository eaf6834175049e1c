"""Steps that are done for each of a list: collection, variable, number and end condition."""

from engine.definitions.dialect import Node
from engine.definitions.importing.bench import Bench, absorb, extensions, parents, setting
from engine.definitions.importing.expressions import translated
from engine.definitions.importing.mappings import PREFIXES

LOOP = "bpmn:multiInstanceLoopCharacteristics"
_LISTS = {"bpmn:loopDataInputRef": "inputCollection", "bpmn:loopDataOutputRef": "outputCollection"}
_ITEMS = {"bpmn:inputDataItem": "inputElement"}


def loops(bench: Bench) -> None:
    above = parents(bench.process)
    for loop in bench.each(LOOP):
        node = above[id(loop)]
        found = {**_of_engine(bench, loop, node), **_of_standard(loop), **_of_number(loop)}
        if found:
            given = setting(loop, "zeebe:loopCharacteristics").attributes
            given |= {name: value for name, value in found.items() if name not in given}
        if not any(inner.tag == "zeebe:loopCharacteristics" for inner in extensions(loop)):
            bench.say("loop_without_list", node, severity="error")


def _of_engine(bench: Bench, loop: Node, node: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for prefix in PREFIXES:
        collection = loop.attributes.pop(f"{prefix}:collection", "").strip()
        if collection:
            found["inputCollection"] = _source(translated(bench, collection, node))
        variable = loop.attributes.pop(f"{prefix}:elementVariable", "").strip()
        if variable:
            found["inputElement"] = variable
    return found


def _of_standard(loop: Node) -> dict[str, str]:
    """The lists and items of the standard, when they name a variable."""
    found: dict[str, str] = {}
    for child in list(loop.children):
        if child.tag in _LISTS and child.text.strip():
            name = _LISTS[child.tag]
            found[name] = _source(child.text.strip()) if name == "inputCollection" else child.text.strip()
        elif child.tag in _ITEMS and child.attributes.get("name"):
            found[_ITEMS[child.tag]] = child.attributes["name"].strip()
        else:
            continue
        absorb(loop, child, known=("name", "isCollection"))
    return found


def _of_number(loop: Node) -> dict[str, str]:
    """`n` times is once for each number up to n; the condition step has made FEEL of it, or named it."""
    for number in loop.each("bpmn:loopCardinality"):
        text = number.text.strip()
        if text.startswith("="):
            absorb(loop, number)
            return {"inputCollection": f"= for i in 1..{_bracketed(text[1:].strip())} return i"}
    return {}


def _bracketed(feel: str) -> str:
    return feel if feel.isalnum() else f"({feel})"


def _source(text: str) -> str:
    return text if text.startswith("=") or not text.isidentifier() else f"= {text}"
