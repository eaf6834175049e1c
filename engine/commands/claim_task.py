from dataclasses import dataclass

from engine.command import Command
from engine.cosigning.rounds import change_holder
from engine.taking import must_be_candidate, must_be_other_eyes
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ClaimTask(Command[None]):
    """Take a task that is offered to you."""

    task_id: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_open()
        if task.assignee_id == work.actor.person_id:
            return
        must_be_candidate(work, task, work.actor.audiences)
        must_be_other_eyes(folder, task, person_id=work.actor.person_id)
        task.claim(by=work.actor, at=work.now)
        folder.record("task_claimed", element_id=task.element_id, task_id=task.id)
        change_holder(folder, task)
