"""What happens by itself, one step at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.engine.spiff.oracle import gateways, throwing, tokens
from tests.engine.spiff.oracle.diagram import PERFORMED
from tests.engine.spiff.oracle.state import Listener, State

THROWING = ("intermediateThrowEvent", "endEvent")
THROWN = ("message", "signal")
_ACTS = {
    "error": throwing.throw_error,
    "escalation": throwing.throw_escalation,
    "terminate": throwing.terminate,
    "compensation": throwing.compensate,
}


class EndlessMoves(Exception):
    """Automatic steps go on without end, or tokens become ever more."""


@dataclass(frozen=True)
class Move:
    """`says`: the element that the world hears of when this step is done."""

    do: Callable[[State], None]
    says: str | None = None


def make_free_moves(state: State, *, most: int) -> None:
    """Steps that come to the same whenever they are made, so they are made first."""
    while (move := next(_free_moves(state), None)) is not None:
        move()
        most -= 1
        if most < 0:
            raise EndlessMoves


def _free_moves(state: State) -> Iterator[Callable[[], None]]:
    for number, scope in state.scopes.items():
        for flow in scope.flows:
            target = state.diagram.flows[flow].target
            if not gateways.is_join(state.diagram, target):
                yield partial(_arrive, state, number, flow)
            elif _is(state, target, "parallelGateway") and gateways.parallel_may_join(state, number, target):
                yield partial(gateways.join, state, number, target)
    for number, token in state.tokens.items():
        if token.phase == "ready" and _is_free(state, number):
            yield partial(_go_on, state, number)
    for number in state.scopes:
        if tokens.is_over(state, number) and _may_close_freely(state, number):
            yield partial(tokens.close_scope, state, number)


def _is(state: State, element: str, kind: str) -> bool:
    return state.diagram.nodes[element].kind == kind


def _arrive(state: State, scope: int, flow: str) -> None:
    state.put(scope, flow, by=-1)
    tokens.enter(state, scope, state.diagram.flows[flow].target)


def _is_free(state: State, number: int) -> bool:
    node, token = state.node(number), state.tokens[number]
    if node.loop is not None and not token.alone:
        return not node.loop.into
    if node.kind in (*PERFORMED, *THROWING):
        return node.kind not in PERFORMED and node.event in (None, "link")
    if node.call is not None:
        return not node.call.inputs  # what they read, others may be writing
    return node.kind == "subProcess" or _may_leave_freely(state, number)


def _may_leave_freely(state: State, number: int) -> bool:
    """Whether nobody cares when a token leaves. The end of an instance may cancel others and write results; completions
    are remembered in their order; a thrower waits for its handlers.
    """
    token, node = state.tokens[number], state.node(number)
    if token.alone:
        return node.loop is not None and node.loop.enough is None and not node.loop.into
    return token.undoing is None and not state.diagram.handler_of(node.id)


def _may_close_freely(state: State, number: int) -> bool:
    """Nothing is left inside; only a condition on the border may still come between, or what is handed back."""
    owner, listeners = state.scopes[number].owner, state.scopes[number].listeners
    if owner is None:
        return not _have_condition(state, listeners)
    call = state.node(owner).call
    hands_back = call is not None and (call.returns_all or call.outputs)
    listeners += state.tokens[owner].listeners
    return not hands_back and not _have_condition(state, listeners) and _may_leave_freely(state, owner)


def _have_condition(state: State, listeners: tuple[Listener, ...]) -> bool:
    return any(state.diagram.nodes[one.event].fact for one in listeners)


def _go_on(state: State, number: int) -> None:
    """A token does what its element is for, as far as nothing outside is asked."""
    node, token = state.node(number), state.tokens[number]
    if node.loop is not None and not token.alone:
        tokens.begin_round(state, number)
    elif node.kind in ("subProcess", "callActivity"):
        tokens.go_inside(state, number)
    elif node.kind in ("exclusiveGateway", "inclusiveGateway"):
        gateways.split(state, number, only_first=node.kind == "exclusiveGateway")
    elif node.kind == "intermediateThrowEvent" and node.event == "link":
        scope = token.scope
        tokens.cancel(state, number)
        tokens.enter(state, scope, state.diagram.link_catch(node))
    else:
        tokens.leave(state, number)


def choices(state: State) -> list[Move]:
    """Steps whose order may matter; the standard leaves it open. Empty when everything waits."""
    found = [*_acting(state), *_closing(state), *_conditions(state)]
    return found + [Move(step) for step in _inclusive_joins(state)]


def _acting(state: State) -> Iterator[Move]:
    for number, token in state.tokens.items():
        if token.phase == "ready":
            node, begins = state.node(number), state.node(number).loop is not None and not token.alone
            announces = node.kind in THROWING and node.event in THROWN
            says = node.id if (announces or node.kind in PERFORMED) and not begins else None
            yield Move(partial(_act, number=number), says=says)


def _act(state: State, *, number: int) -> None:
    node = state.node(number)
    act = _ACTS.get(node.event or "") if node.kind in THROWING else None
    if node.loop is not None and not state.tokens[number].alone:
        tokens.begin_round(state, number)
    elif node.kind in PERFORMED:
        _perform(state, number)
    elif act is not None:
        act(state, number)
    elif node.call is not None:
        tokens.go_inside(state, number)
    else:
        tokens.leave(state, number)


def _perform(state: State, number: int) -> None:
    node, scope = state.node(number), state.tokens[number].scope
    outcome = state.read(scope, node.outcome) if node.outcome else None
    if outcome == "fail":
        tokens.fail(state, number)
    elif outcome not in (None, "ok"):
        throwing.throw_error(state, number, outcome)
    else:
        if node.counts:
            state.write(scope, node.counts, (state.read(scope, node.counts) or 0) + 1)
        if node.decides:
            state.write(scope, node.decides, 1)
        tokens.leave(state, number)


def _closing(state: State) -> Iterator[Move]:
    for number in state.scopes:
        if tokens.is_over(state, number):
            yield Move(partial(tokens.close_scope, number=number))


def _conditions(state: State) -> Iterator[Move]:
    """Conditional events fire when their condition has become true."""
    for number, token in state.tokens.items():
        for listener in token.listeners:
            if _has_become_true(state, token.scope, listener):
                yield Move(partial(happen_to_token, number=number, event=listener.event))
    for number, scope in state.scopes.items():
        for listener in scope.listeners:
            if _has_become_true(state, number, listener):
                yield Move(partial(happen_in_scope, number=number, event=listener.event))


def _has_become_true(state: State, scope: int, listener: Listener) -> bool:
    node = state.diagram.nodes[listener.event]
    return node.fact is not None and not listener.seen and gateways.is_true(state, scope, node.fact)


def happen_to_token(state: State, *, number: int, event: str) -> None:
    """An event that this token waits for: its own, one of several it may take, or one on its border."""
    token, node = state.tokens[number], state.diagram.nodes[event]
    if node.host is not None:
        if not node.interrupting:
            state.change(number, listeners=throwing.heard(token.listeners, node))
        throwing.step_over_border(state, number, node)
    elif event == token.element:
        tokens.leave(state, number)
    else:
        tokens.cancel(state, number)
        tokens.leave(state, tokens.enter(state, token.scope, event))


def happen_in_scope(state: State, *, number: int, event: str) -> None:
    node = state.diagram.nodes[event]
    if not node.interrupting:
        state.change_scope(number, listeners=throwing.heard(state.scopes[number].listeners, node))
    throwing.start_aside(state, number, node)


def _inclusive_joins(state: State) -> Iterator[Callable[[State], None]]:
    """Judged when nothing else is left to do in the scope."""
    for number, scope in state.scopes.items():
        if any(state.tokens[n].phase == "ready" for n in state.tokens_in(number)):
            continue
        for gateway in dict.fromkeys(state.diagram.flows[flow].target for flow in scope.flows):
            if _is(state, gateway, "inclusiveGateway") and gateways.inclusive_may_join(state, number, gateway):
                yield partial(_join_inclusive, scope=number, gateway=gateway)


def _join_inclusive(state: State, *, scope: int, gateway: str) -> None:
    gateways.join(state, scope, gateway)
