"""What this person does next: in the queue that he works through, else in the same case."""

from dataclasses import replace
from typing import Any

from engine.asking import Asked
from engine.commands.claim_task import ClaimTask
from engine.errors import Conflict, NotAllowed, NotFound
from engine.queries.rows import TaskRow
from engine.queries.task_filters import TaskFilter, filter_of
from engine.queries.worklist import place_of, worklist
from web import door

LOOKED_AT = 40
TRIES = 5


def next_task(case_id: str) -> str | None:
    """The id of a task of the case that this person has or could take."""
    for view in ("mine", "claimable"):
        found = _rows(TaskFilter(view=view, case_id=case_id), limit=1)
        if found:
            return found[0].id
    return None


def next_in_queue(asked: Asked, after: TaskRow | None = None) -> TaskRow | None:
    """The first task of the queue that this person has or could take: behind `after`, else from the beginning."""
    filters = filter_of(asked, now=door.now())
    if after is not None:
        found = _first(_rows(filters, cursor=place_of(after, filters)), without=after.id)
        if found is not None:
            return found
    return _first(_rows(filters), without=after.id if after else None)


def take_next(asked: Asked, after: TaskRow | None = None) -> str | None:
    """The same, claimed: somebody else may be quicker, then the one behind is tried."""
    for _ in range(TRIES):
        found = next_in_queue(asked, after)
        if found is None or found.assignee is not None:
            return found.id if found else None
        try:
            door.run(ClaimTask(task_id=found.id))
        except (Conflict, NotAllowed, NotFound):
            after = found
            continue
        return found.id
    return None


def queue_left(asked: Asked) -> int:
    """How many tasks of the queue wait, the one at hand among them."""
    with door.reading() as session:
        page = worklist(
            session, door.actor(), filters=filter_of(replace(asked), now=door.now()),
            catalogue=door.engine().catalogue, now=door.now(), limit=1,
        )  # fmt: skip
    return page.total


def _first(rows: tuple[TaskRow, ...], *, without: str | None) -> TaskRow | None:
    """What somebody else has is not for this person, nor what is done."""
    free = (row for row in rows if row.state == "open" or (row.state == "claimed" and _is_mine(row)))
    return next((row for row in free if row.id != without), None)


def _is_mine(row: TaskRow) -> bool:
    return row.assignee == door.actor().username


def _rows(filters: TaskFilter, **paging: Any) -> tuple[TaskRow, ...]:
    with door.reading() as session:
        return worklist(
            session, door.actor(), filters=filters, catalogue=door.engine().catalogue, now=door.now(),
            **{"limit": LOOKED_AT, **paging},
        ).items  # fmt: skip
