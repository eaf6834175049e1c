"""By which flow of the new diagram a token has come into a join, when steps were put into its branch or taken out."""

from collections.abc import Mapping
from typing import Any

from engine.definitions.process import Flow
from engine.spiff.flow_node import FlowNode


def arrival(old: FlowNode, via: str, new: FlowNode, targets: Mapping[str, str]) -> Flow | None:
    """The one flow into `new` behind which lie the same steps as behind `via` of the old diagram."""
    came = next((flow for flow in old.arrivals if flow.id == via), None)
    if came is None:
        return None
    there = set(targets.values())
    before = {targets[id_] for id_ in _behind(old, came, {id_ for id_, target in targets.items() if target})}
    fitting = [flow for flow in new.arrivals if before & _behind(new, flow, there)]
    exact = [flow for flow in fitting if flow.id == via] or fitting
    return exact[0] if len(exact) == 1 else None


def _behind(join: FlowNode, flow: Flow, known: set[str]) -> set[str]:
    """The nearest steps against the flow that are in both diagrams."""
    nodes: Mapping[str, Any] = join._wf_spec.task_specs
    found: set[str] = set()
    seen, left = {flow.source}, [flow.source]
    while left:
        id_ = left.pop()
        if id_ in known:
            found.add(id_)
            continue
        for other in getattr(nodes.get(id_), "arrivals", ()):
            if other.source not in seen:
                seen.add(other.source)
                left.append(other.source)
    return found
