"""A batch, given as somebody and carried out as a worker does it."""

from typing import Any

from engine.commands.start_batch import BatchOrder, StartBatch
from engine.model import Batch, BatchRow, Job
from engine.model.job import JobState
from engine.outbox.doing import do_job
from tests.engine.conftest import Visits


def give(visits: Visits, order: str, *task_ids: str, by: str = "hr", reason: str = "节前集中办理", **args: Any) -> str:
    wanted = BatchOrder(order=order, reason=reason, args=args)
    return visits.city.run(StartBatch(order=wanted, task_ids=task_ids), by=by)


def work(visits: Visits) -> int:
    """Do the jobs of batches that wait now, and say how many."""
    waiting = visits.city.rows(Job, Job.kind == "batch", Job.state == JobState.READY)
    return sum(do_job(visits.city.engine, job.id) for job in waiting)


def the_batch(visits: Visits, batch_id: str) -> Batch:
    return visits.city.rows(Batch, Batch.id == batch_id)[0]


def outcomes(visits: Visits, batch_id: str) -> list[tuple[str, str | None]]:
    rows = visits.city.rows(BatchRow, BatchRow.batch_id == batch_id)
    return [(row.outcome, row.code) for row in sorted(rows, key=lambda row: row.position)]


def plans(visits: Visits, number: int) -> list[str]:
    """Ids of tasks that `hr` could take."""
    return [visits.city.task_at(visits.start(), "plan_visit").id for _ in range(number)]
