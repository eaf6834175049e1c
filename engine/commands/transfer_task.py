from dataclasses import dataclass

from engine.command import Command
from engine.cosigning.rounds import change_holder
from engine.model.case import must_give_reason
from engine.taking import candidate_named
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class TransferTask(Command[None]):
    """Pass a task of yours on to another of its candidates for good, with a reason; your draft goes with it."""

    task_id: str
    assignee: str
    reason: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_held(by=work.actor)
        must_give_reason(self.reason)
        person = candidate_named(folder, task, self.assignee)
        task.pass_on(to=person.id, by=work.actor, at=work.now)
        facts = {"assignee": person.username}
        folder.record(
            "task_transferred", element_id=task.element_id, task_id=task.id, reason=self.reason, details=facts
        )
        work.enqueue("notify_assigned", {"task_id": task.id, "person_id": person.id})
        change_holder(folder, task)
