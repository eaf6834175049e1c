from dataclasses import dataclass

from engine.command import Command
from engine.model import Person
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class HandBackTask(Command[str]):
    """Give a task that you filled in for somebody back to them; they look it over and hand it in.

    Gives their username.
    """

    task_id: str
    note: str = ""

    def execute(self, work: Work) -> str:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        owner_id = task.hand_back(by=work.actor, at=work.now)
        owner = work.session.get_one(Person, owner_id).username
        note = self.note.strip() or None
        folder.record(
            "task_handed_back", element_id=task.element_id, task_id=task.id, reason=note, details={"assignee": owner}
        )
        work.enqueue("notify_handed_back", {"task_id": task.id, "person_id": owner_id, "by": work.actor.name})
        return owner
