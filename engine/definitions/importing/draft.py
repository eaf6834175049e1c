"""One foreign file to a draft: the steps in their order. Runs in a child process; see `door.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.definitions import limits
from engine.definitions.bpmn_dialect import BPMN
from engine.definitions.canonical import canonical
from engine.definitions.importing import (
    drawing,
    events,
    expressions,
    forms,
    ids,
    leftovers,
    loops,
    mappings,
    people,
    pools,
    scripts,
    settings,
    spiff,
    splits,
)
from engine.definitions.importing.bench import Bench
from engine.definitions.importing.foreign_tree import foreign_tree
from engine.definitions.importing.gap import Gap, gap
from engine.definitions.importing.process_choice import chosen_process, refusals
from engine.definitions.importing.vendors import vendor_of
from engine.definitions.lint_problem import LintProblem

MAX_GAPS = 1_000

STEPS: tuple[Callable[[Bench], None], ...] = (
    ids.local_references,
    ids.give_ids,
    pools.keep_one_process,
    pools.make_executable,
    events.inline_definitions,
    events.ask_for_references,
    spiff.spiff_extensions,
    scripts.scripts,
    scripts.join_documentation,
    forms.embedded_forms,
    forms.generated_forms,
    settings.map_settings,
    mappings.properties,
    mappings.inputs_and_outputs,
    mappings.called_processes,
    splits.clear_default_conditions,
    expressions.conditions,
    expressions.timers,
    loops.loops,
    people.owners,
    people.groups_from_lanes,
    splits.show_implicit_splits,
    splits.ask_for_conditions,
    leftovers.name_leftovers,
    ids.rewrite_flow_ends,
    pools.keep_lines_with_two_ends,
    drawing.complete_drawing,
)


@dataclass(frozen=True)
class Imported:
    """`xml` is None exactly when `refusals` says why. `forms` are schemas that lay inside of the file, by form id."""

    xml: bytes | None
    vendor: str
    gaps: tuple[Gap, ...] = ()
    refusals: tuple[LintProblem, ...] = ()
    process: str | None = None
    forms: dict[str, str] = field(default_factory=dict)


def import_diagram(source: bytes, *, process: str | None = None) -> Imported:
    """A draft of the process named `process`, or of the one that looks most like the file's main process."""
    root = foreign_tree(source)
    if isinstance(root, LintProblem):
        return Imported(None, "unknown", refusals=(root,))
    vendor = vendor_of(root)
    chosen = chosen_process(root, wanted=process)
    if isinstance(chosen, LintProblem):
        return Imported(None, vendor.key, refusals=(chosen,))
    refused = refusals(root, chosen)
    if refused:
        return Imported(None, vendor.key, refusals=tuple(refused[: limits.MAX_PROBLEMS]))
    bench = Bench(root, vendor, chosen)
    for step in STEPS:
        step(bench)
    xml = canonical(root, BPMN).xml
    return Imported(xml, vendor.key, _listed(bench.gaps), process=bench.process.id, forms=bench.forms)


def _listed(gaps: list[Gap]) -> tuple[Gap, ...]:
    """Those first that wait for a person, then in the order of the file."""
    ordered = sorted(gaps, key=lambda g: (("error", "warning", "style").index(g.severity), g.line or 0))
    if len(ordered) <= MAX_GAPS:
        return tuple(ordered)
    more = len(ordered) - MAX_GAPS
    return (*ordered[:MAX_GAPS], gap("too_many_gaps", severity=ordered[MAX_GAPS].severity, line=1, more=more))
