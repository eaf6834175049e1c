"""Who has to do what again, who has not, and whose answers do not count any more."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.case_work import CaseWork
from engine.model import Person, UserTask
from engine.parties import candidates_of
from engine.returning.plan import Ended, OpenedAgain, Superseded, Target
from engine.returning.trying import Trial
from engine.spiff.step import Step
from engine.taking import did_what_it_checks


def ended(folder: CaseWork, tried: Trial) -> tuple[Ended, ...]:
    """Open tasks whose place is gone afterwards."""
    gone = [task for task in folder.tasks if task.step_id not in tried.after and not task.discretionary]
    known = people_by_id(folder, (task.assignee_id for task in gone))
    return tuple(
        Ended(
            task_id=task.id,
            name=task.name,
            name_en=english(folder, task),
            person=_name(known, task.assignee_id),
            person_id=task.assignee_id,
            is_signature=task.principal_id is not None,
        )
        for task in gone
    )


def choices(folder: CaseWork, tasks: Iterable[UserTask]) -> tuple[Target, ...]:
    tasks = list(tasks)
    known = people_by_id(folder, (task.completed_by_id for task in tasks))
    return tuple(
        Target(
            task_id=task.id,
            element_id=task.element_id,
            name=task.name,
            name_en=english(folder, task),
            person=_name(known, task.completed_by_id) or "",
            at=task.completed_at or folder.work.now,
        )
        for task in tasks
    )


def superseded(folder: CaseWork, tasks: Iterable[UserTask]) -> tuple[Superseded, ...]:
    tasks = list(tasks)
    known = people_by_id(folder, (task.completed_by_id for task in tasks))
    return tuple(
        Superseded(
            task_id=task.id,
            name=task.name,
            name_en=english(folder, task),
            person=_name(known, task.completed_by_id) or "",
            person_id=task.completed_by_id or "",
            at=task.completed_at or folder.work.now,
        )
        for task in tasks
    )


def signed(folder: CaseWork, principals: Iterable[str]) -> list[UserTask]:
    """What others have signed of these tasks."""
    query = select(UserTask).where(
        UserTask.principal_id.in_(list(principals)),
        UserTask.completed_at.is_not(None),
        UserTask.superseded_at.is_(None),
    )
    return list(folder.work.session.scalars(query.order_by(UserTask.completed_at, UserTask.id)))


def opened(folder: CaseWork, tried: Trial, completed: Iterable[UserTask]) -> tuple[OpenedAgain, ...]:
    """Steps that wait for a person afterwards and did not before, each with the task that was done there."""
    waiting = {task.step_id for task in folder.tasks}
    steps = [step for step in tried.after.values() if step.kind == "user" and step.id not in waiting]
    former = {task.step_id: task for task in (*_former(folder, steps), *completed)}
    again = [former[step.id] for step in steps if step.id in former]
    known = people_by_id(folder, (_doer(task) for task in again))
    return tuple(_opened(folder, task, known) for task in again)


def english(folder: CaseWork, task: UserTask) -> str:
    """The English name of the element; of one instance of many with its label."""
    element = folder.bundle.process.elements.get(task.element_id)
    if element is None or not element.name_en:
        return task.name
    return element.name_en + task.name.removeprefix(element.name) if task.name.startswith(element.name) else task.name


def may_still(folder: CaseWork, task: UserTask, person: Person | None) -> bool:
    """Whether somebody who did a task may do it again."""
    if person is None or person.left_at is not None:
        return False
    keys = candidates_of(folder, task)
    is_candidate = bool(keys & person.as_actor().audiences) or not keys
    return is_candidate and not did_what_it_checks(folder.work.session, task, person_id=person.id)


def _opened(folder: CaseWork, task: UserTask, known: dict[str, Person]) -> OpenedAgain:
    person = known.get(_doer(task) or "")
    again = person if may_still(folder, task, person) else None
    return OpenedAgain(
        step_id=task.step_id,
        element_id=task.element_id,
        task_id=task.id,
        name=task.name,
        name_en=english(folder, task),
        person=again.name if again else None,
        person_id=again.id if again else None,
        groups=tuple(task.candidate_groups),
    )


def _doer(task: UserTask) -> str | None:
    """Whose task it was: what somebody did in the stead of another is the other's."""
    return task.on_behalf_of_id or task.completed_by_id or task.assignee_id


def _former(folder: CaseWork, steps: Iterable[Step]) -> list[UserTask]:
    """Tasks that were at these steps before, the latest last."""
    here = (UserTask.case_id == folder.case.id, UserTask.step_id.in_([s.id for s in steps]))
    query = select(UserTask).where(*here, UserTask.principal_id.is_(None))
    return list(folder.work.session.scalars(query.order_by(UserTask.created_at, UserTask.id)))


def people_by_id(folder: CaseWork, ids: Iterable[str | None]) -> dict[str, Person]:
    wanted = {i for i in ids if i}
    query = select(Person).where(Person.id.in_(wanted)).options(selectinload(Person.memberships))
    return {person.id: person for person in folder.work.session.scalars(query)} if wanted else {}


def _name(known: dict[str, Person], person_id: str | None) -> str | None:
    found = known.get(person_id or "")
    return found.name if found else None
