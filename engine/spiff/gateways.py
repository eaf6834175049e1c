"""Gateways as BPMN 2.0.2, 13.4 describes them, on tokens and flows."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from SpiffWorkflow.util.task import TaskState

from engine.definitions.process import Flow
from engine.spiff.flow_node import FlowNode, host_of
from engine.spiff.host import NoFlowTaken
from engine.spiff.reach import Reach
from engine.spiff.scope import Token

_TAKEN = "taken"


class _Choosing(FlowNode):
    """Conditions are asked while the token is at work, so that an undecided one leaves it where it is."""

    def _run_hook(self, my_task: Token) -> bool:
        my_task.internal_data[_TAKEN] = [flow.id for flow in self.choice(my_task)]
        return True

    def taken(self, token: Token) -> Sequence[Flow]:
        return [flow for flow in self.ways if flow.id in token.internal_data[_TAKEN]]

    def choice(self, token: Token) -> list[Flow]:
        chosen = list(self.true_flows(token)) or [flow for flow in self.ways if flow.is_default]
        if not chosen and self.ways:
            raise NoFlowTaken(element_id=self.element.id)
        return chosen

    def true_flows(self, token: Token) -> Iterable[Flow]:
        return (flow for flow in self.ways if not flow.is_default and self._is_true(flow, token))

    def _is_true(self, flow: Flow, token: Token) -> bool:
        """A flow without a condition is taken."""
        if not flow.condition:
            return True
        return host_of(token).decide(flow.condition, self.element.id, token.locals) is True


class ExclusiveGateway(_Choosing):
    """The first flow whose condition is true, in the order of the file."""

    def true_flows(self, token: Token) -> Iterable[Flow]:
        found = next(iter(super().true_flows(token)), None)
        return [found] if found else []


class _Joining(FlowNode):
    """Takes one token of every flow that has one; those that are too many stay for the next time."""

    def waiting(self, token: Token) -> dict[str | None, Token]:
        """The first token on each incoming flow."""
        first: dict[str | None, Token] = {}
        for other in token.workflow.living:
            if other.task_spec is self and other.has_state(TaskState.FUTURE | TaskState.WAITING):
                first.setdefault(other.via, other)
        return first

    def merge(self, arrived: dict[str | None, Token], *, into: Token) -> None:
        for other in arrived.values():
            if other is not into:
                into.workflow.all.withdraw(other)

    def fire(self, token: Token) -> None:
        self.merge(self.waiting(token), into=token)
        token._ready()


class ParallelGateway(_Joining):
    """Joins as soon as a token has come by every flow; that is a move of its own, so that it can be undone alone."""

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.arrivals) > 1:
            my_task._set_state(TaskState.WAITING)
            my_task.workflow.all.to_do.arrived.append(my_task)
            return False
        return True

    def may_fire(self, token: Token) -> bool:
        return len(self.waiting(token)) == len(self.arrivals)


class InclusiveGateway(_Choosing, _Joining):
    """As a join it is judged only when nothing automatic is left to do beside it; see `may_fire`."""

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.arrivals) > 1:
            my_task._set_state(TaskState.WAITING)
            return False
        return True

    def may_fire(self, token: Token) -> bool:
        """No other token can still come by a flow on which none waits (BPMN 2.0.2, table 13.3).

        A token that could also come by a flow on which one waits already is not waited for.
        """
        arrived = self.waiting(token)
        ahead = {f.id for f in self.arrivals} - arrived.keys()
        others = {t.task_spec.element.id for t in token.workflow.moving if t.task_spec is not self}
        coming = others & self.reach.of(flow for flow in self.arrivals if flow.id in ahead)
        return coming <= self.reach.of(flow for flow in self.arrivals if flow.id in arrived)

    @cached_property
    def reach(self) -> Reach:
        return Reach(self._wf_spec, barrier=self)


class EventGateway(FlowNode):
    """Listens for all its events; the first that happens goes on, the others are forgotten."""

    def _run_hook(self, my_task: Token) -> None:
        scope = my_task.workflow
        for flow in self.ways:
            scope.put(scope.spec.node(flow.target), under=my_task, via=flow.id)
