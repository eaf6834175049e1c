"""Whatever can be undone has one handler beside it, and something in its own scope that asks for it."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Process


def handlers(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    for event in _catches(process):
        handler = process.elements.get(event.handler or "")
        if handler is None or not handler.for_compensation:
            yield about(event, "handler_missing")
        elif handler.parent != event.parent:
            yield about(event, "handler_elsewhere", handler=handler.name or handler.id)
    called = {event.handler for event in _catches(process)}
    for element in process.elements.values():
        if element.for_compensation and element.id not in called:
            yield about(element, "handler_not_called")


def throws(draft: Draft) -> Iterator[LintProblem]:
    """A throw undoes what is done in its own scope, newest first; deeper scopes are closed to it."""
    process = draft.process
    catches = _catches(process)
    for throw in _throws(process):
        own = [event for event in catches if event.parent == throw.parent]
        if throw.activity is None:
            if not own:
                yield about(throw, "compensation_of_nothing")
        elif throw.activity not in {event.attached_to for event in own}:
            wanted = process.elements.get(throw.activity)
            elsewhere = wanted is not None and wanted.parent != throw.parent
            code = "compensation_elsewhere" if elsewhere else "compensation_without_handler"
            yield about(throw, code, activity=(wanted and wanted.name) or throw.activity)


def never_undone(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    for event in _catches(process):
        own = [throw for throw in _throws(process) if throw.parent == event.parent]
        if not any(throw.activity in (None, event.attached_to) for throw in own):
            yield about(event, "compensation_never_thrown", activity=_name(process, event.attached_to))


def _catches(process: Process) -> list[Element]:
    return [event for event in process.each("boundaryEvent") if event.event == "compensation"]


def _throws(process: Process) -> list[Element]:
    return [e for e in process.each("intermediateThrowEvent", "endEvent") if e.event == "compensation"]


def _name(process: Process, element_id: str | None) -> str:
    element = process.elements.get(element_id or "")
    return (element.name or element.id) if element else ""


RULES = (handlers, throws, never_undone)
