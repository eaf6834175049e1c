from dataclasses import dataclass

from engine.command import Command
from engine.parties import must_see_all
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class UrgeTask(Command[int]):
    """Remind those who have a task, or could take it, that it waits; gives how often it was urged."""

    task_id: str
    note: str = ""

    def execute(self, work: Work) -> int:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        must_see_all(folder, work.actor)
        task.urge(by=work.actor, at=work.now)
        note = self.note.strip() or None
        folder.record(
            "task_urged",
            element_id=task.element_id,
            task_id=task.id,
            reason=note,
            details={"time": task.urged_count},
        )
        told = {"task_id": task.id, "time": task.urged_count, "by": work.actor.name, "note": note or ""}
        work.enqueue("notify_urged", told, dedupe=f"urged:{task.id}:{task.urged_count}")
        return task.urged_count
