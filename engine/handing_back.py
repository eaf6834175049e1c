"""Tasks go back to those to whom they are offered when the person who holds them may no longer do them."""

from collections.abc import Collection

from sqlalchemy import or_, select

from engine.actor import Actor
from engine.case_work import CaseWork
from engine.cosigning.rounds import change_holder, lose_signer
from engine.model import Cosignature, Person, UserTask
from engine.model.cosignature import AWAITED
from engine.model.user_task import FourEyes, TaskState
from engine.taking import is_candidate, must_be_other_eyes
from engine.work import Work


def hand_back(
    work: Work, person: Person, *, audiences: Collection[str], reason: str, successor: Person | None = None
) -> int:
    """What `person` holds and is not offered under these audiences; gives the number of tasks.

    The successor gets what is offered to them and they have not done the other half of; the groups get the rest.
    Cases are locked in one order, so that two who leave at once do not wait for each other for ever.
    """
    mine = or_(UserTask.assignee_id == person.id, UserTask.owner_id == person.id)
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


def _is_to_go(work: Work, task: UserTask, person: Person, audiences: Collection[str]) -> bool:
    if person.id not in (task.assignee_id, task.owner_id):
        return False
    if not audiences:
        return True
    is_work_for_another = task.owner_id not in (None, person.id)  # who delegated is still there
    return not is_work_for_another and not is_candidate(work.session, task, audiences)


def _hand_back(
    folder: CaseWork, task: UserTask, person: Person, *, by: Actor, reason: str, successor: Person | None
) -> None:
    facts = {"was": person.username}
    if task.owner_id not in (None, person.id):  # they only worked on it for somebody who is still there
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
