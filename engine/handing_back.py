"""Tasks go back to those to whom they are offered when the person who holds them may no longer do them."""

from collections.abc import Collection

from sqlalchemy import or_, select

from engine.actor import Actor
from engine.case_work import CaseWork
from engine.cosigning.rounds import change_holder, lose_signer
from engine.model import Cosignature, Person, StandIn, UserTask
from engine.model.cosignature import AWAITED
from engine.model.task_refusals import FourEyes
from engine.model.user_task import TaskState
from engine.standing_in import in_force
from engine.taking import is_candidate, must_be_other_eyes
from engine.work import Work


def hand_back(
    work: Work, person: Person, *, audiences: Collection[str], reason: str, successor: Person | None = None
) -> int:
    """What `person` holds and is not offered under these audiences; gives the number of tasks.

    The successor gets what is offered to them and they have not done the other half of; the groups get the rest.
    Cases are locked in one order, so that two who leave at once do not wait for each other for ever.
    """
    mine = or_(UserTask.assignee_id == person.id, UserTask.owner_id == person.id, UserTask.on_behalf_of_id == person.id)
    held = (mine, UserTask.state == TaskState.CLAIMED)
    signs = (Cosignature.person_id == person.id, Cosignature.state.in_(AWAITED))
    cases, signed = select(UserTask.case_id).where(*held), select(Cosignature.case_id).where(*signs)
    is_leaving, count = not audiences, 0  # who was asked to sign was asked by name, whatever they are offered
    for case_id in sorted(work.session.scalars(cases.union(signed) if is_leaving else cases.distinct())):
        folder = work.as_system().lock_case(case_id, clocks_first=False)
        count += lose_signer(folder, person) if is_leaving else 0
        for task in list(folder.tasks):
            if task.principal_id is None and _is_to_go(work, task, person, audiences):
                _hand_back(folder, task, person, by=work.actor, reason=reason, successor=successor)
                count += 1
    return count


def put_back_what_is_over(work: Work, *, reason: str, limit: int) -> int:
    """Tasks that somebody holds for a person whose time of absence is over; gives their number."""
    still = select(StandIn.id).where(
        StandIn.person_id == UserTask.on_behalf_of_id,
        StandIn.stand_in_id == UserTask.assignee_id,
        in_force(work.today),
    )
    held = (UserTask.on_behalf_of_id.is_not(None), UserTask.state == TaskState.CLAIMED, ~still.exists())
    found = work.session.execute(select(UserTask.case_id, UserTask.id).where(*held).limit(limit)).all()
    for case_id, task_id in sorted(tuple(row) for row in found):
        folder = work.as_system().lock_case(case_id, clocks_first=False)
        task = folder.task(task_id)
        if task is not None and task.state == TaskState.CLAIMED and task.on_behalf_of_id is not None:
            _put_back(folder, task, by=work.actor, reason=reason)
    return len(found)


def _put_back(folder: CaseWork, task: UserTask, *, by: Actor, reason: str) -> None:
    """Whoever is asked for it now is told."""
    people = {p.id: p.username for p in (folder.work.session.get_one(Person, i) for i in _both(task))}
    facts = {"was": people[task.assignee_id or ""], "on_behalf_of": people[task.on_behalf_of_id or ""]}
    task.put_back(at=folder.work.now)
    change_holder(folder, task)
    facts |= {"assignee": people[task.assignee_id]} if task.assignee_id else {}
    folder.record(
        "task_put_back", actor=by.username, element_id=task.element_id, task_id=task.id, reason=reason, details=facts
    )
    if task.assignee_id:
        folder.work.enqueue("notify_assigned", {"task_id": task.id, "person_id": task.assignee_id})
    else:
        folder.work.enqueue("notify_task", {"task_id": task.id})


def _both(task: UserTask) -> tuple[str, ...]:
    return tuple(i for i in (task.assignee_id, task.on_behalf_of_id) if i)


def _is_to_go(work: Work, task: UserTask, person: Person, audiences: Collection[str]) -> bool:
    if person.id not in (task.assignee_id, task.owner_id, task.on_behalf_of_id):
        return False
    if not audiences:
        return True
    if task.on_behalf_of_id not in (None, person.id):  # who is away still may do it; the time of absence ends by itself
        return False
    is_work_for_another = task.owner_id not in (None, person.id)  # who delegated is still there
    return not is_work_for_another and not is_candidate(work.session, task, audiences)


def _hand_back(
    folder: CaseWork, task: UserTask, person: Person, *, by: Actor, reason: str, successor: Person | None
) -> None:
    facts = {"was": person.username}
    if task.on_behalf_of_id not in (None, person.id):  # they only stood in for somebody
        task.put_back(at=folder.work.now)
        action = "task_released"
    elif task.owner_id not in (None, person.id):  # they only worked on it for somebody who is still there
        task.assign(person_id=task.owner_id, at=folder.work.now)
        action = "task_handed_back"
    elif successor is not None and _may_follow(folder, task, successor):
        task.assign(person_id=successor.id, at=folder.work.now)
        action, facts = "task_assigned", {**facts, "assignee": successor.username}
        folder.work.enqueue("notify_assigned", {"task_id": task.id, "person_id": successor.id})
    else:
        task.let_go()
        action = "task_released"
        folder.work.enqueue("notify_task", {"task_id": task.id})
    folder.record(action, actor=by.username, element_id=task.element_id, task_id=task.id, reason=reason, details=facts)
    change_holder(folder, task)


def _may_follow(folder: CaseWork, task: UserTask, successor: Person) -> bool:
    if not is_candidate(folder.work.session, task, successor.as_actor().audiences):
        return False
    try:
        must_be_other_eyes(folder, task, person_id=successor.id)
    except FourEyes:
        return False
    return True
