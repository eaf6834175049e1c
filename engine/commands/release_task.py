from dataclasses import dataclass

from engine.command import Command
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ReleaseTask(Command[None]):
    """Put a task back so that others may take it; your draft stays with it."""

    task_id: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.release(by=work.actor, at=work.now)
        folder.record("task_released", element_id=task.element_id, task_id=task.id)
