"""Who may take a task, and to whom it may be given."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session, selectinload

from engine.automation import evaluate
from engine.case_work import CaseWork
from engine.context import actor_words
from engine.definitions.process import Element
from engine.errors import EngineError, Problem, Rejected
from engine.model import Answer, Cosignature, Person, TaskOffer, UserTask
from engine.model.cosignature import CosignState
from engine.model.user_task import FourEyes, NotACandidate, NotOfferedNow
from engine.work import Work

MOST_HANDS = 100


class AssigneeUnknown(Rejected):
    """There is no such person."""


def candidate_named(folder: CaseWork, task: UserTask, username: str) -> Person:
    """Somebody to whom the task may be given. Raises AssigneeUnknown, NotACandidate, FourEyes."""
    query = select(Person).where(Person.username == username, Person.left_at.is_(None))
    person = folder.work.session.scalars(query.options(selectinload(Person.memberships))).first()
    if person is None:
        raise AssigneeUnknown(problems=[Problem(path="assignee", code="unknown_person", params={"person": username})])
    must_be_candidate(folder.work, task, person.as_actor().audiences)
    must_be_other_eyes(folder, task, person_id=person.id)
    return person


def must_be_candidate(work: Work, task: UserTask, audiences: Collection[str]) -> None:
    if not is_candidate(work.session, task, audiences):
        raise NotACandidate(candidate_groups=task.candidate_groups)


def is_candidate(session: Session, task: UserTask, audiences: Collection[str]) -> bool:
    offered = exists().where(TaskOffer.task_id == task.id, TaskOffer.audience.in_(audiences))
    return bool(session.scalar(select(offered)))


def must_be_offered_now(folder: CaseWork, task: UserTask) -> None:
    """Raises NotOfferedNow for what people may start, when its condition does not hold."""
    element = folder.bundle.process.elements.get(task.element_id)
    if not is_offered_now(element, folder.words_with(actor_words(folder.work.actor))):
        raise NotOfferedNow(element_id=task.element_id)


def is_offered_now(element: Element | None, words: Mapping[str, Any]) -> bool:
    """A condition that cannot be worked out keeps nobody from what is theirs; the form still says no."""
    if element is None or element.offered_when is None:
        return True
    try:
        return evaluate(element.offered_when, words) is True
    except EngineError:
        return True


def must_be_other_eyes(folder: CaseWork, task: UserTask, *, person_id: str) -> None:
    """Raises FourEyes when this person did the latest round of the step that the task checks."""
    if did_what_it_checks(folder.work.session, task, person_id=person_id):
        raise FourEyes(element_id=task.four_eyes)


def did_what_it_checks(session: Session, task: UserTask, *, person_id: str) -> bool:
    """Handed it in, or signed it beside who did. Of answers handed in at the same moment each counts as the latest."""
    if task.four_eyes is None:
        return False
    signs = and_(Cosignature.principal_id == Answer.task_id, Cosignature.state == CosignState.SIGNED)
    rounds = select(Answer.submitted_by, Answer.submitted_at, Cosignature.person_id).outerjoin(Cosignature, signs)
    rounds = rounds.where(
        Answer.case_id == task.case_id, Answer.element_id == task.four_eyes, Answer.superseded_at.is_(None)
    )
    latest = session.execute(rounds.order_by(Answer.submitted_at.desc()).limit(MOST_HANDS)).all()
    return any(person_id in (by, signer) and at == latest[0].submitted_at for by, at, signer in latest)
