from dataclasses import dataclass

from engine.command import Command
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class TakeBackTask(Command[None]):
    """End a delegation: the task that somebody fills in for you is yours again, with their draft."""

    task_id: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.take_back(by=work.actor, at=work.now)
        folder.record("task_taken_back", element_id=task.element_id, task_id=task.id)
