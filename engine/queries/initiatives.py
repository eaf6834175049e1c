"""What the people of a case may start at any time, without having to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Case, Organisation, UserTask
from engine.model.case import CaseStatus
from engine.model.user_task import TaskState
from engine.queries.row_making import task_row
from engine.queries.rows import TaskRow
from engine.queries.seeing import offered_to, visible_case


def initiatives(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> tuple[TaskRow, ...]:
    """The discretionary tasks that are offered to this person. Raises CaseNotFound."""
    return initiatives_of(session, actor, visible_case(session, actor, case_id), catalogue=catalogue)


def initiatives_of(session: Session, actor: Actor, case: Case, *, catalogue: Catalogue) -> tuple[TaskRow, ...]:
    if case.status != CaseStatus.RUNNING:
        return ()
    query = select(UserTask).where(
        UserTask.case_id == case.id, UserTask.state == TaskState.OPEN, UserTask.discretionary, offered_to(actor)
    )
    process = catalogue.bundle(session, case.deployment_id).process
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    name = enterprise.name if enterprise else None
    found = session.scalars(query.order_by(UserTask.created_at, UserTask.id))
    return tuple(task_row(t, case, process=process, enterprise=name, clock=None, people={}) for t in found)
