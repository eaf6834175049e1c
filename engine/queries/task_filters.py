"""What narrows a queue further."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from engine.asking import Asked
from engine.model import Case, Person, UserTask
from engine.queries.task_views import DONE
from engine.queries.text_search import cases_named, contains, few, is_named, live_cases_named
from engine.work import CITY_TIME

NOBODY = "-"


@dataclass(frozen=True)
class TaskFilter:
    """`view` is one of VIEWS, `sort` one of SORTS; `text` looks in case number, title, enterprise and task name.

    `enterprise` is an organisation id, `assignee` a username or `NOBODY`, `stead` the username of
    somebody who is away and for whom the reader acts.
    """

    view: str = "mine"
    text: str | None = None
    process: str | None = None
    stage: str | None = None
    town: str | None = None
    enterprise: str | None = None
    element: str | None = None
    assignee: str | None = None
    stead: str | None = None
    due_before: datetime | None = None
    created_before: datetime | None = None
    follow_up_before: datetime | None = None
    case_id: str | None = None
    sort: str = "due"


def filter_of(asked: Asked, *, now: datetime) -> TaskFilter:
    """Days become moments: within three days is until the end of the third day from today."""
    return TaskFilter(
        view=asked.view,
        text=asked.q or None,
        process=asked.process or None,
        stage=asked.stage or None,
        town=asked.town or None,
        enterprise=asked.enterprise or None,
        element=asked.step or None,
        assignee=asked.who or None,
        stead=asked.stead or None,
        due_before=None if asked.due is None else _end_of_day(now, asked.due),
        created_before=None if asked.since is None else now - timedelta(days=asked.since),
        follow_up_before=None if asked.follow is None else _end_of_day(now, asked.follow),
        sort=asked.sort,
    )


def _end_of_day(now: datetime, days: int) -> datetime:
    day = now.astimezone(CITY_TIME).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(), CITY_TIME) - timedelta(microseconds=1)


def narrowed(session: Session, query: Select[Any], filters: TaskFilter) -> Select[Any]:
    return query.where(*_of_task(filters), *_of_case(session, filters), *_of_text(session, filters))


def _of_task(filters: TaskFilter) -> list[Any]:
    equal = (
        (UserTask.stage, filters.stage),
        (UserTask.element_id, filters.element),
        (UserTask.case_id, filters.case_id),
    )
    before = (
        (UserTask.due_at, filters.due_before),
        (UserTask.created_at, filters.created_before),
        (UserTask.follow_up_at, filters.follow_up_before),
    )
    found = [column == value for column, value in equal if value]
    found += [column <= moment for column, moment in before if moment]
    return found + ([_in_hands_of(filters.assignee)] if filters.assignee else [])


def _in_hands_of(assignee: str) -> Any:
    if assignee == NOBODY:
        return UserTask.assignee_id.is_(None)
    return UserTask.assignee_id == select(Person.id).where(Person.username == assignee).scalar_subquery()


def _of_case(session: Session, filters: TaskFilter) -> list[Any]:
    wanted = ((Case.process, filters.process), (Case.town, filters.town), (Case.enterprise_id, filters.enterprise))
    equal = [column == value for column, value in wanted if value]
    if not equal:
        return []
    if filters.view == DONE:
        return [UserTask.case_id.in_(select(Case.id).where(*equal))]
    # What waits belongs to a case that is not closed: one in ten of all.
    alive = select(Case.id).where(*equal, Case.closed_at.is_(None))
    ids = few(session, alive)
    return [UserTask.case_id.in_(alive if ids is None else ids)]


def _of_text(session: Session, filters: TaskFilter) -> list[Any]:
    text = (filters.text or "").strip()
    if not text:
        return []
    of_case = _of_done_case(session, text) if filters.view == DONE else _of_live_case(session, text)
    return [or_(contains(text, UserTask.name), of_case)]


def _of_live_case(session: Session, text: str) -> Any:
    return UserTask.case_id.in_(live_cases_named(session, text))


def _of_done_case(session: Session, text: str) -> Any:
    ids = cases_named(session, text)
    if ids is not None:
        return UserTask.case_id.in_(ids)
    return select(is_named(text)).where(Case.id == UserTask.case_id).scalar_subquery()
