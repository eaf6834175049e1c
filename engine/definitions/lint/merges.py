"""Tokens that run side by side meet in a parallel gateway; anywhere else what follows would run once for each."""

from collections.abc import Iterator
from itertools import combinations

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import along_flows, closure
from engine.definitions.lint_problem import LintProblem, Severity
from engine.definitions.process import Process


def unsynchronised(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    joins = {e.id for e in process.each("parallelGateway") if len(process.into(e.id)) > 1}
    for splitter, branches, severity in _side_by_side(process):
        split = process.elements[splitter]
        for element in process.within(split.parent):
            if element.type != "endEvent" and _meet(process, branches, at=element.id, joins=joins):
                yield about(element, "runs_more_than_once", severity, split=split.name or split.id)


def _side_by_side(process: Process) -> Iterator[tuple[str, list[str], Severity]]:
    for gateway in process.each("parallelGateway"):
        branches = [flow.target for flow in process.out_of(gateway.id)]
        if len(branches) > 1:
            yield gateway.id, branches, "error"
    for event in process.each("boundaryEvent"):
        if not event.interrupting and event.attached_to:
            yield event.id, [event.id, event.attached_to], "warning"


def _meet(process: Process, branches: list[str], *, at: str, joins: set[str]) -> bool:
    """Two branches come in by different flows without having met in a parallel join before."""
    if at in joins or len(process.into(at)) < 2:
        return False
    ahead = along_flows(process)
    reached = [closure([branch], ahead, stops=joins | {at}) for branch in branches]
    ways = [{f.id for f in process.into(at) if f.source in part - joins - {at}} for part in reached]
    return any(one and other and len(one | other) > 1 for one, other in combinations(ways, 2))


RULES = (unsynchronised,)
