"""A deciding gateway always knows which way, conditions stand where they count, events follow an event gateway."""

from collections.abc import Iterator

from engine.definitions.lint.about import about, about_flow
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Element, Flow

DECIDING = ("exclusiveGateway", "inclusiveGateway")
_AWAITED = ("message", "timer", "signal", "condition")


def conditions(draft: Draft) -> Iterator[LintProblem]:
    deciding = {gateway.id for gateway in draft.steps(*DECIDING)}
    for flow in draft.process.flows:
        if flow.condition is not None and flow.source not in deciding:
            yield about_flow(flow, "condition_ignored")
    for gateway in draft.steps(*DECIDING):
        yield from _choices(gateway, draft.process.out_of(gateway.id))


def _choices(gateway: Element, flows: list[Flow]) -> Iterator[LintProblem]:
    if len(flows) == 1:
        if flows[0].condition is not None:
            yield about_flow(flows[0], "condition_on_only_way")
        return
    for flow in flows:
        if flow.is_default and flow.condition is not None:
            yield about_flow(flow, "condition_on_default")
        elif not flow.is_default and flow.condition is None:
            yield about_flow(flow, "condition_missing", gateway=gateway.name or gateway.id)
        if not flow.name:
            yield about_flow(flow, "way_without_name", "style")
    if flows and gateway.default is None:
        yield about(gateway, "default_missing", "warning")


def event_gateways(draft: Draft) -> Iterator[LintProblem]:
    """The first event decides, so each way begins with an event, and nothing else leads to that event."""
    process = draft.process
    for gateway in draft.steps("eventBasedGateway"):
        for flow in process.out_of(gateway.id):
            following = process.elements[flow.target]
            if not _can_be_awaited(following):
                yield about(following, "event_gateway_target", gateway=gateway.name or gateway.id)
            elif len(process.into(following.id)) > 1:
                yield about(following, "event_gateway_shared", gateway=gateway.name or gateway.id)
            elif following.type == "receiveTask" and _is_more_than_an_event(draft, following):
                yield about(following, "event_gateway_plain_task", gateway=gateway.name or gateway.id)


def _can_be_awaited(element: Element) -> bool:
    if element.type == "receiveTask":
        return True
    return element.type == "intermediateCatchEvent" and element.event in _AWAITED


def _is_more_than_an_event(draft: Draft, task: Element) -> bool:
    return bool(task.loop) or any(e.attached_to == task.id for e in draft.steps("boundaryEvent"))


def behind_event_gateway(draft: Draft, element: Element) -> bool:
    sources = (draft.process.elements[flow.source] for flow in draft.process.into(element.id))
    return any(source.type == "eventBasedGateway" for source in sources)


RULES = (conditions, event_gateways)
