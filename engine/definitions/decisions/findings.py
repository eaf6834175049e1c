"""What is wrong with a decision file, said with the decision, the line and the cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from time import thread_time
from typing import Any

from lxml import etree

from engine.definitions import element_names
from engine.definitions.decisions.dialect import DMN
from engine.definitions.lint_problem import LintProblem, Severity
from engine.definitions.process_file import uploaded_line
from engine.feel import (
    Expression,
    FeelSyntaxError,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    strip_equals,
)

NS = dict(DMN.namespaces)
_EVERYTHING = ("", "-")


@dataclass(frozen=True)
class Vocabulary:
    """Names of a file that an expression may use: of whole elements, and of `members` such as entries and columns.

    Only those that stand in a text are handed to the compiler, and of the members only those that it could not read
    as a plain word: a plain word in a filter is taken for a member anyway.
    """

    elements: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()

    def used_in(self, text: str) -> frozenset[str]:
        squeezed = "".join(text.split())
        return frozenset(name for name, plain in self._squeezed if plain in squeezed)

    @cached_property
    def _squeezed(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, "".join(name.split())) for name in sorted(self.elements | self.members))


@dataclass
class Findings:
    """`origins[n]` is the line of the handed-in file that line n+1 comes from."""

    origins: Sequence[int]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    seconds: float | None = None
    problems: list[LintProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._began = thread_time()
        self._gave_up = False

    def say(self, code: str, at: etree._Element, /, *, severity: Severity = "error", **params: Any) -> None:
        self.problems.append(LintProblem(severity, code, _owner(at), self.line(at), params))

    def line(self, at: etree._Element) -> int:
        return uploaded_line(at, origins=self.origins)

    def formula(self, node: etree._Element, **place: Any) -> Expression | None:
        """The expression of a box or cell; None when it cannot be read, which is then said."""
        text = strip_equals(text_of(node))
        if self._takes_too_long(node):
            return None
        try:
            return compile_expression(text, names=self.vocabulary.used_in(text))
        except FeelSyntaxError as wrong:
            self._wrong_cell(node, wrong, **place)
            return None

    def tests(self, node: etree._Element | None, **place: Any) -> UnaryTests | None:
        """The tests of a cell; None when there are none, or when they cannot be read, which is then said."""
        if node is None or text_of(node) in _EVERYTHING or self._takes_too_long(node):
            return None
        try:
            return compile_unary_tests(text_of(node), names=self.vocabulary.used_in(text_of(node)))
        except FeelSyntaxError as wrong:
            self._wrong_cell(node, wrong, **place)
            return None

    def _takes_too_long(self, node: etree._Element) -> bool:
        if not self._gave_up and self.seconds is not None and thread_time() - self._began > self.seconds:
            self._gave_up = True
            self.say("reader_gave_up", node)
        return self._gave_up

    def _wrong_cell(self, node: etree._Element, wrong: FeelSyntaxError, /, **place: Any) -> None:
        said = {"detail": wrong.text("zh"), "detail_en": wrong.text("en"), "position": wrong.position}
        if "rule" in place or "column" in place:
            self.say("decision_cell", node, text=text_of(node)[:80], **({"column": "", "rule": "—"} | place), **said)
        else:
            self.say("decision_expression", node, text=text_of(node)[:80], **boxed(node), **said)


def boxed(node: etree._Element) -> dict[str, str]:
    """What a box is called, for a sentence."""
    return element_names.names(etree.QName(node).localname)


def text_of(node: etree._Element) -> str:
    return (node.findtext("dmn:text", "", NS) or "").strip()


def id_of(node: etree._Element) -> str:
    """Files that were stored before ids were given may lack one."""
    return node.get("id") or node.get("name") or etree.QName(node).localname


def _owner(node: etree._Element) -> str | None:
    """The decision, function, input or type in which an element stands."""
    parent = node.getparent()
    while parent is not None and parent.getparent() is not None:
        node, parent = parent, parent.getparent()
    return None if parent is None else id_of(node)
