"""Errors and escalations: what is thrown is caught somewhere, and what is caught can be thrown."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import inside, scopes_around
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Process

_WITHOUT_CODE = {"error": "error_code_missing", "escalation": "escalation_code_missing"}
_NOT_CAUGHT = {"error": "error_not_caught", "escalation": "escalation_not_caught"}
_NEVER_THROWN = {"error": "error_never_thrown", "escalation": "escalation_never_thrown"}
_RUNS_SERVICES = ("serviceTask", "sendTask", "intermediateThrowEvent", "endEvent")


def coded(draft: Draft) -> Iterator[LintProblem]:
    for event in _all(draft, throwing=True):
        if not code_of(event):
            yield about(event, _WITHOUT_CODE[event.event or ""])


def thrown_is_caught(draft: Draft) -> Iterator[LintProblem]:
    """Without a catch an error becomes an incident, and an escalation a line in the history."""
    for event in _all(draft, throwing=True):
        if code_of(event) and not _caught(draft, draft.process, event, event, seen=frozenset()):
            yield about(event, _NOT_CAUGHT[event.event or ""], "warning", thrown=code_of(event))


def caught_is_thrown(draft: Draft) -> Iterator[LintProblem]:
    for catch in _all(draft, throwing=False):
        if not _may_be_thrown(draft, catch):
            yield about(catch, _NEVER_THROWN[catch.event or ""], "warning", thrown=code_of(catch) or "*")


def _all(draft: Draft, *, throwing: bool) -> list[Element]:
    return [e for e in draft.process.elements.values() if e.event in _WITHOUT_CODE and e.throws == throwing]


def code_of(event: Element) -> str | None:
    return event.error_code if event.event == "error" else event.escalation_code


def _fits(catch: Element, thrown: Element) -> bool:
    return catch.event == thrown.event and not catch.throws and code_of(catch) in (None, "", code_of(thrown))


def _caught(
    draft: Draft, process: Process, at: Element, thrown: Element, *, seen: frozenset[str] = frozenset()
) -> bool:
    """Looks outwards from scope to scope, then on from every call of this diagram."""
    for scope in scopes_around(process, at):
        catchers = [e for e in process.each("boundaryEvent") if e.attached_to == scope]
        handlers = {e.id for e in process.within(scope) if e.triggered_by_event}
        catchers += [e for e in process.each("startEvent") if e.parent in handlers]
        if any(_fits(catch, thrown) for catch in catchers):
            return True
    return any(
        _caught_at_call(draft, caller, call, thrown, seen=seen | {process.key})
        for caller in draft.processes.values()
        if caller.key not in seen | {process.key}
        for call in caller.each("callActivity")
        if call.called and call.called.process == process.key
    )


def _caught_at_call(draft: Draft, caller: Process, call: Element, thrown: Element, *, seen: frozenset[str]) -> bool:
    own = (e for e in caller.each("boundaryEvent") if e.attached_to == call.id)
    return any(_fits(catch, thrown) for catch in own) or _caught(draft, caller, call, thrown, seen=seen)


def _may_be_thrown(draft: Draft, catch: Element) -> bool:
    process = draft.process
    if catch.attached_to:
        watched = [process.elements[catch.attached_to], *inside(process, catch.attached_to)]
    else:
        handler = process.elements.get(catch.parent)
        watched = inside(process, handler.parent) if handler else []
    return any(_throws(draft, element, catch, seen=frozenset({process.key})) for element in watched)


def _throws(draft: Draft, element: Element, catch: Element, *, seen: frozenset[str]) -> bool:
    """Nobody knows here with which codes a service may fail."""
    if element.throws and _fits(catch, element):
        return True
    if element.service and element.type in _RUNS_SERVICES:
        return catch.event == "error"
    called = draft.processes.get(element.called.process) if element.called else None
    if called is None or called.key in seen:
        return False
    return any(_throws(draft, inner, catch, seen=seen | {called.key}) for inner in called.elements.values())


RULES = (coded, thrown_is_caught, caught_is_thrown)
