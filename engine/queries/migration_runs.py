"""Runs that move running cases to another version: how far they are, and what became of each case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from engine.actor import Actor
from engine.groups import ADMINISTRATORS, DESIGNERS
from engine.model import Case, Deployment, MigrationRow, MigrationRun, Person
from engine.model.migration import MigrationNotFound
from engine.permissions import must_be_in
from engine.queries.paging import Page, clamp, page_of


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """`state` is running, paused, done or cancelled. A rehearsal has changed nothing."""

    id: str
    process: str
    name: str
    from_version: int
    to_version: int
    person: str
    reason: str
    choices: Mapping[str, str]
    keeps_rules: bool
    is_rehearsal: bool
    state: str
    total: int
    moved: int
    stayed: int
    created_at: datetime
    ended_at: datetime | None

    @property
    def waiting(self) -> int:
        return self.total - self.moved - self.stayed


@dataclass(frozen=True)
class RunCase:
    """`outcome` is waiting, moved or stayed; `code` is that of an error, `facts` are those of `Change` and problems."""

    position: int
    case_id: str
    number: str
    town: str | None
    outcome: str
    code: str | None
    facts: Mapping[str, Any]
    at: datetime | None


_BEFORE, _AFTER = aliased(Deployment), aliased(Deployment)


def migration_runs(
    session: Session, actor: Actor, *, process: str | None = None, cursor: str | None = None, limit: int = 20
) -> Page[RunSummary]:
    """Newest first."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    query = _runs().where(MigrationRun.process == process) if process else _runs()
    key = ((MigrationRun.created_at, datetime), (MigrationRun.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(_summary(*row) for row in page.items)


def migration_run(session: Session, actor: Actor, run_id: str) -> RunSummary:
    """Raises MigrationNotFound."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    row = session.execute(_runs().where(MigrationRun.id == run_id)).first()
    if row is None:
        raise MigrationNotFound()
    return _summary(*row)


def cases_of_run(
    session: Session, actor: Actor, run_id: str, *, outcome: str | None = None, after: int = -1, limit: int = 100
) -> tuple[RunCase, ...]:
    """Rows behind position `after`, in their order. Raises MigrationNotFound."""
    migration_run(session, actor, run_id)
    query = select(MigrationRow, Case.number, Case.town).join(Case, Case.id == MigrationRow.case_id)
    query = query.where(MigrationRow.run_id == run_id, MigrationRow.position > after)
    query = query.where(MigrationRow.outcome == outcome) if outcome else query
    rows = session.execute(query.order_by(MigrationRow.position).limit(clamp(limit)))
    return tuple(
        RunCase(row.position, row.case_id, number, town, row.outcome, row.code, row.facts or {}, row.at)
        for row, number, town in rows
    )


def _runs() -> Select[Any]:
    return (
        select(MigrationRun, _BEFORE.version, _AFTER.version, _AFTER.name, Person.name)
        .join(_BEFORE, _BEFORE.id == MigrationRun.from_id)
        .join(_AFTER, _AFTER.id == MigrationRun.to_id)
        .join(Person, Person.id == MigrationRun.person_id)
    )


def _summary(run: MigrationRun, before: int, after: int, name: str, person: str) -> RunSummary:
    return RunSummary(
        id=run.id, process=run.process, name=name, from_version=before, to_version=after, person=person,
        reason=run.reason, choices=run.targets, keeps_rules=run.keeps_rules, is_rehearsal=run.is_rehearsal,
        state=run.state, total=run.total, moved=run.moved, stayed=run.stayed, created_at=run.created_at,
        ended_at=run.ended_at,
    )  # fmt: skip
