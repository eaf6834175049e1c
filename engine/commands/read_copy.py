from dataclasses import dataclass

from engine.command import Command
from engine.errors import NotFound
from engine.model import CaseCopy, UserTask
from engine.work import Work


class CopyNotFound(NotFound):
    """Nothing of this id was sent to you to read."""


@dataclass(frozen=True, kw_only=True)
class ReadCopy(Command[None]):
    """Confirm that you have read what was sent to you."""

    copy_id: str

    def execute(self, work: Work) -> None:
        copy = work.session.get(CaseCopy, self.copy_id)
        if copy is None or copy.person_id != work.actor.person_id:
            raise CopyNotFound(copy_id=self.copy_id)
        folder = work.as_system().lock_case(copy.case_id, clocks_first=False)
        work.session.refresh(copy)
        if copy.read_at is not None:
            return
        copy.read_at = work.now
        task = work.session.get(UserTask, copy.task_id) if copy.task_id else None
        element_id = task.element_id if task else None
        folder.record("copy_read", actor=work.actor.username, element_id=element_id, task_id=copy.task_id)
