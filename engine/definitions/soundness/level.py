"""One level of a diagram as the exploration looks at it: steps, flows, and the events beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.definitions.process import Element, Flow, Process
from engine.definitions.soundness.frame import Frame

WAITED_FOR = ("timer", "message", "signal", "condition")
JOINS = ("parallelGateway", "inclusiveGateway")


@dataclass(frozen=True)
class Level:
    """`id` is a process or a sub-process; `processes` are all diagrams of the bundle by key."""

    process: Process
    id: str
    processes: Mapping[str, Process]

    @cached_property
    def elements(self) -> dict[str, Element]:
        return {e.id: e for e in self.process.within(self.id)}

    def out_of(self, element_id: str) -> list[Flow]:
        return [flow for flow in self.process.out_of(element_id) if flow.target in self.elements]

    def into(self, element_id: str) -> list[Flow]:
        return [flow for flow in self.process.into(element_id) if flow.source in self.elements]

    @cached_property
    def starts(self) -> list[Element]:
        return [e for e in self.elements.values() if e.type == "startEvent"]

    @cached_property
    def aside(self) -> list[tuple[Element, Element]]:
        """Event sub-processes with their start events."""
        bodies = [e for e in self.elements.values() if e.triggered_by_event]
        return [(b, s) for b in bodies for s in self.process.within(b.id) if s.type == "startEvent"]

    @cached_property
    def _on(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements.values():
            if element.attached_to and element.event != "compensation":
                found.setdefault(element.attached_to, []).append(element)
        return found

    def on(self, host: str) -> list[Element]:
        return self._on.get(host, [])

    @cached_property
    def joins(self) -> dict[str, Element]:
        return {e.id: e for e in self.elements.values() if e.type in JOINS and len(self.into(e.id)) > 1}

    @cached_property
    def join_of(self) -> dict[str, Element]:
        """By flow that leads into a join."""
        return {flow.id: join for join in self.joins.values() for flow in self.into(join.id)}

    def place(self, flow: Flow) -> str:
        """Where a token is that has gone along a flow."""
        return flow.id if flow.id in self.join_of else flow.target

    def link_end(self, throw: Element) -> str | None:
        catches = (e for e in self.elements.values() if e.type == "intermediateCatchEvent" and e.event == "link")
        return next((e.id for e in catches if e.link == throw.link), None)

    def inside(self, host: Element) -> "Level | None":
        """The level that runs in a sub-process or call."""
        if host.type == "subProcess":
            return Level(self.process, host.id, self.processes)
        called = self.processes.get(host.called.process) if host.called else None
        return Level(called, called.key, self.processes) if called else None

    def frame_on(self, host: Element) -> Frame:
        return framed(self.on(host.id))

    def frame_beside(self, *, without: str = "") -> Frame:
        """What the event sub-processes catch, but for one that does not hear itself."""
        return framed([start for body, start in self.aside if body.id != without])

    def before(self) -> dict[str, set[str]]:
        """From where a token may come to each element."""
        found: dict[str, set[str]] = {}
        for flow in self.process.flows:
            if flow.source in self.elements:
                found.setdefault(flow.target, set()).add(flow.source)
        for element in self.elements.values():
            if element.attached_to:
                found.setdefault(element.id, set()).add(element.attached_to)
            if element.event == "link" and element.type == "intermediateThrowEvent" and (end := self.link_end(element)):
                found.setdefault(end, set()).add(element.id)
        return found


def framed(events: list[Element]) -> Frame:
    return Frame(
        frozenset(e.error_code for e in events if e.event == "error"),
        frozenset((e.escalation_code, e.interrupting) for e in events if e.event == "escalation"),
        any(e.interrupting and e.event in WAITED_FOR for e in events),
    )
