"""Who may take a task, and to whom it may be given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, selectinload

from engine.actor import Absent, Actor
from engine.automation import evaluate
from engine.case_work import CaseWork
from engine.context import actor_words
from engine.definitions.process import Element
from engine.errors import EngineError, Problem, Rejected
from engine.model import Answer, Cosignature, Person, UserTask
from engine.model.cosignature import CosignState
from engine.model.task_refusals import FourEyes, NotACandidate, NotOfferedNow, TaskAlreadyClaimed
from engine.visibility import is_offered, within
from engine.work import Work

MOST_HANDS = 100


class AssigneeUnknown(Rejected):
    """There is no such person."""


class NotStandingIn(Rejected):
    """The actor does not stand in for this person, or not in this task."""


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
    return bool(session.scalar(select(is_offered(audiences, task.id))))


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


def must_be_other_eyes(folder: CaseWork, task: UserTask, *, person_id: str, absent: Absent | None = None) -> None:
    """Raises FourEyes when this person, or who they stand in for, took part in the round that the task checks."""
    both = {person_id} | ({absent.person_id} if absent else set())
    if both & who_did_what_it_checks(folder.work.session, task):
        raise FourEyes(element_id=task.four_eyes)


def did_what_it_checks(session: Session, task: UserTask, *, person_id: str) -> bool:
    return person_id in who_did_what_it_checks(session, task)


def who_did_what_it_checks(session: Session, task: UserTask) -> frozenset[str]:
    """Who handed in the latest round of the checked step, for whom, and who signed it beside them.

    Of several at one moment all of them.
    """
    if task.four_eyes is None:
        return frozenset()
    signs = and_(Cosignature.principal_id == Answer.task_id, Cosignature.state == CosignState.SIGNED)
    hands = (Answer.submitted_by, Answer.on_behalf_of_id, Cosignature.person_id)
    rounds = select(Answer.submitted_at, *hands).outerjoin(Cosignature, signs)
    rounds = rounds.where(
        Answer.case_id == task.case_id, Answer.element_id == task.four_eyes, Answer.superseded_at.is_(None)
    )
    latest = session.execute(rounds.order_by(Answer.submitted_at.desc()).limit(MOST_HANDS)).all()
    of_one_moment = [people for at, *people in latest if at == latest[0].submitted_at]
    return frozenset(person for people in of_one_moment for person in people if person)


@dataclass(frozen=True)
class Chances:
    """In whose name somebody may take a task: their own, or that of people for whom they stand in.

    `is_own` and `absent` are all who could be meant; `barred` are those who did what the task checks.
    `is_offered`: to one of them, though somebody else may have taken it.
    """

    actor: Actor
    is_own: bool
    absent: tuple[Absent, ...]
    barred: frozenset[str] = frozenset()
    is_offered: bool = False

    @property
    def is_any(self) -> bool:
        return self.is_own or bool(self.absent)

    @property
    def is_barred(self) -> bool:
        """Four eyes leave no way."""
        return self.is_any and not (self.is_own and self._is_free(None)) and not self.free

    @property
    def is_own_free(self) -> bool:
        return self.is_own and self._is_free(None)

    @property
    def free(self) -> tuple[Absent, ...]:
        return tuple(one for one in self.absent if self._is_free(one))

    def _is_free(self, absent: Absent | None) -> bool:
        return not self.barred & {self.actor.person_id, absent.person_id if absent else self.actor.person_id}


def chances_of(session: Session, actor: Actor, task: UserTask) -> Chances:
    return chances_among(session, actor, [task])[task.id]


def chances_among(session: Session, actor: Actor, tasks: Sequence[UserTask]) -> dict[str, Chances]:
    """For many tasks in one statement, and one for each that checks another step."""
    ids, case = [task.id for task in tasks], UserTask.case_id
    ways = [is_offered(one.audiences, UserTask.id) & within(actor, one, case) for one in actor.absent]
    query = select(UserTask.id, is_offered(actor.audiences, UserTask.id), *ways).where(UserTask.id.in_(ids))
    reached = {id_: (bool(own), theirs) for id_, own, *theirs in session.execute(query)}
    return {task.id: _chances(session, actor, task, *reached.get(task.id, (False, []))) for task in tasks}


def _chances(session: Session, actor: Actor, task: UserTask, is_own: bool, theirs: Sequence[bool]) -> Chances:
    """What somebody absent has taken can only be taken over in their name."""
    absent = [one for one, is_way in zip(actor.absent, theirs, strict=False) if is_way]
    is_offered = is_own or bool(absent)
    if task.assignee_id is not None:
        is_theirs = task.on_behalf_of_id is None
        is_own, absent = False, [one for one in absent if is_theirs and one.person_id == task.assignee_id]
    return Chances(actor, is_own, tuple(absent), who_did_what_it_checks(session, task), is_offered)


def whom_for(folder: CaseWork, task: UserTask, named: str | None = None) -> Absent | None:
    """In whose name the actor takes a task: as they say, else in their own, else for the first who is away.

    Raises TaskAlreadyClaimed, NotACandidate, FourEyes, NotStandingIn.
    """
    actor = folder.work.actor
    chances = chances_of(folder.work.session, actor, task)
    if named is not None and named != actor.username:
        return _named(chances, named, task)
    if chances.is_offered and task.assignee_id is not None and not chances.is_any:
        raise TaskAlreadyClaimed()
    if not chances.is_any or (named is not None and not chances.is_own):
        raise NotACandidate(candidate_groups=task.candidate_groups)
    if chances.is_barred or (named is not None and not chances.is_own_free):
        raise FourEyes(element_id=task.four_eyes)
    return None if chances.is_own_free else chances.free[0]


def _named(chances: Chances, named: str, task: UserTask) -> Absent:
    found = next((one for one in chances.absent if one.username == named), None)
    if found is None:
        raise NotStandingIn(problems=[Problem("on_behalf_of", "not_standing_in", {"person": named})])
    if found not in chances.free:
        raise FourEyes(element_id=task.four_eyes)
    return found
