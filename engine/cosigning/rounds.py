"""What becomes of a task that others sign: handed in to them, brought back, given away, left by a signer."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.case_work import CaseWork
from engine.cosigning import requests
from engine.model import Cosignature, Person, UserTask
from engine.model.cosignature import AWAITED, CosignMode, CosignState


def hand_in(folder: CaseWork, task: UserTask, answers: Mapping[str, Any]) -> None:
    """The answers are final for now; those who sign afterwards are asked."""
    task.hand_in(answers=dict(answers), at=folder.work.now)
    folder.record("task_handed_in", element_id=task.element_id, task_id=task.id)
    planned = [row for row in requests.awaited(folder, [task]) if row.state == CosignState.PLANNED]
    people = people_of(folder, planned)
    for row in planned:
        requests.ask(folder, task, row, people[row.person_id])


def bring_back(folder: CaseWork, task: UserTask, *, without: str | None = None) -> None:
    """Back to who has it, to be changed: what was signed of it does not count any more, and all are asked again.

    `without` is the id of somebody who is not asked again.
    """
    again = _of_this_round(folder, task)
    task.handed_in_at = None
    open_ones = [row for row in again if row.is_awaited]
    requests.end(folder, open_ones, state=CosignState.CLOSED, by=None, reason=requests.BROUGHT_BACK)
    for row in again:
        signed = folder.task(row.task_id) if row.state == CosignState.SIGNED and row.task_id else None
        if signed is not None:
            signed.superseded_at = folder.work.now
        if row.person_id != without:
            _plan_again(folder, task, row)


def change_holder(folder: CaseWork, task: UserTask) -> None:
    """Somebody else has the task: it is theirs to hand in, and nobody signs what is their own."""
    if task.handed_in_at is not None:
        bring_back(folder, task)
        folder.record("task_brought_back", element_id=task.element_id, task_id=task.id, actor="system")
    own = {task.assignee_id, task.owner_id, task.on_behalf_of_id} - {None}
    moot = [row for row in requests.awaited(folder, [task]) if row.person_id in own]
    requests.end(folder, moot, state=CosignState.CLOSED, by=None, reason=requests.SIGNER_HAS_IT)


def lose_signer(folder: CaseWork, person: Person) -> int:
    """Somebody who was asked has left: back to who has the task, who may ask others. Gives the number of tasks."""
    principals = [task for task in folder.tasks if task.principal_id is None]
    rows = [row for row in requests.awaited(folder, principals) if row.person_id == person.id]
    for row in rows:
        task = folder.task(row.principal_id)
        if task is not None and task.handed_in_at is not None:
            bring_back(folder, task, without=person.id)
            folder.record("task_brought_back", element_id=task.element_id, task_id=task.id, actor="system")
        elif row.is_awaited:
            requests.end(folder, [row], state=CosignState.CLOSED, by=None, reason=requests.SIGNER_LEFT)
        if task is not None:
            requests.tell_holder(folder, task, kind="cosigner_left", by=person.name)
    return sum(row.task_id is not None for row in rows)


def people_of(folder: CaseWork, rows: Iterable[Cosignature]) -> dict[str, Person]:
    """With memberships, by id."""
    query = select(Person).where(Person.id.in_({row.person_id for row in rows}))
    return {
        person.id: person for person in folder.work.session.scalars(query.options(selectinload(Person.memberships)))
    }


def _of_this_round(folder: CaseWork, task: UserTask) -> list[Cosignature]:
    """Those who sign what lies with them now, and have or have not yet."""
    query = select(Cosignature).outerjoin(UserTask, UserTask.id == Cosignature.task_id)
    query = query.where(
        Cosignature.principal_id == task.id,
        Cosignature.mode == CosignMode.AFTER,
        Cosignature.state.in_((*AWAITED, CosignState.SIGNED)),
        UserTask.superseded_at.is_(None),
    )
    return list(folder.work.session.scalars(query.order_by(Cosignature.asked_at, Cosignature.id)))


def _plan_again(folder: CaseWork, task: UserTask, row: Cosignature) -> None:
    requests.plan_request(
        folder, task, person_id=row.person_id, mode=row.mode, question=row.question,
        circle=row.circle, asked_by=row.asked_by_id,
    )  # fmt: skip
