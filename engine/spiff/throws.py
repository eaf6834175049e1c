"""Events that happen here: ends, messages and signals sent, errors, escalations, compensation, links."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.spiff.activities import UNDO
from engine.spiff.catching import performed, throw_error, throw_escalation
from engine.spiff.flow_node import FlowNode, host_of
from engine.spiff.host import ErrorThrown
from engine.spiff.scope import Token

_HANDLERS = "handlers"


class Served(FlowNode):
    """A throw event that calls a service."""

    def _run_hook(self, my_task: Token) -> bool | None:
        return performed(my_task) or None


class Announcement(FlowNode):
    """A message or a signal is sent."""

    def _run_hook(self, my_task: Token) -> bool:
        host_of(my_task).announce(self.element.id, my_task.locals, token=my_task.id.hex)
        return True


class ErrorEnd(FlowNode):
    def _run_hook(self, my_task: Token) -> None:
        throw_error(my_task, ErrorThrown(self.element.error_code or "", self.element.name))


class Escalation(FlowNode):
    def _run_hook(self, my_task: Token) -> bool | None:
        return throw_escalation(my_task, self.element.escalation_code or "") or None


class TerminateEnd(FlowNode):
    """Everything else on this level goes; the level is then over as usual."""

    def _on_complete_hook(self, my_task: Token) -> None:
        scope = my_task.workflow
        scope.all.trail.cleared(scope)
        for other in scope.root.children:
            if other is not my_task:
                scope.all.withdraw(other)


class Link(FlowNode):
    """Goes on at the event of the same name that catches, as if a flow led there."""

    def __init__(self, *args: object, target: str) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.targets = (target,)

    def leave(self, token: Token) -> None:
        scope = token.workflow
        scope.put(scope.spec.node(self.targets[0]))


class Compensation(FlowNode):
    """Runs what undoes the activities that ended on this level, newest first, one after the other."""

    def __init__(self, *args: object, handlers: dict[str, str]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.handlers = handlers

    def _run_hook(self, my_task: Token) -> bool | None:
        ended: list[str] = my_task.workflow.root.internal_data.get(UNDO, [])
        undone = [host for host in ended if self.element.activity in (None, host)]
        my_task.workflow.all.trail.undoable(my_task, before=list(ended))
        my_task.workflow.root.internal_data[UNDO] = [host for host in ended if host not in undone]
        my_task.internal_data[_HANDLERS] = [self.handlers[host] for host in undone]
        return self._next(my_task) or None

    def go_on(self, token: Token, part: Token | None) -> None:
        if not token.children and self._next(token):
            token.complete()

    def restore(self, token: Token, values: Mapping[str, tuple[Any, ...]]) -> None:
        """What was still to be undone."""
        if _HANDLERS in values:
            token.internal_data[_HANDLERS] = list(values[_HANDLERS][0])

    def _next(self, token: Token) -> bool:
        """Begin with the next handler; True when none is left."""
        left: list[str] = token.internal_data[_HANDLERS]
        if not left:
            return True
        token._set_state(TaskState.STARTED)
        scope = token.workflow
        scope.all.trail.wrote(token.id.hex, {_HANDLERS: left}, {_HANDLERS: list(left)})
        scope.put(scope.spec.node(left.pop()), under=token)
        return False
