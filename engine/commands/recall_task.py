from collections.abc import Iterator
from dataclasses import dataclass

from engine.case_work import CaseWork
from engine.command import Command
from engine.commands.return_task import must_be_possible
from engine.model import UserTask
from engine.model.task_refusals import NotTheAssignee, StandInOver, TaskNotOpen
from engine.model.user_task import TaskState
from engine.returning.carrying_out import carry_out
from engine.returning.effects import obstacle
from engine.returning.plan import Obstacle, ReturnPlan
from engine.returning.planning import Planner
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class RecallTask(Command[str]):
    """Take back what you have just handed in, as long as nobody has begun with what comes next; gives the case's id."""

    task_id: str
    reason: str = ""
    plan: str | None = None

    def execute(self, work: Work) -> str:
        folder, planned = self._planned(work)
        must_be_possible(planned, shown=self.plan)
        carry_out(folder, planned, action="task_recalled", reason=self.reason.strip())
        return folder.case.id

    def foresee(self, work: Work) -> ReturnPlan:
        """What taking it back would change. Changes nothing."""
        return self._planned(work)[1]

    def _planned(self, work: Work) -> tuple[CaseWork, ReturnPlan]:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_principal()
        if task.state != TaskState.COMPLETED or task.superseded_at is not None:
            raise TaskNotOpen(state=task.state)
        if task.completed_by_id != work.actor.person_id:
            raise NotTheAssignee()
        if task.on_behalf_of_id is not None and work.acts_for is None:
            raise StandInOver()
        planner = Planner(folder)
        return folder, planner.with_obstacles(planner.plan(task), _begun(folder, planner, task))


def _begun(folder: CaseWork, planner: Planner, task: UserTask) -> Iterator[Obstacle]:
    """Somebody took what followed, wrote something down or handed it in; or a deadline or a message moved the case."""
    elements = folder.bundle.process.elements
    undone = planner.undone_by(task)
    mine = folder.work.actor.person_id
    for later in planner.completed(undone):
        if later.id != task.id:
            yield obstacle("others_have_acted", elements.get(later.element_id))
    for event in undone:
        if event.kind == "fire" and event.step != task.step_id:
            yield obstacle("case_has_moved_on", elements.get(event.element))
    for later in planner.ending(undone):
        element = elements.get(later.element_id)
        named_by_diagram = element is not None and element.assignee is not None
        is_taken = later.assignee_id not in (None, mine) and not named_by_diagram
        if is_taken or later.draft is not None:
            yield obstacle("others_have_begun", element)
