"""Load a case or a task for this reader; who may not see it gets the same answer as for one that does not exist."""

from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Actor
from engine.model import Case, CaseAudience, TaskOffer, UserTask
from engine.work import CaseNotFound, TaskNotFound


def may_see_case(actor: Actor) -> Any:
    """An SQL condition on `Case`."""
    return exists().where(CaseAudience.case_id == Case.id, CaseAudience.audience.in_(actor.audiences))


def visible_case(session: Session, actor: Actor, case_id: str) -> Case:
    """Raises CaseNotFound."""
    query = select(Case).where(Case.id == case_id)
    case = session.scalars(query if actor is SYSTEM else query.where(may_see_case(actor))).first()
    if case is None:
        raise CaseNotFound(case_id=case_id)
    return case


def visible_task(session: Session, actor: Actor, task_id: str) -> tuple[UserTask, Case]:
    """Raises TaskNotFound."""
    offered = exists().where(TaskOffer.task_id == UserTask.id, TaskOffer.audience.in_(actor.audiences))
    own = or_(UserTask.assignee_id == actor.person_id, UserTask.completed_by_id == actor.person_id)
    query = select(UserTask, Case).join(Case, Case.id == UserTask.case_id).where(UserTask.id == task_id)
    row = session.execute(query.where(or_(offered, own, may_see_case(actor)))).first()
    if row is None:
        raise TaskNotFound(task_id=task_id)
    return row[0], row[1]
