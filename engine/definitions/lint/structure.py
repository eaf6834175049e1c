"""Tokens start at one place, always have somewhere to go, and never split or merge where nobody sees it."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem, error
from engine.definitions.process import Element

GATEWAYS = ("exclusiveGateway", "parallelGateway")


def executable(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    if not process.executable:
        yield error("not_executable", element_id=process.key, line=process.line)


def starts_and_ends(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    levels = [(process.key, process.name, process.line)]
    levels += [(sub.id, sub.name or sub.id, sub.line) for sub in process.each("subProcess")]
    for level, name, line in levels:
        inside = process.within(level)
        starts = sum(element.type == "startEvent" for element in inside)
        if starts != 1:
            yield error("start_count", element_id=level, line=line, name=name, count=starts)
        if not any(element.type == "endEvent" for element in inside):
            yield error("end_missing", element_id=level, line=line, name=name)


def ways_in_and_out(draft: Draft) -> Iterator[LintProblem]:
    for element in draft.process.elements.values():
        incoming, outgoing = len(draft.process.into(element.id)), len(draft.process.out_of(element.id))
        yield from _ways_in(element, incoming)
        yield from _ways_out(element, outgoing)
        if element.type in GATEWAYS and incoming == 1 and outgoing == 1:
            yield about(element, "gateway_without_effect", "style")
        if element.type in GATEWAYS and incoming > 1 and outgoing > 1:
            yield about(element, "gateway_mixed", "style")


def _ways_in(element: Element, incoming: int) -> Iterator[LintProblem]:
    if element.type == "startEvent" and incoming:
        yield about(element, "start_has_incoming")
    elif element.type == "boundaryEvent" and incoming:
        yield about(element, "boundary_has_incoming")
    elif incoming > 1 and element.type not in (*GATEWAYS, "endEvent", "startEvent", "boundaryEvent"):
        yield about(element, "implicit_join", "warning", count=incoming)


def _ways_out(element: Element, outgoing: int) -> Iterator[LintProblem]:
    if element.type == "endEvent":
        if outgoing:
            yield about(element, "end_has_outgoing")
    elif not outgoing:
        yield about(element, "dead_end")
    elif outgoing > 1 and element.type not in GATEWAYS:
        yield about(element, "implicit_split", count=outgoing)


def events(draft: Draft) -> Iterator[LintProblem]:
    for event in draft.steps("intermediateCatchEvent", "boundaryEvent"):
        if event.event is None:
            yield about(event, "event_without_definition")
    for task in draft.steps("receiveTask"):
        if task.event is None:
            yield about(task, "event_without_definition")
    for event in draft.process.elements.values():
        if event.event == "message" and not event.message:
            yield about(event, "message_name_missing")


RULES = (executable, starts_and_ends, ways_in_and_out, events)
