from dataclasses import dataclass

from engine.command import Command
from engine.cosigning.rounds import change_holder
from engine.taking import whom_for
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ClaimTask(Command[None]):
    """Take a task that is offered to you, or in the stead of somebody who is away, also one that they had taken.

    `on_behalf_of` is the username of that person, or your own; without it you act for yourself where you can.
    """

    task_id: str
    on_behalf_of: str | None = None

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_open()
        if task.assignee_id == work.actor.person_id:
            return
        work.acts_for = whom_for(folder, task, self.on_behalf_of)
        task.claim(by=work.actor, at=work.now, for_=work.acts_for)
        facts = {"taken_over": True} if task.taken_over else {}
        folder.record("task_claimed", element_id=task.element_id, task_id=task.id, details=facts)
        change_holder(folder, task)
