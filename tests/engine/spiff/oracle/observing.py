"""What can be seen of a process from outside, in the same words for the oracle and for the engine."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.engine.spiff.oracle.diagram import FOR_PEOPLE
from tests.engine.spiff.oracle.state import State, Token

# Element, kind, and the local variables there as sorted pairs.
Waiting = tuple[str, str, tuple[tuple[str, str], ...]]


def as_words(variables: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(value)) for name, value in variables.items() if value is not None))


@dataclass(frozen=True)
class Seen:
    """`waiting`: how often which element waits for what, with which local variables; `occupied`: elements in which or
    before which a token is. None is what an engine does not show.
    """

    waiting: Mapping[Waiting, int]
    failed: Mapping[str, int]
    occupied: frozenset[str] | None
    is_finished: bool
    variables: Mapping[str, Any] = field(default_factory=dict)

    def agrees(self, other: "Seen") -> bool:
        return not self.unlike(other)

    def unlike(self, other: "Seen") -> str:
        """What is here and not there, in words for a person."""
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__}
        return "; ".join(
            f"{name}: {_more(here, there)}"
            for name, (here, there) in pairs.items()
            if here != there and None not in (here, there)
        )


def _more(here: Any, there: Any) -> Any:
    if isinstance(here, Mapping):
        return {name: value for name, value in here.items() if there.get(name) != value}
    return set(here - there) if isinstance(here, frozenset) else here


def seen(state: State) -> Seen:
    root = next(iter(state.scopes.values()), None)
    variables = state.left if root is None else root.variables or {}
    return Seen(
        waiting=Counter(_waiting(state)),
        failed=Counter(t.element for t in state.tokens.values() if t.phase == "failed"),
        occupied=frozenset(_occupied(state)),
        is_finished=state.is_finished,
        variables={name: value for name, value in variables.items() if value is not None},
    )


def _waiting(state: State) -> list[Waiting]:
    nodes = state.diagram.nodes
    found = [(t.element, "user", t.scope) for t in state.tokens.values() if is_work(state, t)]
    holders = [*[(t.listeners, t.scope) for t in state.tokens.values()]]
    holders += [(scope.listeners, number) for number, scope in state.scopes.items()]
    found += [(one.event, nodes[one.event].event or "", scope) for listeners, scope in holders for one in listeners]
    return [(element, kind, as_words(state.local_words(scope))) for element, kind, scope in found]


def is_work(state: State, token: Token) -> bool:
    """Whether a person is waited for here."""
    return token.phase == "waiting" and state.diagram.nodes[token.element].kind in FOR_PEOPLE


def _occupied(state: State) -> list[str]:
    before = [state.diagram.flows[flow].target for scope in state.scopes.values() for flow in scope.flows]
    return [token.element for token in state.tokens.values()] + before
