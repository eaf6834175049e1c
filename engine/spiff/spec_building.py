"""From the process as it was read to SpiffWorkflow specs: what is drawn is what runs."""

from dataclasses import dataclass

from engine.definitions.process import Element, Process
from engine.errors import DefinitionError
from engine.spiff.activities import (
    Activity,
    AutomaticStep,
    CallActivity,
    EventSubProcess,
    HumanStep,
    ReceiveStep,
    SendStep,
    SubProcess,
)
from engine.spiff.events import Boundary, Catch, EventStart
from engine.spiff.flow_node import FlowNode, PassThrough
from engine.spiff.gateways import EventGateway, ExclusiveGateway, InclusiveGateway, ParallelGateway
from engine.spiff.repetition import Repetition
from engine.spiff.scope import ScopeSpec
from engine.spiff.throws import Announcement, Compensation, ErrorEnd, Escalation, Link, Served, TerminateEnd


class NotExecutable(DefinitionError):
    """There is no way to execute this element; the door refuses it by name."""


@dataclass(frozen=True)
class Specs:
    """The levels of a diagram and of those it calls, by the id of the process or sub-process; shared by all cases."""

    top: str
    scopes: dict[str, ScopeSpec]
    has_conditions: bool
    has_joins: bool

    def node(self, element_id: str) -> FlowNode | None:
        """On whatever level it lies."""
        found = (scope.task_specs.get(element_id) for scope in self.scopes.values())
        return next((node for node in found if node is not None), None)


_SIMPLE: dict[str, type[FlowNode]] = {
    "startEvent": PassThrough,
    "exclusiveGateway": ExclusiveGateway,
    "parallelGateway": ParallelGateway,
    "inclusiveGateway": InclusiveGateway,
    "eventBasedGateway": EventGateway,
}
_ACTIVITIES: dict[str, type[Activity]] = {
    "task": Activity,
    "userTask": HumanStep,
    "manualTask": HumanStep,
    "scriptTask": AutomaticStep,
    "serviceTask": AutomaticStep,
    "businessRuleTask": AutomaticStep,
    "receiveTask": ReceiveStep,
    "subProcess": SubProcess,
    "callActivity": CallActivity,
}
_THROWS: dict[str | None, type[FlowNode]] = {
    None: PassThrough,
    "message": Announcement,
    "signal": Announcement,
    "error": ErrorEnd,
    "escalation": Escalation,
    "terminate": TerminateEnd,
}


def build_specs(process: Process) -> Specs:
    """Raises NotExecutable with the element id; a process that passed the door never does."""
    levels = [process.key, *process.called, *(e.id for e in process.each("subProcess"))]
    scopes = {level: _Level(process, level).spec for level in levels}
    return Specs(
        process.key,
        scopes,
        has_conditions=any(element.event == "condition" for element in process.elements.values()),
        has_joins=any(scope.joins for scope in scopes.values()),
    )


class _Level:
    """Builds one level; every node of it is built before any is joined to another."""

    def __init__(self, process: Process, level: str) -> None:
        self.process, self.spec = process, ScopeSpec(level)
        self.elements = process.within(level)
        self.nodes = {e.id: self._node(e) for e in self.elements if e.type != "boundaryEvent"}
        self._watch()
        self._listen()
        self._connect()

    def _node(self, element: Element) -> FlowNode:
        if element.triggered_by_event:
            return EventSubProcess(self.spec, element)
        if element.type in _SIMPLE:
            return _SIMPLE[element.type](self.spec, element)
        if element.type in ("endEvent", "intermediateThrowEvent"):
            return self._throw(element)
        if element.type == "intermediateCatchEvent":
            return PassThrough(self.spec, element) if element.event == "link" else Catch(self.spec, element)
        return self._activity(element)

    def _activity(self, element: Element) -> Activity:
        kind = _ACTIVITIES.get(element.type)
        if element.type == "sendTask":
            kind = AutomaticStep if element.service else SendStep
        if kind is None:
            raise NotExecutable(element_id=element.id, type=element.type)
        if element.loop is None:
            return kind(self.spec, element)
        return Repetition(self.spec, element, instance=kind(self.spec, element, name=f"{element.id}[each]"))

    def _throw(self, element: Element) -> FlowNode:
        if element.service:
            return Served(self.spec, element)
        if element.event == "link":
            return Link(self.spec, element, target=self._link_target(element))
        if element.event == "compensation":
            return Compensation(self.spec, element, handlers=self._handlers())
        kind = _THROWS.get(element.event)
        if kind is None:
            raise NotExecutable(element_id=element.id, type=element.type)
        return kind(self.spec, element)

    def _link_target(self, thrown: Element) -> str:
        for element in self.elements:
            if element.type == "intermediateCatchEvent" and element.event == "link" and element.link == thrown.link:
                return element.id
        raise NotExecutable(element_id=thrown.id, type=thrown.type)

    def _handlers(self) -> dict[str, str]:
        """Activity → what undoes it."""
        return {e.attached_to: e.handler for e in self.elements if e.handler and e.attached_to}

    def _watch(self) -> None:
        for element in self.elements:
            host = self.nodes.get(element.attached_to or "")
            if element.type != "boundaryEvent" or not isinstance(host, Activity):
                continue
            if element.event == "compensation":
                host.can_be_undone = True
            else:
                event = Boundary(self.spec, element)
                host.boundaries.append(event)
                self.nodes[element.id] = event

    def _listen(self) -> None:
        for element in self.elements:
            if not element.triggered_by_event:
                continue
            for start in self.process.within(element.id):
                if start.type == "startEvent":
                    body = self.nodes[element.id]
                    self.spec.event_starts.append(EventStart(self.spec, start, body=body))

    def _connect(self) -> None:
        self.spec.first = [self.nodes[element.id] for element in self.elements if element.type == "startEvent"]
        for node in self.nodes.values():
            node.ways = tuple(self.process.out_of(node.element.id))
            node.arrivals = tuple(self.process.into(node.element.id))
        several = (node for node in self.nodes.values() if len(node.arrivals) > 1)
        self.spec.joins = [node for node in several if isinstance(node, InclusiveGateway)]
