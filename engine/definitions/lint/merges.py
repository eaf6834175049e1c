"""Tokens that run side by side meet in a joining gateway; anywhere else what follows would run once for each."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import along_flows, closure
from engine.definitions.lint_problem import LintProblem, Severity
from engine.definitions.process import Flow, Process


def unsynchronised(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    joins = {e.id for e in process.each("parallelGateway", "inclusiveGateway") if len(process.into(e.id)) > 1}
    ahead = along_flows(process)
    for splitter, branches, severity in _side_by_side(process):
        split = process.elements[splitter]
        reached = [closure([branch], ahead, stops=joins) - joins for branch in branches]
        for element in process.within(split.parent):
            if element.id not in joins and element.type != "endEvent" and _meet(process.into(element.id), reached):
                yield about(element, "runs_more_than_once", severity, split=split.name or split.id)


def _side_by_side(process: Process) -> Iterator[tuple[str, list[str], Severity]]:
    """Of an inclusive gateway nobody knows here whether its conditions can be true together."""
    for gateway in process.each("parallelGateway", "inclusiveGateway"):
        branches = [flow.target for flow in process.out_of(gateway.id)]
        if len(branches) > 1:
            yield gateway.id, branches, "error" if gateway.type == "parallelGateway" else "warning"
    for event in process.each("boundaryEvent"):
        if not event.interrupting and event.attached_to:
            yield event.id, [event.id, event.attached_to], "warning"


def _meet(flows: list[Flow], reached: list[set[str]]) -> bool:
    """Two branches come in by different flows without having met in a join before."""
    if len(flows) < 2:
        return False
    ways = [way for part in reached if (way := {flow.id for flow in flows if flow.source in part})]
    return len(ways) > 1 and len(set().union(*ways)) > 1


RULES = (unsynchronised,)
