"""What the diagram says of events that depend on more than their tokens: joins that wait, conditions that look."""

from functools import cached_property

from engine.feel import compile_expression, strip_equals
from engine.spiff.gateways import InclusiveGateway
from engine.spiff.spec_building import Specs


class DrawnProcess:
    """The `Drawing` of `way_back` for a built process."""

    def __init__(self, specs: Specs) -> None:
        self._specs = specs

    def blocks(self, gateway: str, arrived: frozenset[str], node: str) -> bool:
        """As `InclusiveGateway.may_fire` judges it; a parallel join waits for what comes by its flows, and no more."""
        join = self._joins.get(gateway)
        if join is None:
            return False
        ahead = [flow for flow in join.arrivals if flow.id not in arrived]
        taken = [flow for flow in join.arrivals if flow.id in arrived]
        return node in join.reach.of(ahead) and node not in join.reach.of(taken)

    def reads(self, element: str) -> frozenset[str]:
        return self._conditions.get(element, frozenset())

    @cached_property
    def _joins(self) -> dict[str, InclusiveGateway]:
        return {node.element.id: node for scope in self._specs.scopes.values() for node in scope.joins}

    @cached_property
    def _conditions(self) -> dict[str, frozenset[str]]:
        nodes = [
            node for scope in self._specs.scopes.values() for node in (*scope.task_specs.values(), *scope.event_starts)
        ]
        elements = [node.element for node in nodes if hasattr(node, "element")]
        return {
            element.id: frozenset(compile_expression(strip_equals(element.condition)).free_names)
            for element in elements
            if element.event == "condition" and element.condition
        }
