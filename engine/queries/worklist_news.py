"""What has happened to a list since somebody's page showed it: cheap enough to be asked every few seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.model import Case, UserTask
from engine.queries.looking_up import people_by_id
from engine.queries.seeing import may_see_task
from engine.queries.task_filters import TaskFilter
from engine.queries.task_views import DONE
from engine.queries.worklist import matching_tasks

MOST_NEW = 100
MOST_ROWS = 200


@dataclass(frozen=True)
class Standing:
    """As a page shows a row: its state and who has it, by username."""

    state: str
    assignee: str | None


@dataclass(frozen=True)
class Change:
    """A row that is not any more what the page shows; "gone" for one that is not for this reader's eyes now."""

    task_id: str
    state: str
    person: str = ""
    person_name: str = ""
    at: datetime | None = None


def new_tasks(session: Session, actor: Actor, filters: TaskFilter, *, since: datetime, now: datetime) -> int:
    """How many tasks came into the queue; no more than `MOST_NEW` are counted."""
    if filters.view == DONE:
        return 0
    fresh = matching_tasks(session, actor, filters, now=now).where(UserTask.created_at > since).limit(MOST_NEW)
    return session.scalar(select(func.count()).select_from(fresh.subquery())) or 0


def changes(session: Session, actor: Actor, shown: Mapping[str, Standing]) -> tuple[Change, ...]:
    """The rows of a page, by task id, that somebody else has changed."""
    wanted = list(shown)[:MOST_ROWS]
    if not wanted:
        return ()
    query = select(UserTask).join(Case, Case.id == UserTask.case_id).where(UserTask.id.in_(wanted))
    found = {task.id: task for task in session.scalars(query.where(may_see_task(actor)))}
    people = people_by_id(session, [id_ for t in found.values() for id_ in (t.assignee_id, t.completed_by_id)])
    now_as = {id_: _change(task, people) for id_, task in found.items()}
    return tuple(
        now_as.get(id_, Change(id_, "gone"))
        for id_ in wanted
        if id_ not in now_as or not _is_as(shown[id_], found[id_], people)
    )


def _is_as(shown: Standing, task: UserTask, people: Mapping[str, tuple[str, str]]) -> bool:
    return (shown.state, shown.assignee or None) == (task.state, people.get(task.assignee_id or "", (None,))[0])


def _change(task: UserTask, people: Mapping[str, tuple[str, str]]) -> Change:
    who = people.get(task.completed_by_id or task.assignee_id or "", ("", ""))
    return Change(task.id, task.state, who[0], who[1], task.completed_at or task.claimed_at)
