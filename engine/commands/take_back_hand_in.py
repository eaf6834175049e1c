from dataclasses import dataclass

from engine.command import Command
from engine.cosigning.rounds import bring_back
from engine.model.cosignature import TaskNotHandedIn
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class TakeBackHandIn(Command[None]):
    """Take a task back from those who are signing it, to change it; they are asked again when you hand it in again."""

    task_id: str
    reason: str = ""

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_held(by=work.actor)
        if task.handed_in_at is None:
            raise TaskNotHandedIn()
        bring_back(folder, task)
        folder.record(
            "hand_in_taken_back", element_id=task.element_id, task_id=task.id, reason=self.reason.strip() or None
        )
