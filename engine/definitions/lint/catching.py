"""Errors and escalations: what is thrown is caught somewhere, and what is caught can be thrown."""

from collections.abc import Iterator
from dataclasses import replace

from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.calling import reached_from
from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import inside, scopes_around
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import EVERYBODY_DECLINED, Element, Process

_WITHOUT_CODE = {"error": "error_code_missing", "escalation": "escalation_code_missing"}
_NOT_CAUGHT = {"error": "error_not_caught", "escalation": "escalation_not_caught"}
_NEVER_THROWN = {"error": "error_never_thrown", "escalation": "escalation_never_thrown"}
_CODES = {"bpmn:error": "errorCode", "bpmn:escalation": "escalationCode"}
_NS = dict(BPMN.namespaces)
_RUNS_SERVICES = ("serviceTask", "sendTask", "intermediateThrowEvent", "endEvent")


def coded(draft: Draft) -> Iterator[LintProblem]:
    for event in _all(draft, throwing=True):
        if not code_of(event):
            yield about(event, _WITHOUT_CODE[event.event or ""])


def caught_is_named(draft: Draft) -> Iterator[LintProblem]:
    """An error without code in the file catches every error, whatever its name says."""
    without = {e.get("id") for tag in _CODES for e in draft.tree.iterfind(tag, _NS) if not e.get(_CODES[tag])}
    unclear = {
        event.get("id")
        for kind in _WITHOUT_CODE
        for event in draft.tree.iterfind(f".//bpmn:{kind}EventDefinition/..", _NS)
        if event.find(f"bpmn:{kind}EventDefinition", _NS).get(f"{kind}Ref") in without
    }
    for catch in _all(draft, throwing=False):
        if catch.id in unclear:
            yield about(catch, "caught_without_code", "warning")


def thrown_is_caught(draft: Draft) -> Iterator[LintProblem]:
    """Without a catch an error becomes an incident, and an escalation a line in the history."""
    for event in _all(draft, throwing=True):
        if code_of(event) and not _caught(draft, event):
            yield about(event, _NOT_CAUGHT[event.event or ""], "warning", thrown=code_of(event))


def caught_is_thrown(draft: Draft) -> Iterator[LintProblem]:
    for catch in _all(draft, throwing=False):
        if not _may_be_thrown(draft, catch):
            yield about(catch, _NEVER_THROWN[catch.event or ""], "warning", thrown=code_of(catch) or "*")


def declining_is_caught(draft: Draft) -> Iterator[LintProblem]:
    """What is offered to named people only ends in an error when all of them decline."""
    for task in draft.process.each("userTask"):
        declined = _declined(task)
        own = (e for e in draft.process.each("boundaryEvent") if e.attached_to == task.id)
        if declined and not any(_fits(catch, declined) for catch in own) and not _caught(draft, declined):
            yield about(task, "decline_not_caught", "warning", thrown=EVERYBODY_DECLINED)


def _declined(task: Element) -> Element | None:
    """The error in which this task may end, as if it were drawn there."""
    if task.type != "userTask" or not task.candidate_users or task.candidate_groups:
        return None
    return replace(task, type="endEvent", event="error", error_code=EVERYBODY_DECLINED)


def _all(draft: Draft, *, throwing: bool) -> list[Element]:
    return [e for e in draft.process.elements.values() if e.event in _WITHOUT_CODE and e.throws == throwing]


def code_of(event: Element) -> str | None:
    return event.error_code if event.event == "error" else event.escalation_code


def _fits(catch: Element, thrown: Element) -> bool:
    return catch.event == thrown.event and not catch.throws and code_of(catch) in (None, "", code_of(thrown))


def _caught(draft: Draft, thrown: Element) -> bool:
    """Looks outwards from scope to scope, then in the same way from every call of this diagram, and so on."""
    if _caught_around(draft.process, thrown, thrown):
        return True
    seen, left = {draft.process.key}, [draft.process.key]
    while left:
        key = left.pop()
        for caller, call in _calls_of(key, draft):
            own = (e for e in caller.each("boundaryEvent") if e.attached_to == call.id)
            if any(_fits(catch, thrown) for catch in own) or _caught_around(caller, call, thrown):
                return True
            if caller.key not in seen:
                seen.add(caller.key)
                left.append(caller.key)
    return False


def _caught_around(process: Process, at: Element, thrown: Element) -> bool:
    scopes = set(scopes_around(process, at))
    handlers = {e.id for e in process.each("subProcess") if e.triggered_by_event and e.parent in scopes}
    catchers = [e for e in process.each("boundaryEvent") if e.attached_to in scopes]
    # What is thrown inside an event sub-process is not caught by that same one.
    catchers += [e for e in process.each("startEvent") if e.parent in handlers - scopes]
    return any(_fits(catch, thrown) for catch in catchers)


def _calls_of(key: str, draft: Draft) -> Iterator[tuple[Process, Element]]:
    for caller in draft.processes.values():
        for call in caller.each("callActivity"):
            if call.called and call.called.process == key:
                yield caller, call


def _may_be_thrown(draft: Draft, catch: Element) -> bool:
    process = draft.process
    if catch.attached_to:
        watched = [process.elements[catch.attached_to], *inside(process, catch.attached_to)]
    else:
        handler = process.elements.get(catch.parent)
        own = {e.id for e in inside(process, catch.parent)}
        watched = [e for e in inside(process, handler.parent) if e.id not in own] if handler else []
    return any(_throws(element, catch) for element in watched) or _thrown_by_called(draft, watched, catch)


def _thrown_by_called(draft: Draft, watched: list[Element], catch: Element) -> bool:
    calls = {element.called.process for element in watched if element.called}
    keys = {key for call in calls for key in reached_from(call, draft.processes)}
    called = (draft.processes[key] for key in keys if key in draft.processes)
    return any(_throws(element, catch) for process in called for element in process.elements.values())


def _throws(element: Element, catch: Element) -> bool:
    """Nobody knows here with which codes a service may fail."""
    thrown = _declined(element) or element
    if thrown.throws and _fits(catch, thrown):
        return True
    return catch.event == "error" and bool(element.service) and element.type in _RUNS_SERVICES


RULES = (coded, caught_is_named, thrown_is_caught, declining_is_caught, caught_is_thrown)
