"""What became of the cases of a migration, in words and as a table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

import texts
from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Element
from engine.model.migration import MigrationOutcome, MigrationState
from engine.queries.migration_runs import RunCase, RunSummary, cases_of_run, migration_run
from engine.queries.paging import Page, read_cursor, write_cursor
from engine.sheet_writing import Row
from engine.work import CITY_TIME

STATES = tuple(str(state) for state in MigrationState)
OUTCOMES = tuple(str(outcome) for outcome in MigrationOutcome)
CHANGES = ("kept", "opened", "ended", "passed", "clocks_started", "clocks_stopped", "incidents")
_HEAD = ("head_position", "head_number", "head_town", "head_outcome", "head_why", *CHANGES, "head_at")
_AT_ONCE = 200


@dataclass(frozen=True)
class CaseResult:
    """`changes` are the names of elements by what happened there; `why` says why the case stays."""

    position: int
    case_id: str
    number: str
    town: str | None
    outcome: str
    outcome_words: str
    changes: Mapping[str, tuple[str, ...]]
    why: tuple[str, ...]
    at: datetime | None


def rows_of_run(
    session: Session, actor: Actor, run_id: str, *, outcome: str | None = None, cursor: str | None = None,
    limit: int = 50,
) -> Page[RunCase]:  # fmt: skip
    """One page, in the order of the run. Raises MigrationNotFound, CursorUnreadable."""
    run = migration_run(session, actor, run_id)
    after = read_cursor(cursor, int)[0] if cursor else -1
    rows = cases_of_run(session, actor, run_id, outcome=outcome, after=after, limit=limit)
    last = rows[-1].position if rows else after
    more = write_cursor(last) if cases_of_run(session, actor, run_id, outcome=outcome, after=last, limit=1) else None
    return Page(rows, more, getattr(run, outcome) if outcome else run.total)


def case_results(
    session: Session, run: RunSummary, rows: Iterable[RunCase], *, catalogue: Catalogue, locale: str
) -> tuple[CaseResult, ...]:
    """Raises ProcessUnknown."""
    elements: dict[str, Element] = {}
    for version in (run.from_version, run.to_version):
        elements |= catalogue.version(session, run.process, version)[1].process.elements
    return tuple(_told(row, run, elements, locale) for row in rows)


def result_table(
    session: Session, actor: Actor, run: RunSummary, *, catalogue: Catalogue, locale: str
) -> tuple[list[str], Iterator[Row]]:
    """(columns, one row for each case). Raises MigrationNotFound."""
    head = [texts.sentence("migration", name, locale) for name in _HEAD]
    return head, _rows(session, actor, run, catalogue, locale)


def _rows(session: Session, actor: Actor, run: RunSummary, catalogue: Catalogue, locale: str) -> Iterator[Row]:
    after = -1
    while some := cases_of_run(session, actor, run.id, after=after, limit=_AT_ONCE):
        yield from (_row(told, locale) for told in case_results(session, run, some, catalogue=catalogue, locale=locale))
        after = some[-1].position


def _row(told: CaseResult, locale: str) -> Row:
    between = ", " if locale == "en" else "、"
    changed = (between.join(told.changes.get(kind, ())) for kind in CHANGES)
    at = f"{told.at.astimezone(CITY_TIME):%Y-%m-%d %H:%M}" if told.at else ""
    why = ("; " if locale == "en" else "；").join(told.why)
    return (told.position + 1, told.number, told.town, told.outcome_words, why, *changed, at)


def _told(row: RunCase, run: RunSummary, elements: Mapping[str, Element], locale: str) -> CaseResult:
    changes = {kind: tuple(_name(id_, elements, locale) for id_ in row.facts.get(kind, ())) for kind in CHANGES}
    return CaseResult(
        row.position, row.case_id, row.number, row.town, row.outcome, _outcome(row, run, locale),
        {kind: names for kind, names in changes.items() if names}, tuple(_why(row, locale)), row.at,
    )  # fmt: skip


def _outcome(row: RunCase, run: RunSummary, locale: str) -> str:
    would = "rehearsed_" if run.is_rehearsal and row.outcome != MigrationOutcome.WAITING else ""
    return texts.sentence("migration", would + row.outcome, locale)


def _why(row: RunCase, locale: str) -> Iterator[str]:
    problems: list[Mapping[str, Any]] = row.facts.get("problems", [])
    for problem in problems:
        yield texts.sentence("problems", problem["code"], locale, **problem["params"])
    if row.code and not problems:
        yield texts.sentence("errors", row.code, locale)


def _name(id_: str, elements: Mapping[str, Element], locale: str) -> str:
    element = elements.get(id_)
    if element is None:
        return id_
    return (element.name_en if locale == "en" else "") or element.name or id_
