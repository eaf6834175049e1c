"""What a designer should know about the rows of a decision table before it runs."""

from collections.abc import Iterator
from itertools import islice

from engine.definitions.decisions.coverage import Budget, Coverage, Example, TooLarge
from engine.definitions.decisions.file_reading import DecisionFile
from engine.definitions.decisions.logic import parts
from engine.definitions.decisions.table import Table
from engine.definitions.lint_problem import LintProblem, style, warning

_MOST_FOUND = 10
_ONE_ROW = ("UNIQUE", "ANY")
_ANSWERS_ONE = (*_ONE_ROW, "FIRST", "PRIORITY")


def about_rows(read: DecisionFile, budget: Budget) -> Iterator[LintProblem]:
    """Overlaps, gaps and rows that never apply, in all tables of a file."""
    for thing in (*read.decisions, *read.models):
        for table in parts(thing.logic):
            if isinstance(table, Table):
                yield from _about_table(thing.id, table, budget)


def _about_table(owner: str, table: Table, budget: Budget) -> Iterator[LintProblem]:
    try:
        coverage = Coverage(table, budget)
        yield from islice(_overlaps(owner, table, coverage), _MOST_FOUND)
        gap = coverage.gap() if table.policy.name in _ANSWERS_ONE and not table.has_default else None
        if gap is not None:
            yield warning("table_has_gap", element_id=owner, line=table.line, example=_shown(gap))
    except TooLarge:
        yield style("table_not_checked", element_id=owner, line=table.line)


def _overlaps(owner: str, table: Table, coverage: Coverage) -> Iterator[LintProblem]:
    if table.policy.name in _ONE_ROW:
        for overlap in coverage.overlaps():
            rules, example = ", ".join(map(str, overlap.rows)), _shown(overlap.example)
            said = {"rules": rules, "example": example, "policy": table.policy.name}
            yield warning("rules_may_overlap", element_id=owner, line=table.line, **said)
    elif table.policy.stops_at_first:
        for hidden, hiding in coverage.hidden():
            yield warning("rule_never_applies", element_id=owner, line=table.line, rule=hidden, other=hiding)


def _shown(example: Example) -> str:
    return ", ".join(f"{name[:40]} = {_value(value)}" for name, value in example.items() if value is not None) or "—"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value[:60]}"' if isinstance(value, str) else str(value)
