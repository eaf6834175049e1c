from dataclasses import dataclass
from datetime import date, datetime, time

from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import Problem, Rejected
from engine.model import UserTask
from engine.permissions import must_be_in_charge
from engine.taking import chances_of
from engine.work import CITY_TIME, Work


class FollowUpInThePast(Rejected):
    """One looks at a task again today or later."""


class DayUnreadable(Rejected):
    """A day is written as 2026-11-23."""


def day_of(text: str) -> date | None:
    """What somebody typed for a day; nothing is no day. Raises DayUnreadable."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as wrong:
        raise DayUnreadable(problems=[Problem(path="on", code="not_a_date")]) from wrong


@dataclass(frozen=True, kw_only=True)
class SetFollowUp(Command[None]):
    """Note the day on which to look at a task again, or that there is none; its deadline stays what it is."""

    task_id: str
    on: date | None

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        task.must_be_open()
        task.must_be_somebodys()
        _must_be_concerned(folder, task)
        if self.on is not None and self.on < work.today:
            raise FollowUpInThePast(problems=[Problem(path="on", code="in_the_past")])
        task.follow_up_at = None if self.on is None else datetime.combine(self.on, time(), CITY_TIME)
        facts = {"on": self.on.isoformat() if self.on else None}
        folder.record("follow_up_set", element_id=task.element_id, task_id=task.id, details=facts)


def _must_be_concerned(folder: CaseWork, task: UserTask) -> None:
    """Who has the task; of a task that nobody has whoever may take it; and those in charge."""
    work = folder.work
    is_his = task.assignee_id == work.actor.person_id
    may_take = task.assignee_id is None and chances_of(work.session, work.actor, task).is_any
    if not is_his and not may_take:
        must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
