from dataclasses import dataclass

from engine.command import Command
from engine.cosigning.rounds import change_holder
from engine.model.case import must_give_reason
from engine.taking import candidate_named
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class DelegateTask(Command[None]):
    """Let another candidate fill in a task of yours, with a reason; it comes back to you, and you hand it in."""

    task_id: str
    assignee: str
    reason: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_held(by=work.actor)
        must_give_reason(self.reason)
        person = candidate_named(folder, task, self.assignee)
        task.delegate(to=person.id, by=work.actor, at=work.now)
        facts = {"assignee": person.username}
        folder.record("task_delegated", element_id=task.element_id, task_id=task.id, reason=self.reason, details=facts)
        work.enqueue("notify_assigned", {"task_id": task.id, "person_id": person.id})
        change_holder(folder, task)
