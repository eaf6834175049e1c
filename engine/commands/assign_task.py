from dataclasses import dataclass

from engine.command import Command
from engine.cosigning.rounds import change_holder
from engine.model.case import must_give_reason
from engine.permissions import is_in_charge, must_be_in_charge
from engine.taking import candidate_named
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class AssignTask(Command[None]):
    """Give a task to one of its candidates, with a reason."""

    task_id: str
    assignee: str
    reason: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        charge = {"groups": folder.bundle.process.oversight_groups, "town": folder.case.town}
        if task.assignee_id != work.actor.person_id:
            must_be_in_charge(work.actor, **charge)
        if not is_in_charge(work.actor, **charge):
            task.must_not_be_delegated()
        must_give_reason(self.reason)
        person = candidate_named(folder, task, self.assignee)
        task.assign(person_id=person.id, at=work.now)
        facts = {"assignee": person.username}
        folder.record("task_assigned", element_id=task.element_id, task_id=task.id, reason=self.reason, details=facts)
        work.enqueue("notify_assigned", {"task_id": task.id, "person_id": person.id})
        change_holder(folder, task)
