from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import Person
from engine.model.case import must_give_reason
from engine.permissions import must_be_in_charge
from engine.taking import must_be_candidate, must_be_other_eyes
from engine.work import Work


class AssigneeUnknown(Rejected):
    """There is no such person."""


@dataclass(frozen=True, kw_only=True)
class AssignTask(Command[None]):
    """Give a task to one of its candidates, with a reason."""

    task_id: str
    assignee: str
    reason: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        if task.assignee_id != work.actor.person_id:
            must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        must_give_reason(self.reason)
        person = _person(work, self.assignee)
        must_be_candidate(work, task, person.as_actor().audiences)
        must_be_other_eyes(folder, task, person_id=person.id)
        task.assign(person_id=person.id, at=work.now)
        folder.record(
            "task_assigned",
            element_id=task.element_id,
            task_id=task.id,
            reason=self.reason,
            details={"assignee": person.username},
        )
        work.enqueue("notify_assigned", {"task_id": task.id, "person_id": person.id})


def _person(work: Work, username: str) -> Person:
    query = select(Person).where(Person.username == username, Person.left_at.is_(None))
    person = work.session.scalars(query.options(selectinload(Person.memberships))).first()
    if person is None:
        raise AssigneeUnknown(problems=[Problem(path="assignee", code="unknown_person", params={"person": username})])
    return person
