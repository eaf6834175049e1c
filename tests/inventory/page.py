"""docs/reference/elements.md: what became of every row when it was played."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.definitions.lint_problem import LintProblem
from tests.inventory.playing import BECAME, Refused, Theatre
from tests.inventory.rows_reading import Row, rows

_SECTIONS = {
    "activities": "Activities",
    "markers": "Markers of activities",
    "gateways": "Gateways",
    "starts": "Start events and event sub-processes",
    "intermediate": "Intermediate events",
    "boundary": "Boundary events",
    "ends": "End events",
    "flows_and_data": "Flows, data, pools and the rest",
}
_HEAD = """# BPMN element by element

Written by `make docs`: each row was uploaded through the door as a mini-process, deployed, and played with people,
time, messages and the outbox. **Executes** shows what happened, step by step; a test plays the same process without
the element and sees it go another way. **Refused** shows what the designer reads. **Drawn only** is kept in the drawing
and has no effect on what runs. The mini-processes are in `tests/inventory/rows/`; how to write each element is in
[the diagram dialect](../diagram-dialect.md).
"""


@dataclass(frozen=True)
class Outcome:
    """What the door and the engine made of a row: the trace, or the problems for which it was refused."""

    trace: tuple[str, ...] = ()
    problems: tuple[LintProblem, ...] = ()


def outcome_of(row: Row, theatre: Theatre) -> Outcome:
    try:
        return Outcome(trace=tuple(theatre.play(row.story)))
    except Refused as refusal:
        return Outcome(problems=refusal.problems)


def page(theatre: Theatre) -> str:
    found = [(row, outcome_of(row, theatre)) for row in rows()]
    parts = [_HEAD, _summary([outcome for _, outcome in found], [row for row, _ in found])]
    for section, title in _SECTIONS.items():
        lines = [line(row, outcome) for row, outcome in found if row.section == section]
        parts.append(f"## {title}\n\n| element | | what happened |\n| --- | --- | --- |\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def line(row: Row, outcome: Outcome) -> str:
    """One row of the page."""
    if outcome.problems:
        result, told = "refused", "<br>".join(_refusal(outcome.problems))
    else:
        result = "drawn only" if row.shown else "executes"
        told = "<br>".join(_cell(step) for step in outcome.trace)
    return f"| {row.what}{f', {row.variant}' if row.variant else ''} | {result} | {told} |"


def _summary(outcomes: list[Outcome], played: list[Row]) -> str:
    refused = sum(bool(outcome.problems) for outcome in outcomes)
    shown = sum(bool(row.shown) for row in played)
    return (
        f"{len(played)} rows: {len(played) - refused - shown} execute, {refused} are refused, {shown} are drawn only.\n"
    )


def _refusal(problems: tuple[LintProblem, ...]) -> Iterator[str]:
    for problem in problems:
        for locale in ("zh", "en"):
            yield _plain(f"{problem.text(locale)} {problem.text(locale, 'fix')}")


def _cell(text: str) -> str:
    step, _, happened = text.partition(BECAME)
    return f"`{_plain(step)}` {_plain(happened)}"


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
