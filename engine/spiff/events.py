"""Events that are waited for. Nothing here looks at the time or matches a message: a command fires the event."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.definitions.process import Element
from engine.spiff.flow_node import FlowNode
from engine.spiff.gateways import EventGateway
from engine.spiff.scope import ScopeSpec, Token

WAITING_KINDS = ("timer", "message", "signal", "condition")
WAS, CYCLE = "was", "cycle"


class Catch(FlowNode):
    """An intermediate event that is waited for, alone or behind an event gateway."""

    def __init__(self, scope: ScopeSpec, element: Element, *, name: str | None = None) -> None:
        super().__init__(scope, element, name=name)
        self.waits = element.event if element.event in WAITING_KINDS else None

    def _update_hook(self, my_task: Token) -> bool:
        my_task._set_state(TaskState.WAITING)
        return False

    def fire(self, token: Token, *, again: Mapping[str, Any] | None = None) -> None:
        """The event happened. `again`: what a timer that repeats itself has to know the next time."""
        go_alone(token)
        token._ready()


class Boundary(Catch):
    """Listens while a token is at its activity. A plain timer that does not interrupt listens only once."""

    def fire(self, token: Token, *, again: Mapping[str, Any] | None = None) -> None:
        scope, host = token.workflow, token.parent
        scope.lift(token)
        if self.element.interrupting:
            scope.all.withdraw(host)
        elif listens_again(self.element, again):
            scope.all.trail.renewed(token, scope.put(self, under=host, **carried(token, again)))
        token._ready()

    def catch(self, host: Token) -> None:
        """An error or escalation came up to this activity."""
        if self.element.interrupting:
            host.workflow.all.withdraw(host)
        host.workflow.put(self)._ready()


class EventStart(Catch):
    """Listens for the start of an event sub-process as long as its level runs."""

    def __init__(self, scope: ScopeSpec, element: Element, *, body: FlowNode) -> None:
        super().__init__(scope, element)
        self.body = body

    def fire(self, token: Token, *, again: Mapping[str, Any] | None = None) -> None:
        scope, carries = token.workflow, carried(token, again)
        scope.all.withdraw(token)
        self.start_body(scope)
        if not self.element.interrupting and listens_again(self.element, again):
            scope.all.trail.renewed(token, scope.arm(self, **carries))

    def start_body(self, scope: Any) -> None:
        if self.element.interrupting:
            scope.clear()
        scope.put(self.body)


def go_alone(token: Token) -> None:
    """An event behind an event gateway happened: the gateway and its other events go."""
    gateway = token.parent
    if isinstance(gateway.task_spec, EventGateway):
        token.workflow.lift(token)
        token.workflow.all.withdraw(gateway)


def listens_again(element: Element, again: Mapping[str, Any] | None) -> bool:
    return element.event != "timer" or again is not None


def carried(token: Token, again: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the next listener inherits: a condition that is true now must first be false again."""
    if token.task_spec.waits == "condition":
        return {WAS: 1}
    return {CYCLE: dict(again)} if again else {}
