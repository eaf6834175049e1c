"""How tokens come into elements, leave them and are taken away, with the scopes that open and close around them."""

from typing import Any

from tests.engine.spiff.oracle.diagram import FOR_PEOPLE, WAITING_EVENTS, Call, Diagram, Loop, Node
from tests.engine.spiff.oracle.state import Listener, Phase, Round, Scope, State, Token

MOST_INSTANCES = 1_000


def begin(diagram: Diagram, variables: dict[str, Any]) -> State:
    state = State(diagram)
    open_level(state, diagram.processes[0], owner=None, variables=variables)
    return state


def enter(state: State, scope: int, element: str, **more: Any) -> int:
    """A token comes into an element; the events on it begin to wait."""
    node, number = state.diagram.nodes[element], state.number()
    alone = bool(more.get("alone"))
    listeners = () if alone else waited_for(state.diagram.on(element))
    phase: Phase = "ready"
    if node.loop is None or alone:
        own = _own_events(state.diagram, node)
        listeners += waited_for(own)
        phase = "waiting" if own or node.kind in FOR_PEOPLE else "ready"
    state.tokens[number] = Token(element, scope, phase, listeners, **more)
    return number


def waited_for(events: list[Node]) -> tuple[Listener, ...]:
    return tuple(Listener(event.id) for event in events if event.event in WAITING_EVENTS)


def _own_events(diagram: Diagram, node: Node) -> list[Node]:
    """What a token that stands here waits for, apart from the events on the border."""
    if node.kind == "eventBasedGateway":
        return [diagram.nodes[flow.target] for flow in diagram.out_of(node.id)]
    if node.kind == "receiveTask" or (node.kind == "intermediateCatchEvent" and node.event in WAITING_EVENTS):
        return [node]
    return []


def leave(state: State, number: int) -> None:
    """What the token did here is done: it goes on along its flow, or back to what it was a part of."""
    token, node = state.tokens[number], state.node(number)
    if token.undoing is not None:
        del state.tokens[number]
        state.change(token.undoing, phase="ready")
    elif token.alone:
        _end_instance(state, number)
    else:
        del state.tokens[number]
        if state.diagram.handler_of(node.id):
            done = (*state.scopes[token.scope].done, node.id)
            state.change_scope(token.scope, done=done)
        for flow in state.diagram.out_of(node.id):
            state.put(token.scope, flow.id)


def leave_by(state: State, number: int, flows: list[str]) -> None:
    token = state.tokens.pop(number)
    for flow in flows:
        state.put(token.scope, flow)


def cancel(state: State, number: int) -> None:
    """Take a token away with everything inside."""
    for scope in state.scopes_of(number):
        remove_scope(state, scope)
    for other in [n for n, token in state.tokens.items() if token.undoing == number]:
        cancel(state, other)
    del state.tokens[number]


def clear(state: State, scope: int) -> None:
    """Take away all tokens of a scope."""
    while tokens := state.tokens_in(scope):
        cancel(state, tokens[0])
    state.change_scope(scope, flows={})


def remove_scope(state: State, scope: int) -> None:
    clear(state, scope)
    del state.scopes[scope]


def open_level(
    state: State, level: str, *, owner: int | None, variables: Any = None, reads_outward: bool = True
) -> int:
    number, diagram = state.number(), state.diagram
    listeners = waited_for(diagram.asides(level))
    state.scopes[number] = Scope(level, owner, variables, reads_outward, listeners=listeners)
    enter(state, number, diagram.start_of(level))
    return number


def go_inside(state: State, number: int) -> None:
    """A sub-process or a called process begins."""
    node = state.node(number)
    state.change(number, phase="inside")
    if node.call is None:
        open_level(state, node.id, owner=number)
        return
    scope = state.tokens[number].scope
    given = {target: state.read(scope, source) for source, target in node.call.inputs}
    open_level(state, node.call.process, owner=number, variables=given, reads_outward=node.call.reads_outward)


def is_over(state: State, scope: int) -> bool:
    found = state.scopes[scope]
    return found.position is None and not found.flows and not state.tokens_in(scope)


def close_scope(state: State, number: int) -> None:
    """No token is left inside: what is around goes on."""
    scope = state.scopes.pop(number)
    if scope.owner is None:
        state.left = scope.variables or {}
        return
    call = state.node(scope.owner).call
    if call is not None:
        _hand_back(state, call, scope)
    leave(state, scope.owner)


def _hand_back(state: State, call: Call, scope: Scope) -> None:
    assert scope.owner is not None
    inside, around = scope.variables or {}, state.tokens[scope.owner].scope
    outer = {name: state.read(around, name) for name, _ in call.outputs} if scope.reads_outward else {}
    given = {target: inside.get(source, outer.get(source)) for source, target in call.outputs}
    if not call.outputs and call.returns_all:
        given = dict(inside)
    for name, value in given.items():
        state.write(around, name, value)


def fail(state: State, number: int) -> None:
    """An incident: the token stays until somebody tries again."""
    state.change(number, phase="failed")


def begin_round(state: State, number: int) -> None:
    """A multi-instance activity reads its list and starts its instances."""
    loop = _loop(state, number)
    items = state.read(state.tokens[number].scope, loop.collection)
    if not isinstance(items, (list, tuple)) or len(items) > MOST_INSTANCES:
        fail(state, number)
        return
    state.change(number, phase="inside", round=Round(tuple(items), (None,) * len(items)))
    if not items:
        _end_round(state, number)
    for _ in items[:1] if loop.sequential else items:
        _start_instance(state, number)


def _loop(state: State, number: int) -> Loop:
    loop = state.node(number).loop
    assert loop is not None
    return loop


def _start_instance(state: State, number: int) -> None:
    book, loop, element = state.tokens[number].round, _loop(state, number), state.tokens[number].element
    assert book is not None
    at, scope = book.started, state.number()
    own = {loop.element: book.items[at], "loopCounter": at + 1}
    state.change(number, round=Round(book.items, book.outputs, at + 1, book.completed))
    state.scopes[scope] = Scope(element, number, own, position=at)
    enter(state, scope, element, alone=True)


def _end_instance(state: State, number: int) -> None:
    scope = state.tokens[number].scope
    owner, position = state.scopes[scope].owner, state.scopes[scope].position
    assert owner is not None
    assert position is not None
    loop, book = _loop(state, owner), state.tokens[owner].round
    assert book is not None
    output = state.read(scope, loop.output) if loop.output else None
    outputs = (*book.outputs[:position], output, *book.outputs[position + 1 :])
    book = Round(book.items, outputs, book.started, book.completed + 1)
    state.change(owner, round=book)
    remove_scope(state, scope)
    if book.completed in (loop.enough, len(book.items)):
        _end_round(state, owner)
    elif loop.sequential:
        _start_instance(state, owner)


def _end_round(state: State, number: int) -> None:
    loop, book, scope = _loop(state, number), state.tokens[number].round, state.tokens[number].scope
    assert book is not None
    for rest in state.scopes_of(number):
        remove_scope(state, rest)
    if loop.into:
        state.write(scope, loop.into, list(book.outputs))
    leave(state, number)
