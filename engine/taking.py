"""Who may take a task."""

from collections.abc import Collection

from sqlalchemy import exists, select

from engine.case_work import CaseWork
from engine.model import Answer, TaskOffer, UserTask
from engine.model.user_task import FourEyes, NotACandidate
from engine.work import Work


def must_be_candidate(work: Work, task: UserTask, audiences: Collection[str]) -> None:
    offered = select(exists().where(TaskOffer.task_id == task.id, TaskOffer.audience.in_(audiences)))
    if not work.session.scalar(offered):
        raise NotACandidate(candidate_groups=task.candidate_groups)


def must_be_other_eyes(folder: CaseWork, task: UserTask, *, person_id: str) -> None:
    """Raises FourEyes when this person did the latest round of the step that the task checks."""
    if task.four_eyes is None:
        return
    query = select(Answer.submitted_by).where(Answer.case_id == folder.case.id, Answer.element_id == task.four_eyes)
    latest = folder.work.session.scalars(query.order_by(Answer.submitted_at.desc(), Answer.id).limit(1)).first()
    if latest == person_id:
        raise FourEyes(element_id=task.four_eyes)
