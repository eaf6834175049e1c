"""Codes to confirm with on the spot: what may be shown to whom, and what became of a code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Case, Person, SpotCode, UserTask
from engine.model.user_task import TaskState
from engine.queries.case_words import CaseReading
from engine.queries.place import Place
from engine.queries.seeing import visible_task
from engine.spot_codes import WrongSpotCode, code_row, must_be_the_other_side, showers
from engine.work import TaskNotFound


@dataclass(frozen=True, kw_only=True)
class SpotTask:
    """A task of others for which the reader may show a code."""

    id: str
    name: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class SpotFile:
    """What a code stands for, and who shows it."""

    task_id: str
    case_id: str
    shown_by: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class SpotState:
    """What became of the newest code that the reader showed for a task."""

    expires_at: datetime
    is_over: bool
    used_by: str | None
    used_at: datetime | None


def task_of_code(session: Session, actor: Actor, code: str) -> str:
    """Whatever became of the code. Raises WrongSpotCode, also for who may not see the task."""
    task_id = code_row(session, code).task_id
    try:
        visible_task(session, actor, task_id)
    except TaskNotFound:
        raise WrongSpotCode() from None
    return task_id


def spot_file(session: Session, actor: Actor, code: str, *, now: datetime) -> SpotFile:
    """Raises WrongSpotCode, SpotCodeUsed, SpotCodeReplaced, SpotCodeExpired, NotForYourself."""
    task = session.get_one(UserTask, task_of_code(session, actor, code))
    row = code_row(session, code)
    row.must_be_good(at=now)
    must_be_the_other_side(row, session.get_one(Case, task.case_id), actor)
    shown_by = session.get_one(Person, row.shown_by_id)
    return SpotFile(task_id=task.id, case_id=task.case_id, shown_by=shown_by.name, expires_at=row.expires_at)


def spot_state(session: Session, actor: Actor, task_id: str, *, now: datetime) -> SpotState | None:
    """None when the reader has shown no code for it. Raises TaskNotFound."""
    visible_task(session, actor, task_id)
    query = select(SpotCode, Person.name).outerjoin(Person, Person.id == SpotCode.used_by_id)
    mine = (SpotCode.task_id == task_id, SpotCode.shown_by_id == actor.person_id)
    found = session.execute(query.where(*mine).order_by(SpotCode.issued_at.desc(), SpotCode.id).limit(1)).first()
    if found is None:
        return None
    row, name = found
    is_over = row.replaced_at is not None or now >= row.expires_at
    return SpotState(expires_at=row.expires_at, is_over=is_over, used_by=name, used_at=row.used_at)


def tasks_for_the_spot(
    session: Session, actor: Actor, case_ids: Iterable[str], *, catalogue: Catalogue, now: datetime
) -> Mapping[str, tuple[SpotTask, ...]]:
    """By case: open tasks of others for which the reader may show a code. They see all of these cases."""
    open_ones = (UserTask.state.in_((TaskState.OPEN, TaskState.CLAIMED)), UserTask.principal_id.is_(None))
    query = select(UserTask, Case).join(Case, Case.id == UserTask.case_id).where(UserTask.case_id.in_(list(case_ids)))
    found: dict[str, tuple[SpotTask, ...]] = {}
    place = Place(session, catalogue, now)
    for task, case in session.execute(query.where(*open_ones).order_by(UserTask.created_at, UserTask.id)).all():
        element = CaseReading(place, case).bundle.process.elements.get(task.element_id)
        if element is None or not element.on_the_spot:
            continue
        if actor.username in showers(element, CaseReading(place, case).words(task)):
            line = SpotTask(id=task.id, name=task.name, name_en=element.name_en or task.name)
            found[case.id] = (*found.get(case.id, ()), line)
    return found
