"""What readers of a decision file may rely on: ids are there and unique, types have plain names, one logic each."""

import re
from collections import Counter
from collections.abc import Iterator

from engine.definitions import element_names, limits
from engine.definitions.decisions.dialect import DMN, FEEL_TEXTS, LOGIC
from engine.definitions.decisions.drawing import modern_drawing
from engine.definitions.dialect import Node
from engine.definitions.lint_problem import LintProblem, error

_PREFIX = re.compile(r"\A[A-Za-z_][\w.-]*:")
_ID = re.compile(r"[^\W\d][\w.-]*")
# These hold any number of expressions.
_LISTS = ("dmn:list", "dmn:row")


def tidied(root: Node) -> list[LintProblem]:
    """Gives ids and plain type names to the tree; what cannot be read is said."""
    problems = [*_too_much(root), *_repeated_ids(root), *_repeated_logic(root)]
    if not problems:
        _plain_types(root)
        _give_ids(root)
        modern_drawing(root)
    return problems


def _too_much(root: Node) -> Iterator[LintProblem]:
    cells = [node for node in root.walk() if node.tag in FEEL_TEXTS]
    if len(cells) > limits.MAX_CELLS:
        yield error("too_many_cells", line=1, count=len(cells), limit=limits.MAX_CELLS)
    length = sum(len(text.text) for cell in cells for text in cell.each("dmn:text"))
    if length > limits.MAX_DECISION_TEXT:
        yield error("decision_text_too_long", line=1, count=length, limit=limits.MAX_DECISION_TEXT)
    names = sum("name" in node.attributes for node in root.walk())
    if names > limits.MAX_DECISION_NAMES:
        yield error("too_many_names", line=1, count=names, limit=limits.MAX_DECISION_NAMES)


def _repeated_ids(root: Node) -> Iterator[LintProblem]:
    seen: set[str] = set()
    for node in root.walk():
        if node.id is not None and node.id in seen:
            yield error("duplicate_id", element_id=node.id, line=node.line)
        elif node.id is not None and not (_ID.fullmatch(node.id) and len(node.id) <= limits.MAX_ID_LENGTH):
            shown = node.id[: limits.MAX_ID_LENGTH]
            yield error("id_not_valid", element_id=shown, line=node.line, id=shown[:40])
        seen.add(node.id or "")


def _repeated_logic(root: Node) -> Iterator[LintProblem]:
    for owner, node in _owned(root, owner=""):
        several = [child for child in node.children if child.tag in LOGIC]
        if len(several) > 1 and node.tag not in _LISTS:
            names = element_names.names(several[1].tag.rpartition(":")[2])
            yield error("given_twice", element_id=owner, line=several[1].line, parent=node.tag, **names)


def _owned(node: Node, *, owner: str) -> Iterator[tuple[str, Node]]:
    owner = node.id or owner
    yield owner, node
    for child in node.children:
        yield from _owned(child, owner=owner)


def _plain_types(root: Node) -> None:
    """DMN 1.1 writes `feel:string` where later versions write `string`."""
    for node in root.walk():
        if node.tag == "dmn:typeRef":
            node.text = _PREFIX.sub("", node.text)
        if "typeRef" in node.attributes:
            node.attributes["typeRef"] = _PREFIX.sub("", node.attributes["typeRef"].strip())


def _give_ids(root: Node) -> None:
    """An element without id gets its own name if that can be one, else its tag and a number."""
    taken = {node.id for node in root.walk() if node.id}
    counts: Counter[str] = Counter()
    for node in root.walk():
        if (
            node.tag not in DMN.elements
            or "id" not in DMN.elements[node.tag].attributes
            or node.id
            or node.tag.startswith("dmndi:")
        ):
            continue
        given = _own_name(node)
        while not given or given in taken:
            counts[node.tag] += 1
            given = f"{node.tag.rpartition(':')[2]}_{counts[node.tag]}"
        taken.add(given)
        node.attributes = {"id": given, **{name: value for name, value in node.attributes.items() if name != "id"}}


def _attributes(node: Node) -> tuple[str, ...]:
    return DMN.elements[node.tag].attributes if node.tag in DMN.elements else ()


def _own_name(node: Node) -> str:
    """Only what others refer to is named after itself; a column or a parameter is not."""
    name = node.attributes.get("name", "")
    refers = node.tag in ("dmn:decision", "dmn:businessKnowledgeModel", "dmn:inputData", "dmn:knowledgeSource")
    return name if refers and _ID.fullmatch(name) and len(name) <= limits.MAX_ID_LENGTH else ""
