"""Every event says what it waits for or what it does, at a place where that can happen."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import link_ends
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element

_BREAKS_OFF = ("error",)


def defined(draft: Draft) -> Iterator[LintProblem]:
    for event in draft.steps("intermediateCatchEvent", "boundaryEvent", "receiveTask"):
        if event.event is None:
            yield about(event, "event_without_definition")


def starts(draft: Draft) -> Iterator[LintProblem]:
    """A case is opened by a person or a service; inside, only an event sub-process begins with an event."""
    for start in draft.steps("startEvent"):
        around = draft.process.elements.get(start.parent)
        if around is not None and around.triggered_by_event:
            if start.event is None:
                yield about(start, "event_start_missing", scope=around.name or around.id)
        elif start.event is not None:
            yield about(start, "start_by_event" if around is None else "start_by_event_inside")
        elif not start.interrupting:
            yield about(start, "not_executed", what="isInterrupting=false")


def interrupting(draft: Draft) -> Iterator[LintProblem]:
    """After an error nothing of what it happened in can go on."""
    for event in draft.steps("boundaryEvent", "startEvent"):
        if event.event in _BREAKS_OFF and not event.interrupting:
            yield about(event, "error_goes_on")


def messages(draft: Draft) -> Iterator[LintProblem]:
    for event in draft.process.elements.values():
        if event.throws and event.event in ("message", None):
            yield from _sent(event)
        elif event.service and event.type != "serviceTask":
            yield about(event, "not_executed", what="zeebe:taskDefinition")
        elif event.event == "message" and not event.message and not event.is_discretionary:
            yield about(event, "message_name_missing")


def _sent(event: Element) -> Iterator[LintProblem]:
    """A message that is sent is either a message to a case or the call of a service."""
    if event.event is None and event.type == "intermediateThrowEvent":
        if event.service:
            yield about(event, "not_executed", what="zeebe:taskDefinition")
    elif event.service and event.message:
        yield about(event, "sends_two_things", service=event.service, message=event.message)
    elif not event.service and not event.message:
        yield about(event, "sends_nothing")
    elif event.message and not event.correlation_key:
        yield about(event, "message_key_missing", "warning", message=event.message)


def signals(draft: Draft) -> Iterator[LintProblem]:
    for event in draft.process.elements.values():
        if event.event == "signal" and not event.signal:
            yield about(event, "signal_name_missing")


def conditional_events(draft: Draft) -> Iterator[LintProblem]:
    for event in draft.process.elements.values():
        if event.event == "condition" and not event.condition:
            yield about(event, "event_condition_missing")


def links(draft: Draft) -> Iterator[LintProblem]:
    ends = [e for e in draft.process.elements.values() if e.event == "link"]
    for end in ends:
        if not end.link:
            yield about(end, "link_name_missing")
        elif end.throws:
            if not link_ends(draft.process, end):
                yield about(end, "link_without_catch", link=end.link)
        elif not any(other.throws and end in link_ends(draft.process, other) for other in ends):
            yield about(end, "link_without_throw", link=end.link)
        elif link_ends(draft.process, end)[0] is not end:
            yield about(end, "link_caught_twice", link=end.link)


def terminating(draft: Draft) -> Iterator[LintProblem]:
    """In an event sub-process it ends that handler only, which is seldom what is meant."""
    for end in draft.steps("endEvent"):
        around = draft.process.elements.get(end.parent)
        if end.event == "terminate" and around is not None and around.triggered_by_event:
            yield about(end, "terminate_ends_handler", "warning", scope=around.name or around.id)


RULES = (defined, starts, interrupting, messages, signals, conditional_events, links, terminating)
