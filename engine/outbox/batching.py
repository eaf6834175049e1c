"""Carries a batch out: every row is a command of the person who gave the order, in a transaction of its own.

A worker that dies between a row and its note does the row again under the same key, which finds it done.
"""

import logging
from dataclasses import asdict
from functools import partial
from typing import Any

from engine.actor import Actor
from engine.commands.note_batch_rows import NoteBatchRows, RowResult
from engine.commands.start_batch import EXPORT, BatchOrder
from engine.engine import Engine
from engine.errors import EngineError
from engine.outbox.slices import FAILED, LEFT, for_a_slice
from engine.queries.batches import BatchWork, batch_of_job, next_rows
from engine.queries.rows import TaskRow
from engine.queries.seeing import visible_tasks
from engine.queries.worklist import task_rows

log = logging.getLogger(__name__)
AT_ONCE = 10
EXPORTED_AT_ONCE = 200
UNSEEN = "task_not_found"
KEPT = (
    "case_number", "case_title", "enterprise", "town", "name", "name_en", "stage_name", "stage_name_en", "state",
    "assignee_name", "created_at", "due_at", "follow_up_at", "completed_at", "urged_count",
)  # fmt: skip


def work_ahead(engine: Engine, job_id: str) -> None:
    """Rows of a batch, for a slice of time; nothing for jobs of other kinds."""
    with engine.reading() as session:
        batch_id = batch_of_job(session, job_id)
    if batch_id is not None:
        for_a_slice(
            engine,
            lambda session, today: next_rows(session, batch_id, today=today, limit=EXPORTED_AT_ONCE),
            partial(_part, engine, batch_id),
        )


def _part(engine: Engine, batch_id: str, work: BatchWork) -> NoteBatchRows:
    results = _exported(engine, work) if work.order == EXPORT else _carried_out(engine, batch_id, work)
    return NoteBatchRows(batch_id=batch_id, results=results)


def _carried_out(engine: Engine, batch_id: str, work: BatchWork) -> tuple[RowResult, ...]:
    order = BatchOrder(order=work.order, reason=work.reason, args=work.args)
    return tuple(_one(engine, batch_id, work.actor, order, row) for row in work.rows[:AT_ONCE])


def _one(engine: Engine, batch_id: str, actor: Actor | None, order: BatchOrder, row: tuple[int, str]) -> RowResult:
    position, task_id = row
    if actor is None:
        return RowResult(position, LEFT)
    key = f"batch:{batch_id}:{position}"
    try:
        engine.run(order.command(task_id), actor=actor, idempotency_key=key, fingerprint=key)
    except EngineError as refusal:
        return RowResult(position, refusal.code)
    except Exception:
        log.exception("row %s of batch %s failed", position, batch_id)
        return RowResult(position, FAILED)
    return RowResult(position)


def _exported(engine: Engine, work: BatchWork) -> tuple[RowResult, ...]:
    """What the person sees of each task at this moment."""
    if work.actor is None:
        return tuple(RowResult(position, LEFT) for position, _ in work.rows)
    with engine.reading() as session:
        seen = visible_tasks(session, work.actor, [task_id for _, task_id in work.rows])
        found = {row.id: _facts(row) for row in task_rows(session, work.actor, seen, engine.catalogue)}
    return tuple(
        RowResult(position, None if task_id in found else UNSEEN, found.get(task_id)) for position, task_id in work.rows
    )


def _facts(row: TaskRow) -> dict[str, Any]:
    told = asdict(row)
    return {name: told[name].isoformat() if hasattr(told[name], "isoformat") else told[name] for name in KEPT}
