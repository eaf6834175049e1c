"""Errors, escalations, terminate and compensation: what one token does to others."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.engine.spiff.oracle.diagram import Node
from tests.engine.spiff.oracle.state import Listener, State
from tests.engine.spiff.oracle.tokens import cancel, clear, enter, fail, leave

Place = tuple[list[Node], Callable[[Node], None]]


def throw_error(state: State, number: int, code: str | None = None) -> None:
    """The innermost catch event takes it; without one the token stays as an incident."""
    code = code or state.node(number).name or ""
    if not _is_caught(_places(state, number, own_border=True), "error", code):
        fail(state, number)


def throw_escalation(state: State, number: int) -> None:
    """Caught or not, the thrower goes on, unless it lies in what is interrupted."""
    _is_caught(_places(state, number, own_border=False), "escalation", state.node(number).name or "")
    if number in state.tokens:
        leave(state, number)


def _is_caught(places: Iterator[Place], event: str, code: str) -> bool:
    for catchers, happen in places:
        # In one place the very code comes before an event that takes any.
        named = [n for n in catchers if n.event == event and n.name == code]
        for catcher in named or [n for n in catchers if n.event == event and n.name is None]:
            happen(catcher)
            return True
    return False


def _places(state: State, number: int, *, own_border: bool) -> Iterator[Place]:
    """From within outwards: the border of the thrower, event sub-processes around it, the border of what is around …

    What is thrown inside an event sub-process is not caught by that same one.
    """
    at: int | None = number
    while at is not None:
        token = state.tokens[at]
        if own_border and not token.alone:
            yield state.diagram.on(token.element), partial(step_over_border, state, at)
        scope, own_border = state.scopes[token.scope], True
        if scope.position is None and not scope.deaf:
            others = [start for start in state.diagram.asides(scope.level) if start.level != token.element]
            yield others, partial(start_aside, state, token.scope)
        at = scope.owner


def step_over_border(state: State, number: int, event: Node) -> None:
    """A boundary event happens to an activity."""
    scope = state.tokens[number].scope
    if event.interrupting:
        cancel(state, number)
    enter(state, scope, event.id)


def start_aside(state: State, scope: int, event: Node) -> None:
    """An event sub-process begins, beside everything in its scope or instead of it."""
    if event.interrupting:
        clear(state, scope)
        state.change_scope(scope, listeners=(), deaf=True)
    enter(state, scope, event.level)


def heard(listeners: tuple[Listener, ...], event: Node) -> tuple[Listener, ...]:
    """What is still waited for when this event has happened without interrupting: a plain timer runs once."""
    rest = [other for other in listeners if other.event != event.id]
    once = event.event == "timer" and not event.repeats
    return tuple(rest) if once else (*rest, Listener(event.id, seen=event.event == "condition"))


def terminate(state: State, number: int) -> None:
    clear(state, state.tokens[number].scope)


def compensate(state: State, number: int) -> None:
    """The newest completion that is still to be undone; when none is left, the thrower goes on."""
    token, node = state.tokens[number], state.node(number)
    todo = token.handlers
    if todo is None:
        done = state.scopes[token.scope].done
        mine = [one for one in done if node.name in (None, one)]
        state.change_scope(token.scope, done=tuple(one for one in done if one not in mine))
        todo = tuple(mine)
    if not todo:
        state.change(number, handlers=None)
        leave(state, number)
        return
    state.change(number, handlers=todo[:-1], phase="inside")
    handler = state.diagram.handler_of(todo[-1])
    assert handler is not None
    enter(state, token.scope, handler, undoing=number)
