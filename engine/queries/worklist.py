"""Tasks I have, could take, look after, or did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.errors import Problem, Rejected
from engine.model import Case, Organisation, UserTask
from engine.model.case import CaseStatus
from engine.model.user_task import TaskState
from engine.queries.looking_up import clocks_by_task, people_by_id
from engine.queries.paging import Page, clamp, read_cursor, write_cursor
from engine.queries.row_making import task_row
from engine.queries.rows import TaskRow
from engine.queries.seeing import may_read_case, offered_to

VIEWS = ("mine", "claimable", "group", "overdue", "done")
_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


class ViewUnknown(Rejected):
    """The views are mine, claimable, group, overdue and done."""


@dataclass(frozen=True)
class TaskFilter:
    """`view` is one of VIEWS; `text` looks in case number, title, enterprise and task name."""

    view: str = "mine"
    text: str | None = None
    process: str | None = None
    stage: str | None = None
    town: str | None = None
    due_before: datetime | None = None
    case_id: str | None = None


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
    """Sorted by due date; done ones by completion, newest first."""
    view = filters.view
    if view not in VIEWS:
        raise ViewUnknown(problems=[Problem(path="view", code="not_an_option")])
    matching = _filtered(_joined(select(UserTask, Case, Organisation.name)), filters).where(_seen_in(view, actor, now))
    total = session.scalar(select(func.count()).select_from(matching.with_only_columns(UserTask.id).subquery())) or 0
    rows = session.execute(_from(matching, view, cursor).limit(clamp(limit) + 1)).all()
    shown = rows[: clamp(limit)]
    more = _cursor_of(shown[-1][0], view) if len(rows) > len(shown) else None
    return Page(tuple(_rows(session, shown, catalogue)), more, total)


def worklist_counts(session: Session, actor: Actor, *, now: datetime) -> dict[str, int]:
    """Live numbers for the rail, in one statement."""
    columns = [func.count().filter(_seen_in(view, actor, now)).label(view) for view in VIEWS if view != "done"]
    open_tasks = select(*columns).select_from(UserTask).join(Case, Case.id == UserTask.case_id)
    row = session.execute(open_tasks.where(UserTask.state.in_(_OPEN))).one()
    return {view: int(row._mapping[view]) for view in VIEWS if view != "done"}


def _joined(query: Select[Any]) -> Select[Any]:
    return query.join(Case, Case.id == UserTask.case_id).outerjoin(Organisation, Organisation.id == Case.enterprise_id)


def _seen_in(view: str, actor: Actor, now: datetime) -> Any:
    mine = UserTask.assignee_id == actor.person_id
    offered = offered_to(actor)
    is_open, running = (
        and_(UserTask.state.in_(_OPEN), UserTask.discretionary.is_(False)),
        Case.status == CaseStatus.RUNNING,
    )
    if view == "mine":
        return and_(mine, UserTask.state == TaskState.CLAIMED, running)
    if view == "claimable":
        return and_(offered, UserTask.state == TaskState.OPEN, is_open, running)
    if view == "group":
        return and_(or_(offered, may_read_case(actor)), is_open, running)
    if view == "overdue":
        return and_(or_(mine, offered), is_open, running, UserTask.due_at <= now)
    return and_(UserTask.completed_by_id == actor.person_id, UserTask.state == TaskState.COMPLETED)


def _filtered(query: Select[Any], filters: TaskFilter) -> Select[Any]:
    if filters.text:
        like = f"%{_escaped(filters.text.strip())}%"
        places = (Case.number, Case.title, UserTask.name, Organisation.name)
        query = query.where(or_(*(place.ilike(like, escape="\\") for place in places)))
    equal = ((Case.process, filters.process), (UserTask.stage, filters.stage), (Case.town, filters.town))
    query = query.where(*(column == value for column, value in equal if value))
    query = query.where(Case.id == filters.case_id) if filters.case_id else query
    return query.where(UserTask.due_at <= filters.due_before) if filters.due_before else query


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _from(query: Select[Any], view: str, cursor: str | None) -> Select[Any]:
    if view == "done":
        key = tuple_(UserTask.completed_at, UserTask.id)
        query = query.order_by(UserTask.completed_at.desc(), UserTask.id.desc())
        return query.where(key < read_cursor(cursor, datetime, str)) if cursor else query
    query = query.order_by(UserTask.due_at, UserTask.id)
    return query.where(tuple_(UserTask.due_at, UserTask.id) > read_cursor(cursor, datetime, str)) if cursor else query


def _cursor_of(task: UserTask, view: str) -> str:
    return write_cursor(task.completed_at if view == "done" else task.due_at, task.id)


def _rows(session: Session, found: Any, catalogue: Catalogue) -> list[TaskRow]:
    people = people_by_id(session, [i for t, _, _ in found for i in (t.assignee_id, t.owner_id)])
    clocks = clocks_by_task(session, [t for t, _, _ in found])
    return [
        task_row(
            task,
            of,
            process=catalogue.bundle(session, of.deployment_id).process,
            enterprise=enterprise,
            clock=clocks.get(task.id),
            people=people,
        )
        for task, of, enterprise in found
    ]
