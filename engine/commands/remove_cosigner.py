from dataclasses import dataclass

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.command import Command
from engine.commands.complete_task import complete_handed_in
from engine.commands.return_task import PlanChanged
from engine.cosigning import requests
from engine.cosigning.plan import CosignPlan
from engine.cosigning.planning import CosignPlanner
from engine.model import Cosignature, Person, UserTask
from engine.model.case import must_give_reason
from engine.model.cosignature import AWAITED, CosignState, SignatureGiven, SignerUnknown
from engine.permissions import is_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class RemoveCosigner(Command[None]):
    """Take somebody off who was asked to sign a task and has not yet, with a reason.

    `signer` is a username; `plan` the fingerprint of the plan that was shown. For who has the task, who asked, and
    those in charge.
    """

    task_id: str
    signer: str
    reason: str
    plan: str | None = None

    def execute(self, work: Work) -> None:
        folder, task, row = self._found(work)
        must_give_reason(self.reason)
        planned = CosignPlanner(folder, task).removing(row)
        if self.plan not in (None, planned.fingerprint):
            raise PlanChanged()
        facts = {"signer": self.signer, "mode": row.mode}
        folder.record("cosigner_removed", element_id=task.element_id, task_id=row.task_id or task.id, details=facts)
        actor = work.actor.person_id
        requests.end(folder, [row], state=CosignState.REMOVED, by=actor, reason=self.reason.strip())
        if planned.outcome == "completes":
            complete_handed_in(folder, task)

    def foresee(self, work: Work) -> CosignPlan:
        """What taking them off would change. Changes nothing."""
        folder, task, row = self._found(work)
        return CosignPlanner(folder, task).removing(row)

    def _found(self, work: Work) -> tuple[CaseWork, UserTask, Cosignature]:
        folder, task = work.lock_task(self.task_id)
        folder.case.must_be_running()
        task.must_be_principal()
        task.must_be_open()
        row = _request(folder, task, self.signer)
        in_charge = is_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        if not in_charge and work.actor.person_id != row.asked_by_id:
            task.must_be_held(by=work.actor)
        if not row.is_awaited:
            raise SignatureGiven()
        return folder, task, row


def _request(folder: CaseWork, task: UserTask, username: str) -> Cosignature:
    """The one that is still open, else the one that was signed. Raises SignerUnknown."""
    query = select(Cosignature).join(Person, Person.id == Cosignature.person_id)
    query = query.where(Cosignature.principal_id == task.id, Person.username == username)
    rows = folder.work.session.scalars(query.where(Cosignature.state.in_((*AWAITED, CosignState.SIGNED)))).all()
    if not rows:
        raise SignerUnknown(signer=username)
    return min(rows, key=lambda row: not row.is_awaited)
