"""Where everything is, as plain data: tokens on flows, tokens in elements, scopes around them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tests.engine.spiff.oracle.diagram import Diagram, Node

Phase = Literal["ready", "waiting", "inside", "failed"]


@dataclass(frozen=True)
class Listener:
    """An event that is waited for. `seen`: its condition has fired and has not been false since."""

    event: str
    seen: bool = False


@dataclass(frozen=True)
class Round:
    """The book of one multi-instance activity; `outputs` by position."""

    items: tuple[Any, ...]
    outputs: tuple[Any, ...]
    started: int = 0
    completed: int = 0


@dataclass(frozen=True)
class Token:
    """A token in an element. `alone`: it is one instance of a multi-instance activity, not the whole.

    `undoing`: the throwing token whose compensation handler this is; `handlers`: what is still to be undone.
    """

    element: str
    scope: int
    phase: Phase
    listeners: tuple[Listener, ...] = ()
    alone: bool = False
    round: Round | None = None
    undoing: int | None = None
    handlers: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Scope:
    """One run of a level, or (`position` set) one instance of a multi-instance activity.

    `variables` None: those of the scope around it. `deaf`: an interrupting event sub-process has taken over.
    `done`: completed activities that can be compensated, oldest first.
    """

    level: str
    owner: int | None
    variables: Mapping[str, Any] | None = None
    reads_outward: bool = True
    flows: Mapping[str, int] = field(default_factory=dict)
    listeners: tuple[Listener, ...] = ()
    deaf: bool = False
    done: tuple[str, ...] = ()
    position: int | None = None


@dataclass
class State:
    diagram: Diagram
    scopes: dict[int, Scope] = field(default_factory=dict)
    tokens: dict[int, Token] = field(default_factory=dict)
    numbers: int = 0
    heard: int = 0
    left: Mapping[str, Any] = field(default_factory=dict)

    def copy(self) -> "State":
        return replace(self, scopes=dict(self.scopes), tokens=dict(self.tokens))

    @property
    def is_finished(self) -> bool:
        return not self.scopes

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def change(self, token: int, **facts: Any) -> None:
        self.tokens[token] = replace(self.tokens[token], **facts)

    def change_scope(self, scope: int, **facts: Any) -> None:
        self.scopes[scope] = replace(self.scopes[scope], **facts)

    def node(self, token: int) -> Node:
        return self.diagram.nodes[self.tokens[token].element]

    def tokens_in(self, scope: int) -> list[int]:
        return [n for n, token in self.tokens.items() if token.scope == scope]

    def scopes_of(self, token: int) -> list[int]:
        return [n for n, scope in self.scopes.items() if scope.owner == token]

    def around(self, scope: int) -> int | None:
        """The scope in which a scope lies."""
        owner = self.scopes[scope].owner
        return None if owner is None else self.tokens[owner].scope

    def outward(self, scope: int) -> Iterator[int]:
        at: int | None = scope
        while at is not None:
            yield at
            at = self.around(at)

    def read(self, scope: int, name: str) -> Any:
        """The value of a variable as seen from a scope; None when nobody wrote it."""
        for at in self.outward(scope):
            found = self.scopes[at]
            if found.variables is not None and name in found.variables:
                return found.variables[name]
            if not found.reads_outward:
                return None
        return None

    def local_words(self, scope: int) -> dict[str, Any]:
        """What is seen at a scope beside the variables of the whole process."""
        words: dict[str, Any] = {}
        for at in self.outward(scope):
            found = self.scopes[at]
            if found.owner is not None:
                words = {**(found.variables or {}), **words}
            if not found.reads_outward:
                break
        return words

    def write(self, scope: int, name: str, value: Any) -> None:
        """To the nearest scope that keeps variables of its own."""
        at = next(n for n in self.outward(scope) if self.scopes[n].variables is not None)
        self.change_scope(at, variables={**(self.scopes[at].variables or {}), name: value})

    def put(self, scope: int, flow: str, by: int = 1) -> None:
        flows = {**self.scopes[scope].flows}
        flows[flow] = flows.get(flow, 0) + by
        self.change_scope(scope, flows={f: n for f, n in flows.items() if n})

    def key(self) -> object:
        """Equal for states that differ in nothing but numbers."""
        roots = [n for n, scope in self.scopes.items() if scope.owner is None]
        return (self.heard, _sorted(self.left.items()), *[self._scope_key(n) for n in roots])

    def _scope_key(self, number: int) -> object:
        scope = self.scopes[number]
        own = None if scope.variables is None else _sorted(scope.variables.items())
        tokens = [self._token_key(n) for n in self.tokens_in(number) if self.tokens[n].undoing is None]
        parts = (_sorted(scope.flows.items()), _sorted(scope.listeners), scope.done, _sorted(tokens))
        return (scope.level, scope.position, scope.deaf, own, *parts)

    def _token_key(self, number: int) -> object:
        token = self.tokens[number]
        inside = [self._scope_key(n) for n in self.scopes_of(number)]
        undoing = [self._token_key(n) for n, other in self.tokens.items() if other.undoing == number]
        own = (token.element, token.phase, token.alone, token.round, token.handlers, _sorted(token.listeners))
        return (*own, _sorted(inside), _sorted(undoing))


def _sorted(things: Any) -> tuple[Any, ...]:
    return tuple(sorted(repr(thing) for thing in things))
