"""Activities: something is done here, by a person, by the machine, or on a level of its own."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.definitions.process import Called, Element
from engine.spiff.catching import performed
from engine.spiff.events import Boundary, go_alone
from engine.spiff.flow_node import FlowNode, host_of
from engine.spiff.scope import Scope, ScopeSpec, Token
from engine.spiff.trail import ENDED

UNDO = "undo"


class Activity(FlowNode):
    """Watched by boundary events while a token is here. As an instance of a repetition it ends without going on."""

    def __init__(self, scope: ScopeSpec, element: Element, *, name: str | None = None) -> None:
        super().__init__(scope, element, name=name)
        self.is_instance = name is not None
        self.boundaries: list[Boundary] = []
        self.can_be_undone = False

    def _on_ready_hook(self, my_task: Token) -> None:
        for event in self.boundaries:
            if event.waits:
                my_task.workflow.put(event, under=my_task)

    def _run_hook(self, my_task: Token) -> bool | None:
        return self.done(my_task)

    def done(self, token: Token) -> bool | None:
        """The end of the work. An instance waits here until its repetition has taken what came of it."""
        if not self.is_instance:
            return True
        token.internal_data[ENDED] = 1
        token.workflow.all.to_do.end(token)
        return None

    def _on_complete_hook(self, my_task: Token) -> None:
        if self.can_be_undone:
            my_task.workflow.root.internal_data.setdefault(UNDO, []).append(self.element.id)
            my_task.workflow.all.trail.undoable(my_task, added=self.element.id)
        super()._on_complete_hook(my_task)


class HumanStep(Activity):
    """User and manual tasks: a person says when it is done."""

    manual = True


class AutomaticStep(Activity):
    """Script, service, business rule and send tasks: what they do is decided by the host, by element id."""

    def _run_hook(self, my_task: Token) -> bool | None:
        return self.done(my_task) if performed(my_task) else None


class SendStep(Activity):
    """A send task with a message instead of a service."""

    def _run_hook(self, my_task: Token) -> bool | None:
        host_of(my_task).announce(self.element.id, my_task.locals, token=my_task.id.hex)
        return self.done(my_task)


class ReceiveStep(Activity):
    """A receive task: an activity that a message ends."""

    waits = "message"

    def _on_ready_hook(self, my_task: Token) -> None:
        super()._on_ready_hook(my_task)
        my_task._set_state(TaskState.WAITING)

    def fire(self, token: Token, *, again: Mapping[str, Any] | None = None) -> None:
        go_alone(token)
        token._set_state(TaskState.READY)


class SubProcess(Activity):
    """An embedded sub-process: a level of its own, with the variables of the level around it."""

    def __init__(self, scope: ScopeSpec, element: Element, *, name: str | None = None) -> None:
        super().__init__(scope, element, name=name)
        self.inside = element.id

    def _run_hook(self, my_task: Token) -> None:
        self.open(my_task)

    def open(self, token: Token) -> Scope:
        scope = token.workflow.all.open(self.inside, owner=token)
        scope.enter()
        return scope

    def close(self, scope: Scope, token: Token) -> None:
        """Nothing is left inside. Raises StepFailed."""
        token.workflow.all.leave(token)
        if self.done(token):
            token.complete()


class CallActivity(SubProcess):
    """Another diagram runs here, with variables of its own."""

    def __init__(self, scope: ScopeSpec, element: Element, *, name: str | None = None) -> None:
        super().__init__(scope, element, name=name)
        self.called: Called = element.called or Called("")
        self.inside = self.called.process

    def open(self, token: Token) -> Scope:
        given = mapped(token, self.element.id, self.element.inputs)
        scope = token.workflow.all.open(self.inside, owner=token)
        scope.enter(given, sealed=not self.called.sees_all)
        return scope

    def close(self, scope: Scope, token: Token) -> None:
        host_of(token).remember(self._returned(scope), token.locals)
        super().close(scope, token)

    def _returned(self, scope: Scope) -> dict[str, Any]:
        if self.element.outputs:
            return mapped(scope.root, self.element.id, self.element.outputs)
        return dict(scope.root.own) if self.called.returns_all else {}


class EventSubProcess(SubProcess):
    """The body of an event sub-process; it goes nowhere when it ends."""


def mapped(token: Token, element_id: str, mapping: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """What an input or output mapping gives where the token is."""
    host, words = host_of(token), token.locals
    return {target: host.evaluate(source, element_id, words) for source, target in mapping}
