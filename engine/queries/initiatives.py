"""What the people of a case may start at any time, without having to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Case, UserTask
from engine.model.case import CaseStatus
from engine.model.user_task import TaskState
from engine.queries.case_words import CaseReading
from engine.queries.place import Place
from engine.queries.row_making import task_row
from engine.queries.rows import TaskRow
from engine.queries.seeing import offered_to, visible_case
from engine.queries.standings import may_begin


def initiatives(
    session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, now: datetime
) -> tuple[TaskRow, ...]:
    """The discretionary tasks that are offered to this person now. Raises CaseNotFound."""
    return initiatives_of(Place(session, catalogue, now), actor, visible_case(session, actor, case_id))


def initiatives_of(at: Place, actor: Actor, case: Case) -> tuple[TaskRow, ...]:
    if case.status != CaseStatus.RUNNING:
        return ()
    query = select(UserTask).where(
        UserTask.case_id == case.id, UserTask.state == TaskState.OPEN, UserTask.discretionary, offered_to(actor)
    )
    reading = CaseReading(at, case)
    found = at.session.scalars(query.order_by(UserTask.created_at, UserTask.id))
    offered = [task for task in found if may_begin(reading, actor, task)]
    name = reading.enterprise.name if reading.enterprise else None
    process = reading.bundle.process
    return tuple(task_row(t, case, process=process, enterprise=name, clock=None, people={}) for t in offered)
