"""What all nodes of a diagram share: a token arrives, something happens, and it goes on by the flows."""

from collections.abc import Sequence
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin

from engine.definitions.process import Element, Flow
from engine.spiff.host import Host
from engine.spiff.scope import ScopeSpec, Token


class FlowNode(BpmnSpecMixin):  # type: ignore[misc]
    """A node without work of its own. Specs never change after they are built, so that all cases may share them."""

    manual = False
    # What it waits for, in the words of `Step.kind`; None: nothing.
    waits: str | None = None

    def __init__(self, scope: ScopeSpec, element: Element, *, name: str | None = None) -> None:
        super().__init__(scope, name or element.id, bpmn_name=element.name, manual=self.manual)
        self.element = element
        self.arrivals: tuple[Flow, ...] = ()
        self.ways: tuple[Flow, ...] = ()

    def test(self) -> None:
        """SpiffWorkflow asks for its own links between specs, which we do not use."""

    def _predict(self, my_task: Token, *ignored: Any, **ignored_too: Any) -> None:
        """Nothing is foretold: a token exists when it is there."""

    def _update_hook(self, my_task: Token) -> bool:
        """A token arrived. True: it is ready for its work."""
        return True

    def _on_ready_hook(self, my_task: Token) -> None:
        """The token is about to begin its work."""

    def _run_hook(self, my_task: Token) -> bool | None:
        """The work. None: it has begun and goes on."""
        return True

    def _on_complete_hook(self, my_task: Token) -> None:
        """The work is done: whatever listened here goes, then tokens leave by the flows."""
        for child in my_task.children:
            my_task.workflow.all.withdraw(child)
        self.leave(my_task)

    def leave(self, token: Token) -> None:
        for flow in self.taken(token):
            token.workflow.follow(flow)

    def taken(self, token: Token) -> Sequence[Flow]:
        return self.ways

    def go_on(self, token: Token, part: Token | None) -> None:
        """Take what came of a part of this token's work: an instance that has ended, or (None) a handler that is gone.

        Raises StepFailed, and is then asked again.
        """


class PassThrough(FlowNode):
    """A start event, a plain end, a link that catches, a task without a type."""


def host_of(token: Token) -> Host:
    return token.workflow.all.host
