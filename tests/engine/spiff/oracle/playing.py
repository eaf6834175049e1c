"""Commands from outside, and everything that may follow from one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.engine.spiff.oracle import gateways, moves, tokens
from tests.engine.spiff.oracle.diagram import Diagram
from tests.engine.spiff.oracle.observing import as_words, is_work
from tests.engine.spiff.oracle.state import Listener, State

Facts = Mapping[str, Any]
Words = tuple[tuple[str, str], ...]
MOST_MOVES = 500
MOST_STATES = 1_500


class Disagreement(AssertionError):
    """What the engine did is nothing that the diagram allows."""


class TooManyStates(Exception):
    """There are too many orders of things that happen side by side to look at them all."""


def begin(diagram: Diagram, variables: Facts) -> State:
    return tokens.begin(diagram, dict(variables))


@dataclass(frozen=True)
class Told:
    """`learned` becomes known to the whole process before, `written` is what the step itself writes; `words`, when
    given, are the local variables by which a token is known.
    """

    learned: Facts = field(default_factory=dict)
    written: Facts = field(default_factory=dict)
    words: Words | None = None


NOTHING = Told()


def complete(state: State, element: str, told: Told = NOTHING) -> Iterator[State]:
    """A person's work at an element is done, for each token that may be meant."""
    twin = _changed(state, lambda twin: _learn(twin, told.learned))
    for number, token in state.tokens.items():
        if token.element == element and is_work(state, token) and _is_meant(state, token.scope, told.words):
            yield _changed(twin, lambda s, number=number: _finish(s, number, told.written))


def _is_meant(state: State, scope: int, words: Words | None) -> bool:
    return words is None or as_words(state.local_words(scope)) == words


def _finish(state: State, number: int, written: Facts) -> None:
    for name, value in written.items():
        state.write(state.tokens[number].scope, name, value)
    _look_at_conditions(state)
    tokens.leave(state, number)


def happen(state: State, event: str, told: Told = NOTHING) -> Iterator[State]:
    """A timer runs out, a message or a signal comes, for each token or scope that may be meant."""
    twin = _changed(state, lambda twin: _learn(twin, {**told.learned, **told.written}))
    for number, token in state.tokens.items():
        if event in [one.event for one in token.listeners] and _is_meant(state, token.scope, told.words):
            yield _changed(twin, lambda s, number=number: moves.happen_to_token(s, number=number, event=event))
    for number, scope in state.scopes.items():
        if event in [one.event for one in scope.listeners] and _is_meant(state, number, told.words):
            yield _changed(twin, lambda s, number=number: moves.happen_in_scope(s, number=number, event=event))


def retry(state: State, element: str, told: Told = NOTHING) -> Iterator[State]:
    """A failed step is tried again, whichever may be meant."""
    twin = _changed(state, lambda twin: _learn(twin, {**told.learned, **told.written}))
    for number, token in twin.tokens.items():
        if token.element == element and token.phase == "failed":
            yield _changed(twin, lambda s, number=number: s.change(number, phase="ready"))


def learned(state: State, facts: Facts) -> State:
    """Facts became known, and nothing else happened."""
    return _changed(state, lambda twin: _learn(twin, facts))


def _changed(state: State, change: Callable[[State], object]) -> State:
    twin = state.copy()
    twin.heard = 0
    change(twin)
    return twin


def _learn(state: State, written: Facts) -> None:
    root = next(iter(state.scopes))
    for name, value in written.items():
        state.write(root, name, value)
    _look_at_conditions(state)


def _look_at_conditions(state: State) -> None:
    """Conditions that are false now may fire again when they become true."""
    for number, token in state.tokens.items():
        if token.listeners:
            state.change(number, listeners=_looked_at(state, token.scope, token.listeners))
    for number, scope in state.scopes.items():
        if scope.listeners:
            state.change_scope(number, listeners=_looked_at(state, number, scope.listeners))


def _looked_at(state: State, scope: int, listeners: tuple[Listener, ...]) -> tuple[Listener, ...]:
    nodes = state.diagram.nodes
    return tuple(
        replace(one, seen=one.seen and gateways.is_true(state, scope, nodes[one.event].fact or "")) for one in listeners
    )


def settle(begun: Iterable[State], heard: Sequence[str] | None = None) -> list[State]:
    """Every state, each once, in which nothing more happens by itself.

    `heard`: what the world was asked to perform, in this order; only what fits to it is looked at. Raises
    Disagreement when nothing fits, EndlessMoves, TooManyStates.
    """
    todo, seen, stable, farthest = list(begun), set(), {}, (0, [])
    while todo:
        state = todo.pop()
        moves.make_free_moves(state, most=MOST_MOVES)
        if (key := state.key()) in seen:
            continue
        seen.add(key)
        if len(seen) > MOST_STATES:
            raise TooManyStates
        found = moves.choices(state)
        if not found and (heard is None or state.heard == len(heard)):
            stable[key] = state
        farthest = max(farthest, (state.heard, [m.says for m in found if m.says]), key=lambda one: one[0])
        todo += [_moved(state, move) for move in found if _fits(move, state.heard, heard)]
    if not stable:
        raise Disagreement(f"performed {heard}: after {farthest[0]} the diagram allows {farthest[1]}")
    return list(stable.values())


def _fits(move: moves.Move, at: int, heard: Sequence[str] | None) -> bool:
    return heard is None or move.says is None or (at < len(heard) and heard[at] == move.says)


def _moved(state: State, move: moves.Move) -> State:
    twin = state.copy()
    move.do(twin)
    twin.heard += move.says is not None
    return twin
