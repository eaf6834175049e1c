"""Puts a token somewhere in a diagram, and opens the levels around that place if they are not open yet."""

from collections.abc import Sequence

from SpiffWorkflow.util.task import TaskState

from engine.spiff.activities import CallActivity, EventSubProcess, SubProcess, mapped
from engine.spiff.flow_node import FlowNode
from engine.spiff.host import StepFailed
from engine.spiff.scope import Scope, Token, Tokens


class Misplaced(Exception):
    """There is not one level in which this place lies: it is inside of many, or of something that an event starts."""


class Placing:
    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def put(self, element_id: str, *, near: Sequence[Scope]) -> Token:
        """A new token at this element. `near`: the levels that are preferred, the first most. Raises Misplaced."""
        level, node = self._node(element_id)
        return self._scope(level, near).put(node)

    def _node(self, element_id: str) -> tuple[str, FlowNode]:
        for name, spec in self.tokens.specs.scopes.items():
            if element_id in spec.task_specs:
                return name, spec.node(element_id)
        raise Misplaced(element_id)

    def _scope(self, level: str, near: Sequence[Scope]) -> Scope:
        for scope in near:
            if scope.spec.name == level and self.tokens.scopes.get(scope.owner.id if scope.owner else None) is scope:
                return scope
        found = [scope for scope in self.tokens.scopes.values() if scope.spec.name == level]
        if len(found) > 1:
            raise Misplaced(level)
        return found[0] if found else self._opened(level, near)

    def _opened(self, level: str, near: Sequence[Scope]) -> Scope:
        """As if a token had come into the activity, but with nothing at its start."""
        node = self._owner(level)
        outer = self._scope(node._wf_spec.name, near)
        owner = Token(outer, node, outer.root)
        owner._set_state(TaskState.STARTED)
        node._on_ready_hook(owner)
        scope = self.tokens.open(level, owner=owner)
        if not isinstance(node, CallActivity):
            scope.set_up()
            return scope
        try:
            scope.set_up(mapped(owner, node.element.id, node.element.inputs), sealed=not node.called.sees_all)
        except StepFailed as failed:
            raise Misplaced(level) from failed
        return scope

    def _owner(self, level: str) -> SubProcess:
        nodes = (node for spec in self.tokens.specs.scopes.values() for node in spec.task_specs.values())
        found = [node for node in nodes if isinstance(node, SubProcess) and node.inside == level]
        if len(found) != 1 or found[0].is_instance or isinstance(found[0], EventSubProcess):
            raise Misplaced(level)
        return found[0]
