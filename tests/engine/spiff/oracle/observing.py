"""What can be seen of a process from outside, in the same words for the oracle and for the engine."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.engine.spiff.oracle.diagram import FOR_PEOPLE
from tests.engine.spiff.oracle.state import State


@dataclass(frozen=True)
class Seen:
    """`waiting`: how often which element waits for what; `occupied`: elements in which or before which a token is."""

    waiting: Mapping[tuple[str, str], int]
    failed: Mapping[str, int]
    occupied: frozenset[str]
    is_finished: bool
    variables: Mapping[str, Any] = field(default_factory=dict)

    def unlike(self, other: "Seen") -> str:
        """What is here and not there, in words for a person."""
        return "; ".join(
            f"{name}: {_more(getattr(self, name), getattr(other, name))}"
            for name in self.__dataclass_fields__
            if getattr(self, name) != getattr(other, name)
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


def _waiting(state: State) -> list[tuple[str, str]]:
    nodes = state.diagram.nodes
    tokens = [t for t in state.tokens.values() if t.phase == "waiting"]
    people = [(t.element, "user") for t in tokens if nodes[t.element].kind in FOR_PEOPLE]
    listeners = [one for holder in (*state.tokens.values(), *state.scopes.values()) for one in holder.listeners]
    return people + [(one.event, nodes[one.event].event or "") for one in listeners]


def _occupied(state: State) -> list[str]:
    before = [state.diagram.flows[flow].target for scope in state.scopes.values() for flow in scope.flows]
    return [token.element for token in state.tokens.values()] + before
