from dataclasses import dataclass

from engine.case_work import CaseWork
from engine.command import Command
from engine.commands.return_task import PlanChanged
from engine.cosigning import requests
from engine.cosigning.eligible import CosigningNotOffered, circle_of, offers_cosigning
from engine.cosigning.plan import CosignPlan
from engine.cosigning.planning import CosignPlanner
from engine.errors import Rejected
from engine.model import UserTask
from engine.model.cosignature import CosignMode
from engine.parties import must_see_all
from engine.work import Work


class CosignersRefused(Rejected):
    """Not everybody named can be asked to sign this task."""


@dataclass(frozen=True, kw_only=True)
class AskCosigners(Command[int]):
    """Ask people to sign a task of yours, before you write, while you do, or once you have handed it in.

    `plan` is the fingerprint of the plan that was shown. Gives how many were asked.
    """

    task_id: str
    to: tuple[str, ...]
    mode: str = CosignMode.PARALLEL
    question: str = ""
    plan: str | None = None

    def execute(self, work: Work) -> int:
        folder, task = self._mine(work)
        planner = CosignPlanner(folder, task)
        planned = self._plan(planner)
        if planned.problems:
            raise CosignersRefused(problems=list(planned.problems))
        if self.plan not in (None, planned.fingerprint):
            raise PlanChanged()
        facts = {"people": [signer.username for signer in planned.signers], "mode": self.mode}
        folder.record("cosigners_asked", element_id=task.element_id, task_id=task.id, details=facts)
        self._ask(folder, task, planner)
        return len(planned.signers)

    def foresee(self, work: Work) -> CosignPlan:
        """What asking them would change. Changes nothing."""
        return self._plan(CosignPlanner(*self._mine(work)))

    def _plan(self, planner: CosignPlanner) -> CosignPlan:
        return planner.asking(self.to, mode=self.mode, question=self.question.strip())

    def _mine(self, work: Work) -> tuple[CaseWork, UserTask]:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        must_see_all(folder, work.actor)
        task.must_be_principal()
        task.must_be_held(by=work.actor)
        task.must_not_be_delegated()
        task.must_not_be_handed_in()
        if not offers_cosigning(folder.bundle.process, task):
            raise CosigningNotOffered()
        return folder, task

    def _ask(self, folder: CaseWork, task: UserTask, planner: CosignPlanner) -> None:
        actor = folder.work.actor
        circle = circle_of(folder.case, folder.bundle.process, actor)
        facts = {"mode": self.mode, "question": self.question.strip(), "circle": circle, "asked_by": actor.person_id}
        for person in planner.people(self.to):
            row = requests.plan_request(folder, task, person_id=person.id, **facts)
            if self.mode != CosignMode.AFTER:
                requests.ask(folder, task, row, person)
