"""Who may take a task."""

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.case_work import CaseWork
from engine.model import Answer, TaskOffer, UserTask
from engine.model.user_task import FourEyes, NotACandidate
from engine.work import Work


def must_be_candidate(work: Work, task: UserTask, audiences: Collection[str]) -> None:
    if not is_candidate(work.session, task, audiences):
        raise NotACandidate(candidate_groups=task.candidate_groups)


def is_candidate(session: Session, task: UserTask, audiences: Collection[str]) -> bool:
    offered = exists().where(TaskOffer.task_id == task.id, TaskOffer.audience.in_(audiences))
    return bool(session.scalar(select(offered)))


def must_be_other_eyes(folder: CaseWork, task: UserTask, *, person_id: str) -> None:
    """Raises FourEyes when this person did the latest round of the step that the task checks."""
    if did_what_it_checks(folder.work.session, task, person_id=person_id):
        raise FourEyes(element_id=task.four_eyes)


def did_what_it_checks(session: Session, task: UserTask, *, person_id: str) -> bool:
    """Of answers handed in at the same moment each counts as the latest."""
    if task.four_eyes is None:
        return False
    rounds = select(Answer.submitted_by, Answer.submitted_at).where(
        Answer.case_id == task.case_id, Answer.element_id == task.four_eyes
    )
    latest = session.execute(rounds.order_by(Answer.submitted_at.desc()).limit(10)).all()
    return any(by == person_id and at == latest[0].submitted_at for by, at in latest)
