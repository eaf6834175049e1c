"""A process as plain data: what the reference interpreter plays and what `drawing` writes as BPMN."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

WAITING_EVENTS = ("timer", "message", "signal", "condition")
PERFORMED = ("serviceTask", "scriptTask", "businessRuleTask", "sendTask")
FOR_PEOPLE = ("userTask", "manualTask")
ACTIVITIES = (*PERFORMED, *FOR_PEOPLE, "task", "receiveTask", "subProcess", "callActivity")


@dataclass(frozen=True)
class Loop:
    """Once for each item of a list. `enough`: over when so many are completed; `output` is read in each at its end."""

    collection: str
    element: str
    sequential: bool = False
    enough: int | None = None
    into: str | None = None
    output: str | None = None


@dataclass(frozen=True)
class Call:
    process: str
    reads_outward: bool = True
    returns_all: bool = True
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Node:
    """One element. `level` is the process or sub-process around it; `kind` the BPMN tag.

    `name`: of the message, signal or link, the code of an error or escalation (None: any), the compensated activity.
    `fact`: the variable that a conditional event looks at. `outcome`: the variable that tells what becomes of a
    service: "fail", an error code, or nothing in particular. `counts`: the variable to which a script adds one.
    `decides`: the variable that a decision sets to 1.
    """

    id: str
    kind: str
    level: str
    event: str | None = None
    name: str | None = None
    fact: str | None = None
    outcome: str | None = None
    counts: str | None = None
    decides: str | None = None
    default: str | None = None
    host: str | None = None
    interrupting: bool = True
    repeats: bool = False
    handler: str | None = None
    undoes: bool = False
    aside: bool = False
    loop: Loop | None = None
    call: Call | None = None


@dataclass(frozen=True)
class Flow:
    """`fact` is the variable that must be true for a token to go this way."""

    id: str
    source: str
    target: str
    fact: str | None = None


@dataclass
class Diagram:
    """`processes`: the main one first, then those that it calls."""

    processes: list[str] = field(default_factory=lambda: ["p"])
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)

    def add(self, node: Node) -> Node:
        assert node.id not in self.nodes, node.id
        self.nodes[node.id] = node
        return node

    def join(self, source: str, target: str, *, fact: str | None = None, id_: str | None = None) -> Flow:
        flow = Flow(id_ or f"f{len(self.flows) + 1}", source, target, fact)
        assert flow.id not in self.flows, flow.id
        self.flows[flow.id] = flow
        return flow

    def choose_default(self, gateway: str, flow: str) -> None:
        self.nodes[gateway] = replace(self.nodes[gateway], default=flow)

    def has_way_into(self, node_id: str) -> bool:
        """Also while it is being drawn."""
        return any(flow.target == node_id for flow in self.flows.values())

    def out_of(self, node_id: str) -> list[Flow]:
        return self._out_of[node_id]

    def into(self, node_id: str) -> list[Flow]:
        return self._into[node_id]

    def on(self, activity_id: str) -> list[Node]:
        """The boundary events of an activity."""
        return self._on[activity_id]

    def start_of(self, level: str) -> str:
        (start,) = [n.id for n in self.within(level) if n.kind == "startEvent"]
        return start

    def asides(self, level: str) -> list[Node]:
        """The start events of the event sub-processes that lie directly in a level."""
        return [self.nodes[self.start_of(n.id)] for n in self.within(level) if n.aside]

    def link_catch(self, throw: Node) -> str:
        (catch,) = [
            n.id
            for n in self.within(throw.level)
            if n.event == "link" and n.kind == "intermediateCatchEvent" and n.name == throw.name
        ]
        return catch

    def handler_of(self, activity_id: str) -> str | None:
        return next((n.handler for n in self.on(activity_id) if n.event == "compensation"), None)

    def within(self, level: str) -> list[Node]:
        return self._within[level]

    @cached_property
    def _out_of(self) -> dict[str, list[Flow]]:
        return _grouped((f.source, f) for f in self.flows.values())

    @cached_property
    def _into(self) -> dict[str, list[Flow]]:
        return _grouped((f.target, f) for f in self.flows.values())

    @cached_property
    def _on(self) -> dict[str, list[Node]]:
        return _grouped((n.host, n) for n in self.nodes.values() if n.host)

    @cached_property
    def _within(self) -> dict[str, list[Node]]:
        return _grouped((n.level, n) for n in self.nodes.values())


def _grouped(pairs: Iterable[tuple]) -> dict:
    groups: dict = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
