"""Which ways a gateway takes, and when a join may fire."""

from collections.abc import Iterable

from tests.engine.spiff.oracle.diagram import Diagram, Flow
from tests.engine.spiff.oracle.state import State
from tests.engine.spiff.oracle.tokens import enter, fail, leave_by


class NotABoolean(Exception):
    """A condition gave neither true nor false nor nothing."""


def is_true(state: State, scope: int, fact: str) -> bool:
    value = state.read(scope, fact)
    if value is not None and not isinstance(value, bool):
        raise NotABoolean
    return bool(value)


def split(state: State, number: int, *, only_first: bool) -> None:
    """Exclusive: the first true flow; inclusive: every true flow; else the default; else it is stuck."""
    node, scope, ways = state.node(number), state.tokens[number].scope, []
    try:
        for flow in state.diagram.out_of(node.id):
            if flow.id != node.default and (flow.fact is None or is_true(state, scope, flow.fact)):
                ways.append(flow.id)
                if only_first:
                    break
    except NotABoolean:
        fail(state, number)
        return
    if not ways and node.default:
        ways = [node.default]
    if ways or not state.diagram.out_of(node.id):
        leave_by(state, number, ways)
    else:
        fail(state, number)


def is_join(diagram: Diagram, element: str) -> bool:
    """Tokens wait on the flows into it, instead of entering one by one."""
    return diagram.nodes[element].kind in ("parallelGateway", "inclusiveGateway") and len(diagram.into(element)) > 1


def join(state: State, scope: int, gateway: str) -> None:
    """Takes one token of every flow that has one."""
    for flow in _full(state, scope, gateway):
        state.put(scope, flow, by=-1)
    enter(state, scope, gateway)


def parallel_may_join(state: State, scope: int, gateway: str) -> bool:
    return len(_full(state, scope, gateway)) == len(state.diagram.into(gateway))


def inclusive_may_join(state: State, scope: int, gateway: str) -> bool:
    """BPMN 2.0.2, 13.4.3: every token that can reach an empty flow of the gateway can reach a full one too."""
    full = set(_full(state, scope, gateway))
    empty = {flow.id for flow in state.diagram.into(gateway)} - full
    return bool(full) and not any(reach & empty and not reach & full for reach in _reaches(state, scope, gateway))


def _full(state: State, scope: int, gateway: str) -> list[str]:
    return [flow.id for flow in state.diagram.into(gateway) if state.scopes[scope].flows.get(flow.id)]


def _reaches(state: State, scope: int, gateway: str) -> Iterable[set[str]]:
    """For every token of the scope the flows to which it may come without passing the gateway."""
    for flow in state.scopes[scope].flows:
        yield _reach(state.diagram, [state.diagram.flows[flow]], gateway)
    for number in state.tokens_in(scope):
        yield _reach(state.diagram, _exits(state.diagram, state.tokens[number].element), gateway)


def _reach(diagram: Diagram, flows: list[Flow], gateway: str) -> set[str]:
    seen: dict[str, Flow] = {}
    while flows:
        flow = flows.pop()
        if flow.id not in seen:
            seen[flow.id] = flow
            flows += [] if flow.target == gateway else _exits(diagram, flow.target)
    return set(seen)


def _exits(diagram: Diagram, element: str) -> list[Flow]:
    """Flows by which a token may go on from an element, also through the events on its border and through links."""
    node = diagram.nodes[element]
    doors = [element, *(event.id for event in diagram.on(element))]
    if node.event == "link" and node.kind == "intermediateThrowEvent":
        doors.append(diagram.link_catch(node))
    return [flow for door in doors for flow in diagram.out_of(door)]
