from dataclasses import dataclass

from sqlalchemy import delete, update

from engine.balloting import abort_all
from engine.case_links import tell_those_it_supports
from engine.clockwork import stop_clock
from engine.command import Command
from engine.cosigning import requests
from engine.model import Incident, MessageWait, SignalWait, TaskOffer
from engine.model.incident import IncidentState
from engine.parties import retire_audience
from engine.permissions import must_be_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class CancelCase(Command[None]):
    """End a case early, with a reason; its open tasks and clocks end with it."""

    case_id: str
    reason: str

    def execute(self, work: Work) -> None:
        folder = work.lock_case(self.case_id, clocks_first=False)
        must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        folder.case.cancel(reason=self.reason, at=work.now)
        retire_audience(folder)
        folder.record("case_cancelled", reason=self.reason)
        tell_those_it_supports(folder)
        requests.close(folder, list(folder.tasks), reason=requests.CASE_ENDED)
        work.session.execute(delete(TaskOffer).where(TaskOffer.task_id.in_([t.id for t in folder.tasks])))
        for waits in (MessageWait, SignalWait):
            work.session.execute(delete(waits).where(waits.case_id == folder.case.id))
        failed = (Incident.case_id == folder.case.id, Incident.state == IncidentState.OPEN)
        over = {"state": IncidentState.RESOLVED, "resolved_at": work.now}
        work.session.execute(update(Incident).where(*failed).values(over))
        for task in folder.tasks:
            task.cancel()
            folder.record("task_cancelled", element_id=task.element_id, task_id=task.id)
        for clock in list(folder.clocks):
            stop_clock(folder, clock, met=False)
        abort_all(folder, reason=self.reason, by=work.actor.username)
