from dataclasses import dataclass

from engine.case_work import CaseWork
from engine.command import Command
from engine.cosigning.rounds import change_holder
from engine.definitions.process import EVERYBODY_DECLINED
from engine.dispatching.offers import note_declined
from engine.incidents import open_incident
from engine.model import UserTask
from engine.model.case import must_give_reason
from engine.parties import offer
from engine.progress import moving
from engine.spiff.host import ErrorNotCaught
from engine.spiff.step import Failure
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class DeclineTask(Command[None]):
    """Say that one does not want a task that one was offered by name, also after having claimed it.

    The others keep the offer. When nobody is left, the step ends in the error `everybody_declined`: the diagram says
    what happens then, and where it says nothing an incident is opened.
    """

    task_id: str
    reason: str

    def execute(self, work: Work) -> None:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        must_give_reason(self.reason)
        was_taken = task.assignee_id is not None
        task.decline(by=work.actor)
        offer(folder, task, again=True)
        note_declined(folder, person_id=work.actor.person_id, reason=self.reason.strip())
        folder.record("task_declined", element_id=task.element_id, task_id=task.id, reason=self.reason.strip())
        change_holder(folder, task)
        if task.is_offered_to_nobody:
            _end(folder, task)
        elif was_taken and task.assignee_id is None:
            work.enqueue("notify_task", {"task_id": task.id})


def _end(folder: CaseWork, task: UserTask) -> None:
    with moving(folder, by_person=True) as run:
        try:
            run.throw(task.step_id, EVERYBODY_DECLINED)
        except ErrorNotCaught as unforeseen:
            open_incident(folder, Failure(task.step_id, task.element_id, unforeseen))
