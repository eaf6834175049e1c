from dataclasses import dataclass

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import CaseFollow, TaskFollow
from engine.work import Work


class NothingToFollow(Rejected):
    """Either a case or a task is followed, not both and not nothing."""


@dataclass(frozen=True, kw_only=True)
class Follow(Command[None]):
    """Keep an eye on a case, or on one task of it."""

    case_id: str | None = None
    task_id: str | None = None

    def execute(self, work: Work) -> None:
        must_name_one(self.case_id, self.task_id)
        me = work.actor.person_id
        if self.case_id:
            folder = work.lock_case(self.case_id, clocks_first=False)
            if work.session.get(CaseFollow, (me, folder.case.id)) is None:
                work.session.add(CaseFollow(person_id=me, case_id=folder.case.id, since=work.now))
            return
        _, task = work.lock_task(self.task_id or "")
        if work.session.get(TaskFollow, (me, task.id)) is None:
            work.session.add(TaskFollow(person_id=me, task_id=task.id, since=work.now))


def must_name_one(case_id: str | None, task_id: str | None) -> None:
    if bool(case_id) == bool(task_id):
        raise NothingToFollow(problems=[Problem(path="task_id", code="required")])
