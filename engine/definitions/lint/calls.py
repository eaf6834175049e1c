"""Forms, services, decisions and scripts that a step names are there."""

import re
from collections.abc import Iterator

from engine.definitions.lint.about import about, similar
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.variables import context_keys
from engine.definitions.lint_problem import LintProblem, style
from engine.definitions.process import Element
from engine.feel import FeelSyntaxError, compile_expression, strip_equals

_PLAIN = re.compile(r"[^\W\d]\w*")
_TEXTS = re.compile(r'"([^"\\]*)"')
OPENS_BALLOT = "ballot/open"


def forms(draft: Draft) -> Iterator[LintProblem]:
    known = draft.forms.keys() | draft.unread_forms
    for element in draft.process.elements.values():
        if element.form is not None and element.form not in known:
            yield about(element, "form_unknown", form=element.form, **similar(element.form, known))
        elif element.type == "userTask" and element.form is None:
            yield about(element, "form_missing", "warning")
        elif element.type == "startEvent" and element.form and element.event is None and not _is_top(draft, element):
            yield about(element, "start_form_inside")
        for form in _shown_to_voters(element) - known:
            yield about(element, "form_unknown", form=form, **similar(form, known))


def _shown_to_voters(element: Element) -> set[str]:
    """The forms that the opening of a ballot names in plain text."""
    shown = [source for source, target in element.inputs if target in ("forms", "estimate")]
    return {form for source in shown for form in _TEXTS.findall(source)} if element.service == OPENS_BALLOT else set()


def _is_top(draft: Draft, element: Element) -> bool:
    return element.parent == draft.process.key


def unused_files(draft: Draft) -> Iterator[LintProblem]:
    if not draft.is_main:
        return
    used = {form for process in draft.processes.values() for form in process.forms}
    steps = (step for process in draft.processes.values() for step in process.elements.values())
    used |= {form for step in steps for form in _shown_to_voters(step)}
    for form_id in sorted(draft.forms.keys() - used):
        yield style("form_unused", form=form_id)
    called = {task.decision for process in draft.processes.values() for task in process.each("businessRuleTask")}
    called |= {need.id for table in draft.decisions.values() for need in table.requires}
    for decision_id in sorted(draft.decisions.keys() - called):
        yield style("decision_unused", decision=decision_id)


def services(draft: Draft) -> Iterator[LintProblem]:
    for task in draft.process.elements.values():
        if task.type == "serviceTask" and not task.service:
            yield about(task, "service_missing")
        elif task.service and task.service not in draft.services:
            yield about(task, "service_unknown", service=task.service, **similar(task.service, draft.services))


def decisions(draft: Draft) -> Iterator[LintProblem]:
    known = draft.decisions.keys() | draft.unread_decisions
    for task in draft.steps("businessRuleTask"):
        table = draft.decisions.get(task.decision or "")
        if not task.decision:
            yield about(task, "decision_missing")
        elif task.decision not in known:
            yield about(task, "decision_unknown", decision=task.decision, **similar(task.decision, known))
        elif table and not task.result_variable and not table.output_names:
            yield about(task, "result_variable_missing", decision=task.decision)


def scripts(draft: Draft) -> Iterator[LintProblem]:
    for task in draft.steps("scriptTask"):
        if not task.script:
            yield about(task, "script_missing")
        elif not task.result_variable and not context_keys(task.script) and _is_feel(task.script):
            yield about(task, "script_not_context")


def mappings(draft: Draft) -> Iterator[LintProblem]:
    """What the engine would not do is refused instead of passed over."""
    for element in draft.process.elements.values():
        for source, target in (*element.inputs, *element.outputs):
            if not source or not target:
                yield about(element, "mapping_incomplete", text=source or target)
        targets = [target for _, target in element.outputs], [target for _, target in element.inputs]
        for twice in {name for names in targets for name in names if names.count(name) > 1}:
            yield about(element, "mapping_twice", target=twice)
        for source, _ in element.outputs if _comes_from_outside(element) else ():
            if not _PLAIN.fullmatch(strip_equals(source)):
                yield about(element, "output_not_plain", text=source[:60])
        for what in _not_executed(element):
            yield about(element, "not_executed", what=what)


def _comes_from_outside(element: Element) -> bool:
    """Fields of messages and signals are taken by their names; nothing is worked out from them."""
    return element.event in ("message", "signal") and not element.throws and not element.form


def _not_executed(element: Element) -> Iterator[str]:
    if element.inputs and not _takes_inputs(element):
        yield "zeebe:ioMapping input"
    if element.outputs and not _gives_outputs(element):
        yield "zeebe:ioMapping output"


def _takes_inputs(element: Element) -> bool:
    """What a form may read, what a service or a called diagram is given, what a message or signal carries."""
    if element.type in ("serviceTask", "businessRuleTask", "userTask", "sendTask", "callActivity"):
        return True
    return element.throws and (bool(element.service) or element.event in ("message", "signal"))


def _gives_outputs(element: Element) -> bool:
    """What a person, a service or a called diagram leaves behind, and what comes in with an event."""
    if element.throws:
        return bool(element.service)
    if element.event is None:
        return element.type not in ("startEvent", "endEvent")
    return element.event in ("message", "signal", "error")


def _is_feel(text: str) -> bool:
    try:
        compile_expression(strip_equals(text))
    except FeelSyntaxError:
        return False
    return True


RULES = (forms, unused_files, services, decisions, scripts, mappings)
