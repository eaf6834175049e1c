"""Diagrams that call each other: all are there, one of them is the main one, and nobody calls himself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from engine.definitions.calling import reached_from, uncalled
from engine.definitions.lint.about import about, similar
from engine.definitions.lint.draft import Draft
from engine.definitions.lint_problem import LintProblem, error, warning
from engine.definitions.process import Process

_OF_THE_MAIN_DIAGRAM = (
    "number_prefix",
    "title_from",
    "starter_groups",
    "oversight_groups",
    "guest_groups",
    "party_roles",
)


def calls(draft: Draft) -> Iterator[LintProblem]:
    for call in draft.process.each("callActivity"):
        wanted = call.called.process if call.called else ""
        if not wanted:
            yield about(call, "called_missing")
        elif wanted not in draft.processes:
            yield about(call, "called_unknown", called=wanted, **similar(wanted, draft.processes))
        elif draft.process.key in reached_from(wanted, draft.processes):
            yield about(call, "called_in_circle", called=wanted)


def called_processes(draft: Draft) -> Iterator[LintProblem]:
    """A called diagram begins by itself, and what belongs to the case stands in the main one."""
    if draft.is_main:
        return
    process = draft.process
    for start in process.within(process.key):
        if start.type == "startEvent" and start.form:
            yield about(start, "called_start_form")
    for name in _OF_THE_MAIN_DIAGRAM:
        if name in process.properties:
            yield warning("called_property", element_id=process.key, line=process.line, property=name)


def one_main(draft: Draft) -> Iterator[LintProblem]:
    if not draft.is_main:
        return
    mains = uncalled(draft.processes.values())
    if len(mains) > 1:
        yield error("main_diagram_count", element_id=mains[1], count=len(mains), processes=", ".join(mains))


def ids_once(draft: Draft) -> Iterator[LintProblem]:
    """History, tasks and clocks know an element by its id alone."""
    times = Counter(i for process in draft.processes.values() for i in _ids(process))
    for element_id in sorted(i for i in _ids(draft.process) if times[i] > 1):
        line = draft.process.elements[element_id].line if element_id in draft.process.elements else None
        yield replace(error("id_in_two_diagrams", element_id=element_id, id=element_id), line=line)


def _ids(process: Process) -> set[str]:
    return {process.key, *process.elements, *(flow.id for flow in process.flows)}


RULES = (calls, called_processes, one_main, ids_once)
