"""All FEEL of a diagram in one list, with the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.definitions.lint.draft import Draft
from engine.definitions.lint.variables import CAUGHT_ERROR, COUNTS, WHO_ACTS, Variables
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element
from engine.feel import Expression, FeelSyntaxError, compile_expression, strip_equals

PLACES = {
    "condition": ("条件", "condition"),
    "script": ("脚本", "script"),
    "input": ("输入映射", "input mapping"),
    "output": ("输出映射", "output mapping"),
    "assignee": ("办理人", "assignee"),
    "candidate_users": ("候选人", "candidate users"),
    "due_date": ("到期日", "due date"),
    "follow_up_date": ("跟进日", "follow-up date"),
    "priority": ("优先级", "priority"),
    "timer": ("定时", "timer"),
    "correlation_key": ("消息关联键", "correlation key"),
    "clock_start": ("期限起算日 clock_start", "clock_start"),
    "event_condition": ("条件事件的条件", "condition of the event"),
    "collection": ("多实例集合", "multi-instance collection"),
    "output_element": ("多实例收集项", "multi-instance output element"),
    "completion": ("多实例完成条件", "completion condition"),
    "instance_label": ("实例标签 instance_label", "instance_label"),
    "offered_when": ("可发起条件 offered_when", "offered_when"),
    "meeting": ("会议时间 meeting", "meeting"),
    "meeting_place": ("会议地点 meeting_place", "meeting_place"),
    "on_the_spot": ("当场确认 on_the_spot", "on_the_spot"),
}
_OFTEN_WITHOUT_EQUALS = ("priority", "clock_start", "instance_label", "meeting")
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


def expressions(draft: Draft) -> list[Written]:
    return draft.once((Written, id(draft.process)), lambda: list(_expressions(draft)))


def _expressions(draft: Draft) -> Iterator[Written]:
    variables = Variables(draft)
    for flow in draft.process.flows:
        if flow.condition is not None:
            known = variables.around(flow.parent)
            yield Written(flow.id, flow.line, "condition", flow.condition, known)
    for element in draft.process.elements.values():
        yield from _of_element(element, known=variables.inside(element))
        yield from _of_mappings(draft, element, variables=variables)
        yield from _of_loop(element, variables=variables)


def _of_element(element: Element, *, known: frozenset[str]) -> Iterator[Written]:
    single = {
        "script": element.script,
        "due_date": element.due_date,
        "follow_up_date": _if_feel(element.follow_up_date),
        "assignee": _if_feel(element.assignee),
        "candidate_users": _if_feel(element.candidate_users),
        "priority": element.priority,
        "correlation_key": element.correlation_key,
        "clock": _if_feel(element.properties.get("clock")),
        "clock_start": element.properties.get("clock_start"),
        "timer": _if_feel(element.timer),
        "event_condition": element.condition,
        "instance_label": element.properties.get("instance_label"),
        "meeting": element.properties.get("meeting"),
        "meeting_place": _if_feel(element.properties.get("meeting_place")),
        "on_the_spot": _if_feel(element.on_the_spot),
    }
    for place, text in single.items():
        if text is not None:
            yield Written(element.id, element.line, place, text, known)
    if element.offered_when is not None:
        yield Written(element.id, element.line, "offered_when", element.offered_when, known | WHO_ACTS)


def _of_mappings(draft: Draft, element: Element, *, variables: Variables) -> Iterator[Written]:
    known = variables.inside(element)
    for source, _ in element.inputs:
        yield Written(element.id, element.line, "input", source, known)
    from_outside = bool(element.service) or (element.event in ("message", "signal") and not element.form)
    own = _results(draft, element, variables=variables)
    for source, _ in element.outputs:
        yield Written(element.id, element.line, "output", source, known | own, takes_any_name=from_outside)


def _results(draft: Draft, element: Element, *, variables: Variables) -> frozenset[str]:
    """What the output mapping of a step may read besides variables: its form, its decision, its call, its error."""
    form = draft.forms.get(element.form or "")
    table = draft.decisions.get(element.decision or "")
    found = {element.result_variable} if element.result_variable else set()
    found |= set(form.written_keys if form else ()) | set(table.output_names if table else ())
    if element.event == "error":
        found |= CAUGHT_ERROR
    return frozenset(found) | (variables.returned_to(element) if element.called else frozenset())


def _of_loop(element: Element, *, variables: Variables) -> Iterator[Written]:
    """The list is worked out before there are instances; the condition is asked when one of them has ended."""
    if element.loop is None:
        return
    loop, around = element.loop, variables.around(element.parent)
    for place, text, known in (
        ("collection", loop.collection or None, around),
        ("output_element", loop.output, variables.inside(element)),
        ("completion", loop.completion, around | COUNTS | {loop.output_collection}),
    ):
        if text is not None:
            yield Written(element.id, element.line, place, text, known)


def _if_feel(text: str | None) -> str | None:
    """Dates, names and timers may also stand there as they are."""
    return text if text and text.startswith("=") else None


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
        if not written.text.strip().startswith("=") and written.place not in _OFTEN_WITHOUT_EQUALS:
            yield written.problem("equals_missing", "warning")


def doubts(written: Written) -> Iterator[LintProblem]:
    """What is right FEEL but can hardly be meant, such as a function that does not exist."""
    for doubt in written.compiled.mistakes(written.known) if written.compiled else ():
        said = {"detail": doubt.text("zh"), "detail_en": doubt.text("en")}
        yield written.problem("feel_doubt", "warning", position=doubt.position, **said)
