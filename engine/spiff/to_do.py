"""What has to be looked at next, so that a step costs the same beside one token and beside a thousand."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.spiff.scope import Scope, Token


class ToDo:
    """Automatic steps that are ready, owners of whose parts one has ended, levels that may be over, full joins."""

    def __init__(self) -> None:
        self._fresh: list[Token] = []
        self._ready: list[deque[Token]] = []
        self.ended: deque[tuple[Token, Token | None]] = deque()
        self.emptied: dict[Scope, None] = {}
        self.arrived: deque[Token] = deque()

    def add(self, token: Token) -> None:
        self._fresh.append(token)

    def next_step(self) -> Token | None:
        """What the last step led to comes before what was ready already; side by side in the order of the diagram."""
        if self._fresh:
            self._ready.append(deque(self._fresh))
            self._fresh = []
        while self._ready:
            if self._ready[-1]:
                return self._ready[-1].popleft()
            self._ready.pop()
        return None

    def look_at(self, scope: Scope, owner: Token | None) -> None:
        """A token has gone from this level; it may have been a part of the owner's work."""
        if scope.owner is not None:
            self.emptied[scope] = None
        if owner is not None:
            self.ended.append((owner, None))

    def end(self, part: Token) -> None:
        """An instance has done its work."""
        self.ended.append((part.parent, part))

    def look_again(self, owner: Token, inner: Any) -> None:
        """After a failure: everything that its parts have left, and its level inside."""
        for part in owner.children:
            self.ended.append((owner, part))
        if inner is not None:
            self.emptied[inner] = None
