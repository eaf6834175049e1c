"""A step for which the law sets a time has its clock, and somebody hears of it when the time is over.

Of law is a clock rule with an article; a user task says it with `statutory`, or by a due date of such a rule.
"""

import re
from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import scopes_around
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Process

STATUTORY = "statutory"
_DUE = re.compile(r'期限\s*\(\s*(?:rule\s*:\s*)?"([^"]+)"')
_NAMES = re.compile(r'"([^"]+)"')


def clocks_of_law(draft: Draft) -> Iterator[LintProblem]:
    for task in draft.process.each("userTask"):
        watching = _watching(draft.process, task)
        if task.properties.get(STATUTORY) == "true" and not any(_rules(e) for e in (task, *watching)):
            yield about(task, "statutory_without_clock", "warning", clock="")
            continue
        wanted = [rule for rule in _DUE.findall(task.due_date or "") if _is_law(draft, rule)]
        missing = [rule for rule in dict.fromkeys(wanted) if rule not in _known_around(draft)]
        for rule in missing:
            yield about(task, "due_date_without_clock", "warning", clock=rule)


def overdue_is_heard_of(draft: Draft) -> Iterator[LintProblem]:
    """Besides those who did not do it: a way of the diagram, or whom the rule names under `tell`."""
    for task in draft.process.each("userTask"):
        legal = [rule for rule in _rules(task) if _is_law(draft, rule)]
        silent = [rule for rule in legal if not draft.rules.clocks[rule].tell]
        if silent and not _watching(draft.process, task):
            yield about(task, "overdue_unheard", "warning", clock=silent[0])


def placed(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        value = element.properties.get(STATUTORY)
        if value is not None and element.type != "userTask":
            yield about(element, "property_misplaced", property=STATUTORY)
        elif value not in (None, "true"):
            yield about(element, "return_property_unknown", property=STATUTORY, value=value, allowed="true")


def _is_law(draft: Draft, rule: str) -> bool:
    return rule in draft.rules.clocks and any(limit.article for limit in draft.rules.clocks[rule].limits)


def _rules(element: Element) -> list[str]:
    """The rules of the clock that stands on an element; FEEL may choose between several."""
    clock = element.properties.get("clock", "")
    return _NAMES.findall(clock) if clock.startswith("=") else [clock] if clock else []


def _watching(process: Process, task: Element) -> list[Element]:
    """Timers with a way out on the task and on what is around it, and those that start event sub-processes there."""
    scopes = set(scopes_around(process, task))
    handlers = {e.id for e in process.elements.values() if e.triggered_by_event and e.parent in scopes}
    return [
        event
        for event in process.elements.values()
        if event.event == "timer"
        and (event.attached_to in scopes | {task.id} or event.parent in handlers)
        and "clock" in event.properties
    ]


def _known_around(draft: Draft) -> set[str]:
    """The rules whose clocks run in this diagram or in one that calls it."""
    around = [p for p in draft.processes.values() if p is draft.process or _calls(p, draft.process.key)]
    return {rule for process in around for element in process.elements.values() for rule in _rules(element)}


def _calls(process: Process, key: str) -> bool:
    return any(call.called is not None and call.called.process == key for call in process.each("callActivity"))


RULES = (clocks_of_law, overdue_is_heard_of, placed)
