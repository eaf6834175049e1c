"""Which nodes of a level can still send a token by a given flow without passing a given gateway."""

from collections.abc import Iterable
from typing import Any

from engine.definitions.process import Flow
from engine.spiff.scope import ScopeSpec


class Reach:
    """Looked up backwards along the flows once; what leaves an activity by a boundary event counts as leaving it."""

    def __init__(self, scope: ScopeSpec, *, barrier: Any) -> None:
        self._barrier = barrier.element.id
        self._before: dict[str, set[str]] = {}
        for node in scope.task_specs.values():
            for flow in getattr(node, "arrivals", ()):
                self._before.setdefault(flow.target, set()).add(flow.source)
            for event in getattr(node, "boundaries", ()):
                self._before.setdefault(event.element.id, set()).add(node.element.id)
            for target in getattr(node, "targets", ()):
                self._before.setdefault(target, set()).add(node.element.id)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, flows: Iterable[Flow]) -> frozenset[str]:
        """Ids of the nodes from which a token can come by one of these flows."""
        return frozenset().union(*(self._of(flow) for flow in flows))

    def _of(self, flow: Flow) -> frozenset[str]:
        if flow.id not in self._known:
            self._known[flow.id] = self._backwards(flow.source)
        return self._known[flow.id]

    def _backwards(self, start: str) -> frozenset[str]:
        found: set[str] = set()
        ahead = [start]
        while ahead:
            here = ahead.pop()
            if here not in found and here != self._barrier:
                found.add(here)
                ahead += self._before.get(here, ())
        return frozenset(found)
