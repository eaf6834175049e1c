"""What people read: names, help texts, both languages, ids that say something."""

import re
from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem, style, warning
from engine.definitions.process import Element

_GENERATED = re.compile(
    r"(Activity|Gateway|Event|Process|StartEvent|EndEvent|UserTask|Task|SubProcess|ExclusiveGateway|ParallelGateway)"
    r"_[0-9a-z]{7}"
)
_NAMED = ("userTask", "manualTask", "subProcess")
_QUESTIONS = ("exclusiveGateway", "inclusiveGateway")


def help_texts(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        if not element.documentation and (_is_for_people(element) or _decides(draft, element)):
            yield about(element, "documentation_missing")


def names(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        if element.name:
            continue
        if element.type in _NAMED or element.is_discretionary:
            yield about(element, "name_missing")
        elif element.type in _QUESTIONS and _decides(draft, element):
            yield about(element, "name_missing", "warning")


def english_names(draft: Draft) -> Iterator[LintProblem]:
    without = [e for e in draft.process.elements.values() if e.name and not e.name_en]
    if without:
        yield style("name_en_missing", element_id=without[0].id, line=without[0].line, count=len(without))


def english_help(draft: Draft) -> Iterator[LintProblem]:
    """What stands beside the form on the page."""
    shown = [e for e in draft.process.elements.values() if e.form or e.type in ("userTask", "manualTask")]
    without = [e for e in shown if e.documentation and not e.documentation_en]
    if without:
        yield style("help_en_missing", element_id=without[0].id, line=without[0].line, count=len(without))


def ids(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        if _GENERATED.fullmatch(element.id):
            yield about(element, "generated_id", "style", id=element.id)
    if _GENERATED.fullmatch(draft.process.key):
        process = draft.process
        yield style("generated_id", element_id=process.key, line=process.line, id=process.key, name=process.name)


def stages(draft: Draft) -> Iterator[LintProblem]:
    """Stages are parts of the main diagram; what it calls happens in one of them."""
    process = draft.process
    if not draft.is_main:
        return
    if not process.stages:
        yield warning("no_stages", element_id=process.key, line=process.line)
        return
    for task in process.each("userTask"):
        if task.stage is None:
            yield about(task, "task_outside_stage", "style")


def _is_for_people(element: Element) -> bool:
    return element.type == "userTask" or element.is_discretionary


def _decides(draft: Draft, element: Element) -> bool:
    return element.type.endswith("Gateway") and len(draft.process.out_of(element.id)) > 1


RULES = (help_texts, names, english_names, english_help, ids, stages)
