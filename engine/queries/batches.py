"""Batches of this person: how far they are, and what became of their rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Batch, BatchRow
from engine.model.batch import BatchNotFound, BatchState, RowOutcome
from engine.queries.carrying_out import order_of_job, who_ordered
from engine.queries.paging import Order, Page, clamp, counted, slice_of
from engine.queries.rows import TaskRow
from engine.queries.seeing import visible_tasks
from engine.queries.worklist import task_rows

_NEWEST = Order(Batch.created_at, Batch.id, is_descending=True)


@dataclass(frozen=True)
class BatchSummary:
    """`order` names a command of `StartBatch`, `args` what it asks for."""

    id: str
    order: str
    args: Mapping[str, str]
    reason: str
    state: str
    total: int
    done: int
    refused: int
    created_at: datetime
    ended_at: datetime | None

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.refused


@dataclass(frozen=True)
class BatchRowSeen:
    """`task` is None for one that is not for this reader's eyes any more."""

    position: int
    task: TaskRow | None
    outcome: str
    code: str | None
    facts: Mapping[str, Any] | None
    at: datetime | None


@dataclass(frozen=True)
class BatchWork:
    """What a worker needs for the next rows: who gave which order, and (position, task id) of the rows."""

    actor: Actor | None
    order: str
    args: Mapping[str, str]
    reason: str
    rows: tuple[tuple[int, str], ...]


def batches(session: Session, actor: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[BatchSummary]:
    """Newest first."""
    mine = Batch.person_id == actor.person_id
    query = select(Batch.created_at, Batch.id, Batch).where(mine)
    page = slice_of(session, query, _NEWEST, cursor=cursor, limit=limit)
    total, is_exact = counted(session, select(Batch.id).where(mine))
    return Page(tuple(_summary(row[2]) for row in page.rows), page.after, total, page.before, is_exact)


def batch(session: Session, actor: Actor, batch_id: str) -> BatchSummary:
    """Raises BatchNotFound."""
    found = session.get(Batch, batch_id)
    if found is None or found.person_id != actor.person_id:
        raise BatchNotFound()
    return _summary(found)


def rows_of(
    session: Session,
    actor: Actor,
    batch_id: str,
    *,
    catalogue: Catalogue,
    outcome: str | None = None,
    after: int = -1,
    limit: int = 100,
) -> tuple[BatchRowSeen, ...]:
    """Rows behind position `after`, in their order. Raises BatchNotFound."""
    batch(session, actor, batch_id)
    query = select(BatchRow).where(BatchRow.batch_id == batch_id, BatchRow.position > after)
    query = query.where(BatchRow.outcome == outcome) if outcome else query
    found = session.scalars(query.order_by(BatchRow.position).limit(clamp(limit))).all()
    seen = visible_tasks(session, actor, [row.task_id for row in found])
    tasks = {task.id: task for task in task_rows(session, actor, seen, catalogue)}
    return tuple(BatchRowSeen(r.position, tasks.get(r.task_id), r.outcome, r.code, r.facts, r.at) for r in found)


def batch_of_job(session: Session, job_id: str) -> str | None:
    """The batch that a job is to go on with; None for other jobs and for one that is done."""
    return order_of_job(session, job_id, kind="batch", named="batch_id")


def next_rows(session: Session, batch_id: str, *, today: date, limit: int) -> BatchWork | None:
    """None when there is nothing left to do, or the batch was stopped."""
    found = session.get(Batch, batch_id)
    if found is None or found.state != BatchState.RUNNING:
        return None
    waiting = (BatchRow.batch_id == batch_id, BatchRow.outcome == RowOutcome.WAITING)
    query = select(BatchRow.position, BatchRow.task_id).where(*waiting).order_by(BatchRow.position).limit(limit)
    rows = tuple((position, task_id) for position, task_id in session.execute(query))
    actor = who_ordered(session, found.person_id, today=today)
    return BatchWork(actor, found.order, found.args, found.reason, rows) if rows else None


def _summary(found: Batch) -> BatchSummary:
    return BatchSummary(
        id=found.id,
        order=found.order,
        args=found.args,
        reason=found.reason,
        state=found.state,
        total=found.total,
        done=found.done,
        refused=found.refused,
        created_at=found.created_at,
        ended_at=found.ended_at,
    )
