from dataclasses import dataclass

from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import Conflict, NotAllowed, NotFound
from engine.model import UserTask
from engine.model.case import must_give_reason
from engine.parties import must_see_all
from engine.permissions import MAY_RETURN, is_in_charge, offers_return
from engine.returning.carrying_out import carry_out
from engine.returning.plan import ReturnPlan, Target
from engine.returning.planning import Planner
from engine.work import Work


class ReturnRefused(Conflict):
    """The case cannot go back to this step."""


class ReturnNotOffered(NotAllowed):
    """A party of the case cannot send it back from this task."""


class PlanChanged(Conflict):
    """The case has moved since this plan was shown; look at the new one."""


class StepUnknown(NotFound):
    """There is no such step to go back to."""


@dataclass(frozen=True, kw_only=True)
class ReturnTask(Command[str]):
    """Send a case back from a task that you have to a step that was done before, with a reason.

    `to` is the id of a completed task, or of its element: then the latest; empty for the latest of all. `plan` is the
    fingerprint of the plan that was shown. An official in charge need not have the task. Gives the id of the case.
    """

    task_id: str
    to: str = ""
    reason: str
    plan: str | None = None

    def execute(self, work: Work) -> str:
        folder, planner = self._planner(work)
        must_give_reason(self.reason)
        planned = planner.plan(_target(planner, self.to))
        must_be_possible(planned, shown=self.plan)
        carry_out(folder, planned, action="task_returned", reason=self.reason.strip())
        return folder.case.id

    def foresee(self, work: Work) -> tuple[tuple[Target, ...], ReturnPlan | None]:
        """The steps that one can choose, and the plan for `to`; none when there is no such step. Changes nothing."""
        _, planner = self._planner(work)
        choices = planner.choices()
        return choices, planner.plan(_target(planner, self.to)) if choices else None

    def _planner(self, work: Work) -> tuple[CaseWork, Planner]:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        must_see_all(folder, work.actor)
        task.must_be_open()
        task.must_be_somebodys()
        task.must_be_principal()
        if not is_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town):
            task.must_be_held(by=work.actor)
            task.must_not_be_delegated()
            _must_be_offered(folder, task)
        return folder, Planner(folder, task)


def must_be_possible(plan: ReturnPlan, *, shown: str | None) -> None:
    """Raises ReturnRefused with everything that is in the way, and PlanChanged."""
    if plan.obstacles:
        raise ReturnRefused(problems=[found.as_problem() for found in plan.obstacles])
    if shown is not None and shown != plan.fingerprint:
        raise PlanChanged()


def _must_be_offered(folder: CaseWork, task: UserTask) -> None:
    process = folder.bundle.process
    declared = process.elements[task.element_id].properties.get(MAY_RETURN)
    if not offers_return(declared, task.candidate_groups, parties={*process.party_roles, *folder.case.parties}):
        raise ReturnNotOffered()


def _target(planner: Planner, to: str) -> UserTask:
    found = next((task for task in planner.targets() if to in ("", task.id, task.element_id)), None)
    if found is None:
        raise StepUnknown()
    return found
