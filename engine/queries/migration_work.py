"""What a worker needs to go on with a migration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import Deployment, MigrationRow, MigrationRun
from engine.model.migration import MigrationOutcome, MigrationState
from engine.queries.carrying_out import order_of_job, who_ordered


@dataclass(frozen=True)
class MigrationWork:
    """`cases` are (position, case id); `actor` is None when who gave the order has left."""

    actor: Actor | None
    from_version: int
    to_version: int
    choices: Mapping[str, str]
    keeps_rules: bool
    is_rehearsal: bool
    reason: str
    cases: tuple[tuple[int, str], ...]


def run_of_job(session: Session, job_id: str) -> str | None:
    """The migration that a job is to go on with; None for other jobs and for one that is done."""
    return order_of_job(session, job_id, kind="migration", named="run_id")


def next_cases(session: Session, run_id: str, *, today: date, limit: int) -> MigrationWork | None:
    """None when there is nothing left to do, or the run rests or was stopped."""
    run = session.get(MigrationRun, run_id)
    if run is None or run.state != MigrationState.RUNNING:
        return None
    waiting = (MigrationRow.run_id == run_id, MigrationRow.outcome == MigrationOutcome.WAITING)
    query = select(MigrationRow.position, MigrationRow.case_id).where(*waiting).order_by(MigrationRow.position)
    cases = tuple((position, case_id) for position, case_id in session.execute(query.limit(limit)))
    versions = select(Deployment.id, Deployment.version).where(Deployment.id.in_((run.from_id, run.to_id)))
    numbers: dict[str, int] = dict(session.execute(versions).all())
    work = MigrationWork(
        actor=who_ordered(session, run.person_id, today=today),
        from_version=numbers[run.from_id], to_version=numbers[run.to_id], choices=run.targets,
        keeps_rules=run.keeps_rules, is_rehearsal=run.is_rehearsal, reason=run.reason, cases=cases,
    )  # fmt: skip
    return work if cases else None
