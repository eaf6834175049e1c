from dataclasses import dataclass

from sqlalchemy import delete

from engine.command import Command
from engine.commands.follow import must_name_one
from engine.model import CaseFollow, TaskFollow
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class Unfollow(Command[None]):
    """Follow a case or a task no longer; also one that may not be seen any more."""

    case_id: str | None = None
    task_id: str | None = None

    def execute(self, work: Work) -> None:
        must_name_one(self.case_id, self.task_id)
        me = work.actor.person_id
        if self.case_id:
            gone = delete(CaseFollow).where(CaseFollow.person_id == me, CaseFollow.case_id == self.case_id)
        else:
            gone = delete(TaskFollow).where(TaskFollow.person_id == me, TaskFollow.task_id == self.task_id)
        work.session.execute(gone)
