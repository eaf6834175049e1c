"""All FEEL of a diagram in one list, with the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element
from engine.feel import Expression, FeelSyntaxError, compile_expression, strip_equals

PLACES = {
    "condition": ("条件", "condition"),
    "script": ("脚本", "script"),
    "input": ("输入映射", "input mapping"),
    "output": ("输出映射", "output mapping"),
    "due_date": ("到期日", "due date"),
    "priority": ("优先级", "priority"),
    "timer": ("定时", "timer"),
    "correlation_key": ("消息关联键", "correlation key"),
    "clock_start": ("期限起算日 clock_start", "clock_start"),
}
_OTHER_LANGUAGE = re.compile(r"[$#]\{")


@dataclass(frozen=True)
class Written:
    """`takes_any_name`: the names come from outside the process, from a service or a message."""

    element_id: str
    line: int | None
    place: str
    text: str
    known: frozenset[str]
    takes_any_name: bool = False

    @cached_property
    def compiled(self) -> Expression | None:
        try:
            return compile_expression(strip_equals(self.text), names=self.known)
        except FeelSyntaxError:
            return None

    def problem(self, code: str, severity: str = "error", **params: object) -> LintProblem:
        zh, en = PLACES[self.place]
        shown = {"kind": self.place, "place": zh, "place_en": en, "text": self.text[:120], **params}
        return LintProblem(severity, code, self.element_id, self.line, shown)  # type: ignore[arg-type]


def expressions(draft: Draft, *, known: frozenset[str]) -> Iterator[Written]:
    for flow in draft.process.flows:
        if flow.condition is not None:
            yield Written(flow.id, flow.line, "condition", flow.condition, known)
    for element in draft.process.elements.values():
        yield from _of_element(element, known=known)


def _of_element(element: Element, *, known: frozenset[str]) -> Iterator[Written]:
    single = {
        "script": element.script,
        "due_date": element.due_date,
        "priority": element.priority,
        "correlation_key": element.correlation_key,
        "clock_start": element.properties.get("clock_start"),
        "timer": element.timer if element.timer and element.timer.startswith("=") else None,
    }
    for place, text in single.items():
        if text is not None:
            yield Written(element.id, element.line, place, text, known)
    for source, _ in element.inputs:
        yield Written(element.id, element.line, "input", source, known)
    from_outside = element.type == "serviceTask" or element.event == "message"
    for source, _ in element.outputs:
        yield Written(element.id, element.line, "output", source, known, takes_any_name=from_outside)


def syntax(written: Written) -> Iterator[LintProblem]:
    if not strip_equals(written.text):
        yield written.problem("expression_empty")
    elif _OTHER_LANGUAGE.search(written.text):
        yield written.problem("expression_language")
    else:
        try:
            compile_expression(strip_equals(written.text), names=written.known)
        except FeelSyntaxError as wrong:
            said = {"detail": wrong.text("zh"), "detail_en": wrong.text("en")}
            yield written.problem("feel_syntax", position=wrong.position, **said)
            return
        if not written.text.strip().startswith("=") and written.place not in ("priority", "clock_start"):
            yield written.problem("equals_missing", "warning")
