"""The same process with one thing changed, as a designer may get it wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from tests.engine.spiff.oracle.diagram import Diagram, Flow
from tests.engine.spiff.random_processes.growing import Field

_SWAPPED = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")


def mutants(grown: Field, dice: random.Random, count: int) -> Iterator[Field]:
    """A gateway of another kind, or a flow taken away, added or led elsewhere."""
    for _ in range(count):
        changed = replace(grown, diagram=_copy(grown.diagram))
        if dice.choice((_swap, _swap, _swap, _drop, _add, _lead, _shut, _into_a_join))(changed.diagram, dice):
            yield changed


def _copy(diagram: Diagram) -> Diagram:
    return Diagram(list(diagram.processes), dict(diagram.nodes), deepcopy(diagram.flows))


def _swap(diagram: Diagram, dice: random.Random) -> bool:
    gateways = [n for n in diagram.nodes.values() if n.kind in _SWAPPED]
    if not gateways:
        return False
    node = dice.choice(gateways)
    kind = dice.choice([kind for kind in _SWAPPED if kind != node.kind])
    out = [f for f in diagram.flows.values() if f.source == node.id]
    decides = len(out) > 1 and kind != "parallelGateway"
    diagram.nodes[node.id] = replace(node, kind=kind, default=out[-1].id if decides else None)
    for number, flow in enumerate(out):
        fact = flow.fact or f"truth_{node.id}_{number}"
        diagram.flows[flow.id] = replace(flow, fact=fact if decides and number < len(out) - 1 else None)
    return True


def _splits(diagram: Diagram) -> list[str]:
    out = [f.source for f in diagram.flows.values()]
    return sorted({s for s in out if out.count(s) > 1 and diagram.nodes[s].kind == "parallelGateway"})


def _drop(diagram: Diagram, dice: random.Random) -> bool:
    """One way less out of a parallel gateway."""
    splits = _splits(diagram)
    if not splits:
        return False
    source = dice.choice(splits)
    flow = dice.choice([f.id for f in diagram.flows.values() if f.source == source])
    del diagram.flows[flow]
    return True


def _add(diagram: Diagram, dice: random.Random) -> bool:
    """One more way out of a parallel gateway, to a gateway or step of the same level."""
    splits = _splits(diagram)
    if not splits:
        return False
    source = dice.choice(splits)
    targets = _targets(diagram, diagram.nodes[source].level)
    if not targets:
        return False
    diagram.join(source, dice.choice(targets), id_=f"added_{len(diagram.flows)}")
    return True


def _lead(diagram: Diagram, dice: random.Random) -> bool:
    """A flow leads elsewhere."""
    flows = [f for f in diagram.flows.values() if diagram.nodes[f.source].kind != "eventBasedGateway"]
    flow = dice.choice(flows)
    targets = _targets(diagram, diagram.nodes[flow.source].level)
    if not targets:
        return False
    diagram.flows[flow.id] = replace(flow, target=dice.choice(targets))
    return True


def _targets(diagram: Diagram, level: str) -> list[str]:
    kinds = (*_SWAPPED, "userTask", "endEvent")
    return [n.id for n in diagram.nodes.values() if n.level == level and n.kind in kinds and not n.undoes]


def _shut(diagram: Diagram, dice: random.Random) -> bool:
    """A gateway that decides always goes one way, back into its loop for instance."""
    decides = [n for n in diagram.nodes.values() if n.kind == "exclusiveGateway" and n.default]
    if not decides:
        return False
    node = dice.choice(decides)
    kept, *gone = dice.sample(_out(diagram, node.id), len(_out(diagram, node.id)))
    for flow in gone:
        del diagram.flows[flow.id]
    diagram.flows[kept.id] = replace(kept, fact=None)
    diagram.nodes[node.id] = replace(node, default=None)
    return True


def _into_a_join(diagram: Diagram, dice: random.Random) -> bool:
    """What follows an event on a border leads into a join."""
    events = [n for n in diagram.nodes.values() if n.kind == "boundaryEvent" and _out(diagram, n.id)]
    joins = [n for n in diagram.nodes.values() if n.kind == "parallelGateway" and _is_join(diagram, n.id)]
    pairs = [(event, join) for event in events for join in joins if event.level == join.level]
    if not pairs:
        return False
    event, join = dice.choice(pairs)
    flow = _out(diagram, event.id)[0]
    diagram.flows[flow.id] = replace(flow, target=join.id)
    return True


def _out(diagram: Diagram, id_: str) -> list[Flow]:
    return [flow for flow in diagram.flows.values() if flow.source == id_]


def _is_join(diagram: Diagram, id_: str) -> bool:
    return sum(flow.target == id_ for flow in diagram.flows.values()) > 1
