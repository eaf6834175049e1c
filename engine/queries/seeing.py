"""Load a case or a task for this reader; who may not see it gets the same answer as for one that does not exist."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, not_, or_, select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.model import Case, UserTask
from engine.standing_in import stale_tasks
from engine.visibility import is_offered, reached, reaches_part, reaches_whole
from engine.work import CaseNotFound, TaskNotFound


def offered_to(actor: Actor) -> Any:
    """An SQL condition on `UserTask`: to this person, or to somebody for whom they stand in."""
    return reached(actor, lambda keys: is_offered(keys, UserTask.id), UserTask.case_id)


def held_by(actor: Actor) -> Any:
    """An SQL condition on `UserTask`: in their own name, or for somebody who still is away."""
    mine = UserTask.assignee_id == actor.person_id
    return and_(mine, not_(stale_tasks(actor))) if actor.has_stood_in else mine


def may_see_case(actor: Actor) -> Any:
    """An SQL condition on `Case`."""
    return reaches_part(actor, Case.id)


def may_read_case(actor: Actor) -> Any:
    """The same, for those who see all of it and not only their own part."""
    return reaches_whole(actor, Case.id)


def visible_case(session: Session, actor: Actor, case_id: str) -> Case:
    """A case of which this person sees at least a part. Raises CaseNotFound."""
    return _case(session, actor, case_id, may_see_case(actor))


def readable_case(session: Session, actor: Actor, case_id: str) -> Case:
    """A case of which this person sees all. Raises CaseNotFound."""
    return _case(session, actor, case_id, may_read_case(actor))


def is_guest(session: Session, actor: Actor, case: Case) -> bool:
    """Whether this person sees only a part of the case."""
    if actor is SYSTEM:
        return False
    return session.scalar(select(Case.id).where(Case.id == case.id, may_read_case(actor))) is None


def _case(session: Session, actor: Actor, case_id: str, seen: Any) -> Case:
    query = select(Case).where(Case.id == case_id)
    case = session.scalars(query if actor is SYSTEM else query.where(seen)).first()
    if case is None:
        raise CaseNotFound(case_id=case_id)
    return case


def may_see_task(actor: Actor) -> Any:
    """An SQL condition on `UserTask` joined with `Case`: mine, done by me, offered to me, or of a case I see all of."""
    own = or_(held_by(actor), UserTask.completed_by_id == actor.person_id)
    return or_(offered_to(actor), own, may_read_case(actor))


def visible_tasks(session: Session, actor: Actor, ids: Collection[str]) -> list[str]:
    """Those of these tasks that this person may see."""
    query = select(UserTask.id).join(Case, Case.id == UserTask.case_id).where(UserTask.id.in_(ids))
    return list(session.scalars(query.where(may_see_task(actor)))) if ids else []


def visible_task(session: Session, actor: Actor, task_id: str) -> tuple[UserTask, Case]:
    """Raises TaskNotFound."""
    query = select(UserTask, Case).join(Case, Case.id == UserTask.case_id).where(UserTask.id == task_id)
    row = session.execute(query.where(may_see_task(actor))).first()
    if row is None:
        raise TaskNotFound(task_id=task_id)
    return row[0], row[1]
