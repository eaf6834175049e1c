"""A foreign file as a plain tree: every element, attribute and text of it under one fixed name, nothing left out."""

from dataclasses import replace

from lxml import etree

from engine.definitions import limits
from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.decode import decoded
from engine.definitions.dialect import Dialect, Node
from engine.definitions.importing.vendors import NAMESPACES
from engine.definitions.lint_problem import LintProblem, error
from engine.definitions.parse import parsed

_XML = {"http://www.w3.org/XML/1998/namespace": "xml"}
# The prefix of a vendor is ours to give: whatever a file calls it, `camunda:formKey` is found under this name.
_NAMES: Dialect = replace(
    BPMN,
    prefixes={**NAMESPACES, **_XML, **BPMN.prefixes},
    namespaces={**dict.fromkeys([*NAMESPACES.values(), "xml"], ""), **BPMN.namespaces},
)


def foreign_tree(source: bytes) -> Node | LintProblem:
    """The tree, or why the file cannot be read. Comments and processing instructions are not part of it."""
    text = decoded(source)
    if isinstance(text, LintProblem):
        return text
    tree = parsed(text)
    if isinstance(tree, LintProblem):
        return tree
    if sum(1 for _ in tree.iter()) > limits.MAX_XML_ELEMENTS:
        return error("xml_limits", line=1)
    root = _node(tree)
    if root.tag != BPMN.root:
        return error("wrong_root", line=1, element=root.tag[:80], expected=BPMN.root)
    return root


def _node(element: etree._Element) -> Node:
    """Recursion is safe: the parser refuses more than 256 levels."""
    return Node(
        _NAMES.name(str(element.tag), element),
        {_NAMES.name(str(name), element): str(value) for name, value in element.attrib.items()},
        [_node(child) for child in element],
        "".join([element.text or "", *(child.tail or "" for child in element)]),
        element.sourceline or 1,
    )
