"""Takes over what a dialect allows, element by element, and names everything else."""

import re
from typing import Any

from lxml import etree

from engine.definitions import element_names
from engine.definitions.dialect import Allowed, Dialect, Node
from engine.definitions.lint_problem import LintProblem, error, style

_SCRIPTS = {"bpmn:script", "scriptFormat", "resultVariable"}


class Whitelist:
    """One pass over one file; `problems` says what was left out and why."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.problems: list[LintProblem] = []
        self._owner: str | None = None

    def take(self, element: etree._Element) -> Node | None:
        tag = self._tag(element)
        if tag != self.dialect.root:
            self._refuse("wrong_root", element, element=tag, expected=self.dialect.root)
            return None
        return self._node(element, tag, self.dialect.elements[tag])

    def _node(self, element: etree._Element, tag: str, allowed: Allowed) -> Node:
        outer, self._owner = self._owner, element.get("id", self._owner)
        attributes = self._attributes(element, tag, allowed)
        children = self._children(element, tag, allowed)
        node = Node(tag, attributes, children, self._text(element, tag, allowed), element.sourceline or 0)
        self._owner = outer
        return node

    def _attributes(self, element: etree._Element, tag: str, allowed: Allowed) -> dict[str, str]:
        taken: dict[str, str] = {}
        for clark, value in element.attrib.items():
            name = self.dialect.name(str(clark), element)
            if name == "xsi:type" and name in allowed.attributes:
                self._check_expression_type(element, str(value))
            elif value in (defaults := self.dialect.defaults.get(name, ())) or "*" in defaults:
                continue
            elif name in allowed.attributes:
                taken[name] = self._checked_value(element, tag, name, str(value))
            else:
                self._refuse_attribute(element, tag, str(clark), name)
        if "xsi:type" in allowed.attributes:
            taken["xsi:type"] = "bpmn:tFormalExpression"
        return {name: taken[name] for name in allowed.attributes if name in taken}

    def _check_expression_type(self, element: etree._Element, value: str) -> None:
        prefix, _, local = value.strip().rpartition(":")
        if self.dialect.prefixes.get(element.nsmap.get(prefix or None, "")) != "bpmn" or local not in (
            "tFormalExpression",
            "tExpression",
        ):
            self._refuse("expression_type", element, value=value[:80])

    def _checked_value(self, element: etree._Element, tag: str, name: str, value: str) -> str:
        pattern = self.dialect.values.get((tag, name))
        if pattern and not re.fullmatch(pattern, value.strip()):
            self._refuse("value_not_supported", element, attribute=name, value=value[:80], **_names(tag))
        elif (tag, name) in self.dialect.numbers:
            return _plain_number(value)
        return value.strip() if pattern else value

    def _refuse_attribute(self, element: etree._Element, tag: str, clark: str, name: str) -> None:
        if name in self.dialect.dropped_attributes or etree.QName(clark).namespace in self.dialect.dropped_namespaces:
            self._say(style("attribute_dropped", attribute=name), element)
        elif etree.QName(clark).namespace in self.dialect.ineffective_namespaces:
            self._say(style("attribute_without_effect", attribute=name, value=element.get(clark, "")[:80]), element)
        elif name in _SCRIPTS and tag == "bpmn:scriptTask":
            self._refuse("script_language", element, language=element.get(clark, ""))
        elif ":" in name and not self.dialect.is_ours(name):
            self._refuse("foreign_attribute", element, attribute=name, **_names(tag))
        else:
            self._refuse("attribute_not_supported", element, attribute=name, **_names(tag))

    def _children(self, element: etree._Element, tag: str, allowed: Allowed) -> list[Node]:
        taken = [node for child in element for node in self._child(child, tag, allowed)]
        seen: set[str] = set()
        for node in taken:
            if node.tag in seen and node.tag not in self.dialect.repeatable:
                self._say(error("given_twice", line=node.line, parent=tag, **_names(node.tag)), element)
            seen.add(node.tag)
        return sorted(taken, key=lambda node: allowed.rank(node.tag))

    def _child(self, child: etree._Element, parent: str, allowed: Allowed) -> list[Node]:
        tag = self._tag(child)
        if tag == self.dialect.extension_element:
            node = self._node(child, tag, Allowed(children=(allowed.extensions,)))
            return [node] if node.children else []
        if allowed.rank(tag) >= 0:
            return [self._node(child, tag, self.dialect.elements[tag])]
        if etree.QName(child).namespace in self.dialect.dropped_namespaces:
            self._say(style("element_dropped", element=tag), child)
        else:
            self._refuse_element(child, tag, parent)
        return []

    def _refuse_element(self, child: etree._Element, tag: str, parent: str) -> None:
        prefix, _, local = tag.rpartition(":")
        if tag in _SCRIPTS:
            self._refuse("script_language", child, language=child.getparent().get("scriptFormat", ""))
        elif tag in self.dialect.refusals:
            self._refuse(self.dialect.refusals[tag], child, **_names(tag))
        elif not self.dialect.is_ours(tag):
            self._refuse("foreign_element", child, element=tag)
        elif tag in self.dialect.elements:
            self._refuse("element_misplaced", child, parent=parent, **_names(tag))
        elif prefix == "zeebe":
            self._refuse("extension_not_supported", child, element=tag)
        elif element_names.is_known(local):
            self._refuse("element_not_supported", child, **_names(tag), **element_names.instead(local))
        else:
            self._refuse("element_unknown", child, element=tag)

    def _text(self, element: etree._Element, tag: str, allowed: Allowed) -> str:
        own = "".join([element.text or "", *(child.tail or "" for child in element)])
        if allowed.text:
            return own if allowed.verbatim and own.strip() else own.strip()
        if own.strip():
            self._refuse("stray_text", element, text=own.strip()[:40], **_names(tag))
        return ""

    def _tag(self, element: etree._Element) -> str:
        return self.dialect.name(str(element.tag), element)

    def _refuse(self, code: str, at: etree._Element, /, **params: Any) -> None:
        self._say(error(code, **params), at)

    def _say(self, problem: LintProblem, at: etree._Element) -> None:
        line = problem.line or at.sourceline
        element_id = at.get("id") or self._owner
        self.problems.append(LintProblem(problem.severity, problem.code, element_id, line, problem.params))


def _names(tag: str) -> dict[str, str]:
    return element_names.names(tag.rpartition(":")[2])


def _plain_number(value: str) -> str:
    """`12.0` and `12` are one number; one of them is written."""
    number = float(value)
    return str(int(number)) if number.is_integer() else repr(number)
