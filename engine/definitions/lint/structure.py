"""Tokens start at one place, always have somewhere to go, and never split or merge where nobody sees it."""

from collections import Counter
from collections.abc import Iterator

from engine.definitions.lint.about import about, about_flow
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem, error
from engine.definitions.process import Element

GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")
_MAY_COME_FROM_ANYWHERE = (*GATEWAYS, "endEvent", "startEvent", "boundaryEvent")


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
        if stands_apart(element):
            if incoming or outgoing:
                yield about(element, "must_stand_apart")
            continue
        yield from _ways_in(element, incoming)
        yield from _ways_out(element, outgoing)
        if element.type in GATEWAYS and incoming == 1 and outgoing == 1:
            yield about(element, "gateway_without_effect", "style")
        if element.type in GATEWAYS and incoming > 1 and outgoing > 1:
            yield about(element, "gateway_mixed", "style")


def stands_apart(element: Element) -> bool:
    """No flow leads to or from what an event starts, or what only undoes another step."""
    return element.triggered_by_event or element.for_compensation


def _ways_in(element: Element, incoming: int) -> Iterator[LintProblem]:
    if element.type == "startEvent" and incoming:
        yield about(element, "start_has_incoming")
    elif element.type == "boundaryEvent" and incoming:
        yield about(element, "boundary_has_incoming")
    elif element.event == "link" and not element.throws and incoming:
        yield about(element, "link_catch_has_incoming")
    elif incoming > 1 and element.type not in _MAY_COME_FROM_ANYWHERE:
        yield about(element, "implicit_join", "warning", count=incoming)


def _ways_out(element: Element, outgoing: int) -> Iterator[LintProblem]:
    if element.type == "endEvent":
        if outgoing:
            yield about(element, "end_has_outgoing")
    elif element.event == "link" and element.throws:
        if outgoing:
            yield about(element, "link_throw_has_outgoing")
    elif element.event == "compensation" and element.type == "boundaryEvent":
        if outgoing:
            yield about(element, "compensation_has_outgoing")
    elif not outgoing:
        yield about(element, "dead_end")
    elif outgoing > 1 and element.type not in GATEWAYS:
        yield about(element, "implicit_split", count=outgoing)


def flows_once(draft: Draft) -> Iterator[LintProblem]:
    """Two flows between the same nodes: a second token, or a second condition that belongs into the first."""
    process = draft.process
    times = Counter((flow.source, flow.target) for flow in process.flows)
    for flow in process.flows:
        if times[flow.source, flow.target] > 1:
            choosing = process.elements[flow.source].type == "exclusiveGateway"
            yield about_flow(flow, "flow_twice", "warning" if choosing else "error")


def hosts(draft: Draft) -> Iterator[LintProblem]:
    """What an event starts, and what undoes another step, is watched by no boundary event."""
    process = draft.process
    for event in process.each("boundaryEvent"):
        host = process.elements.get(event.attached_to or "")
        if host is not None and stands_apart(host):
            yield about(event, "boundary_host", host=host.name or host.id)


RULES = (executable, starts_and_ends, ways_in_and_out, flows_once, hosts)
