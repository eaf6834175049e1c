"""Every element can be reached and can reach an end, and no loop turns without a person or a clock."""

from collections.abc import Iterator

from engine.definitions.lint.about import about
from engine.definitions.lint.draft import Draft
from engine.definitions.lint.paths import along_everything, along_flows, closure, turned
from engine.definitions.lint_problem import LintProblem
from engine.definitions.process import Process

_WAITS = ("userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway")


def reachable(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    level = process.within(process.key)
    starts = [e.id for e in level if e.type == "startEvent"]
    starts += [e.id for e in level if e.triggered_by_event]
    reached = closure(starts, along_everything(process))
    for element in process.elements.values():
        # A handler that nothing calls and a link that nothing throws have problems of their own.
        if element.id not in reached and starts and not element.for_compensation and element.event != "link":
            yield about(element, "unreachable")


def ends_reachable(draft: Draft) -> Iterator[LintProblem]:
    """A level that a clock, a message or a terminate event breaks off needs no way to an end from everywhere."""
    process = draft.process
    behind = turned(along_everything(process))
    for level in {element.parent for element in process.elements.values()} - _broken_off(process):
        inside = process.within(level)
        ending = closure([e.id for e in inside if e.type == "endEvent"], behind)
        for element in inside:
            if element.id not in ending and process.out_of(element.id):
                yield about(element, "end_not_reachable")


def _broken_off(process: Process) -> set[str | None]:
    by_boundary = {e.attached_to for e in process.each("boundaryEvent") if e.interrupting}
    by_terminating = {e.parent for e in process.each("endEvent") if e.event == "terminate"}
    event_starts = (e for e in process.each("startEvent") if e.interrupting and e.parent in process.elements)
    around = (process.elements[start.parent] for start in event_starts)
    return by_boundary | by_terminating | {e.parent for e in around if e.triggered_by_event}


def loops_that_wait(draft: Draft) -> Iterator[LintProblem]:
    process = draft.process
    quick = {e.id for e in process.elements.values() if not may_wait(process, e.id)}
    ahead = {i: [j for j in after if j in quick] for i, after in along_flows(process).items() if i in quick}
    for element_id in _circles(ahead):
        yield about(process.elements[element_id], "loop_without_wait", "warning")


def may_wait(process: Process, element_id: str) -> bool:
    """A sub-process is taken to wait as soon as something in it may wait; so is every call of another diagram."""
    element = process.elements[element_id]
    if element.type in _WAITS:
        return element.event != "link"
    if element.type == "callActivity":
        return True
    return element.type == "subProcess" and any(may_wait(process, inner.id) for inner in process.within(element_id))


def _circles(ahead: dict[str, list[str]]) -> list[str]:
    """One element of every group of loops that hang together."""
    found: list[str] = []
    explained: set[str] = set()
    for element_id, following in ahead.items():
        if element_id not in explained:
            circle = closure(following, ahead)
            if element_id in circle:
                found.append(element_id)
                explained |= circle
    return found


RULES = (reachable, ends_reachable, loops_that_wait)
