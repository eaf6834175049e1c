"""Tasks I have, could take, look after, or did."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, not_, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.asking import SORTS, VIEWS
from engine.catalogue import Catalogue
from engine.clockwork import NO_DEADLINE
from engine.errors import Problem, Rejected
from engine.former_versions import processes_of_tasks
from engine.model import Case, Organisation, UserTask
from engine.queries.looking_up import clocks_by_task, people_by_id
from engine.queries.paging import Page, counted, slice_of, write_cursor
from engine.queries.row_making import people_of, task_row
from engine.queries.rows import TaskRow
from engine.queries.seeing import visible_task
from engine.queries.stand_ins import absent_by_task
from engine.queries.task_filters import TaskFilter, narrowed
from engine.queries.task_flags import flags_of
from engine.queries.task_views import DONE, OWED, Queues, order_of, waiting_for

__all__ = ["SORTS", "VIEWS", "TaskFilter", "ViewUnknown", "worklist", "worklist_counts"]
MOST_IN_GROUP = 1_000  # the rail shows "999+"


class ViewUnknown(Rejected):
    """There is no such view, or no such order; VIEWS and SORTS name them all."""


def worklist(
    session: Session,
    actor: Actor,
    *,
    filters: TaskFilter,
    catalogue: Catalogue,
    now: datetime,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[TaskRow]:
    """Sorted by due date unless the filter says otherwise; done ones by completion, newest first."""
    matching, order = matching_tasks(session, actor, filters, now=now), order_of(filters.view, filters.sort)
    query = matching.with_only_columns(order.moment, order.id)
    page = slice_of(session, query, order, cursor=cursor, limit=limit)
    is_all = cursor is None and page.after is None
    total, is_exact = (len(page.rows), True) if is_all else counted(session, matching)
    rows = task_rows(session, actor, [row[1] for row in page.rows], catalogue)
    return Page(rows, page.after, total, page.before, is_exact)


def matching_tasks(session: Session, actor: Actor, filters: TaskFilter, *, now: datetime) -> Select[Any]:
    """Ids of the tasks of a view that a filter lets through, unsorted. Raises ViewUnknown."""
    if filters.view not in VIEWS:
        raise ViewUnknown(problems=[Problem(path="view", code="not_an_option")])
    if filters.sort not in SORTS:
        raise ViewUnknown(problems=[Problem(path="sort", code="not_an_option")])
    # The filter first: PostgreSQL tries conditions of equal cost in this order, and to see is asked of most rows.
    query = narrowed(session, select(UserTask.id), filters).where(Queues(actor, now).of(filters.view))
    return query.where(_in_the_stead_of(actor, filters.stead)) if filters.stead else query


def _in_the_stead_of(actor: Actor, username: str) -> Any:
    """Nothing for somebody in whose stead this person does not act."""
    found = [waiting_for(actor, one) for one in actor.absent if one.username == username]
    return or_(*found) if found else false()


def stead_counts(session: Session, actor: Actor, *, now: datetime) -> dict[str, int]:
    """How many tasks wait for this person because of each who is away, by username; one statement, or none."""
    if not actor.absent:
        return {}
    queues = Queues(actor, now)
    ways = [_number(and_(queues.of("group"), waiting_for(actor, one)), most=MOST_IN_GROUP) for one in actor.absent]
    found = session.execute(select(*ways)).one()
    counts: dict[str, int] = {}
    for one, number in zip(actor.absent, found, strict=True):
        counts[one.username] = counts.get(one.username, 0) + number
    return counts


def ids_in_order(session: Session, actor: Actor, filters: TaskFilter, *, now: datetime, most: int) -> list[str]:
    """The first tasks of a list, without their rows."""
    query = order_of(filters.view, filters.sort).sorted(matching_tasks(session, actor, filters, now=now))
    return list(session.scalars(query.limit(most)))


def worklist_counts(session: Session, actor: Actor, *, now: datetime) -> dict[str, int]:
    """Live numbers for the rail, in one statement; that of the group stops at `MOST_IN_GROUP`."""
    queues = Queues(actor, now)
    own = select(
        queues.mine.label("mine"),
        (UserTask.state == literal_column("'open'")).label("free"),
        (UserTask.due_at <= now).label("late"),
        (UserTask.due_at < queues.tomorrow).label("soon"),
        queues.suspended.label("suspended"),
        queues.stopped.label("stopped"),
    )
    # Each of these is worked out once a row, not once for each number that it goes into.
    row = own.where(OWED, queues.own).cte("own").prefix_with("MATERIALIZED").c
    at_work, is_timed = not_(row.suspended), not_(row.stopped)
    numbers = {
        "mine": func.count().filter(row.mine, at_work),
        "claimable": func.count().filter(row.free, at_work),
        "group": _number(queues.of("group"), most=MOST_IN_GROUP),
        "followed": _number(queues.of("followed")),
        "overdue": func.count().filter(row.late, at_work, is_timed),
        "today": func.count().filter(row.soon, not_(row.late), at_work, is_timed),
        "paused": func.count().filter(or_(row.suspended, row.stopped)),
    }
    found = session.execute(select(*(number.label(view) for view, number in numbers.items()))).one()
    return {view: int(found._mapping[view]) for view in numbers}


def _number(condition: Any, *, most: int | None = None) -> ColumnElement[Any]:
    some = select(UserTask.id).where(condition)
    return select(func.count()).select_from((some.limit(most) if most else some).subquery()).scalar_subquery()


def one_task(session: Session, actor: Actor, task_id: str, *, catalogue: Catalogue) -> TaskRow:
    """A row of a list by itself. Raises TaskNotFound."""
    task, _ = visible_task(session, actor, task_id)
    return task_rows(session, actor, [task.id], catalogue)[0]


def place_of(row: TaskRow, filters: TaskFilter) -> str:
    """The cursor behind which the rows follow that come after this one."""
    if filters.view == DONE:
        return write_cursor(row.completed_at, row.id)
    return write_cursor((row.due_at or NO_DEADLINE) if filters.sort == "due" else row.created_at, row.id)


def task_rows(session: Session, actor: Actor, ids: list[str], catalogue: Catalogue) -> tuple[TaskRow, ...]:
    """The rows of these tasks, in this order."""
    if not ids:
        return ()
    query = select(UserTask, Case, Organisation.name).join(Case, Case.id == UserTask.case_id)
    query = query.outerjoin(Organisation, Organisation.id == Case.enterprise_id).where(UserTask.id.in_(ids))
    found = {task.id: (task, case, enterprise) for task, case, enterprise in session.execute(query)}
    tasks = [task for task, _, _ in found.values()]
    processes = {c.deployment_id: catalogue.bundle(session, c.deployment_id).process for _, c, _ in found.values()}
    then = processes_of_tasks(session, catalogue, [(task, case) for task, case, _ in found.values()])
    people = people_by_id(session, [i for t in tasks for i in people_of(t)])
    clocks = clocks_by_task(session, tasks)
    flags = flags_of(session, actor, [(t, c, processes[c.deployment_id]) for t, c, _ in found.values()])
    rows = {
        task.id: task_row(
            task,
            case,
            process=then[task.id],
            enterprise=enterprise,
            clock=clocks.get(task.id),
            people=people,
        )
        for task, case, enterprise in found.values()
    }
    absent = absent_by_task(session, actor, tasks)
    more = {id_: {"flags": flags[id_], "stand_in_for": absent.get(id_, ())} for id_ in rows}
    return tuple(replace(rows[id_], **more[id_]) for id_ in ids if id_ in rows)
