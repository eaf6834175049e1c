from dataclasses import dataclass

from engine.case_work import CaseWork
from engine.command import Command
from engine.errors import NotFound
from engine.groups import ADMINISTRATORS
from engine.incidents import resolve
from engine.model import Incident
from engine.opening import complete_opening
from engine.parties import offer
from engine.permissions import is_in_charge, must_be_in
from engine.progress import moving
from engine.spiff.process_run import ProcessRun
from engine.work import Work


class IncidentNotFound(NotFound):
    """There is no such failed step, or it is not for your eyes."""


@dataclass(frozen=True, kw_only=True)
class RetryIncident(Command[None]):
    """Let a failed step try again."""

    incident_id: str

    def execute(self, work: Work) -> None:
        incident = work.session.get(Incident, self.incident_id)
        if incident is None:
            raise IncidentNotFound()
        # Administrators put right what failed without being able to read the case.
        folder = work.as_system().lock_case(incident.case_id)
        if not is_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town):
            must_be_in(work.actor, ADMINISTRATORS)
        work.session.refresh(incident)
        incident.must_be_open()
        folder.case.must_be_running()
        resolve(folder, incident, by=work.actor)
        with moving(folder, by_person=True) as run:
            if run.has_failed(incident.step_id):
                run.retry(incident.step_id)
            _begin_again(folder, run, incident.step_id)


def _begin_again(folder: CaseWork, run: ProcessRun, step_id: str) -> None:
    """A task that is open but could not be given its person or its clock; timers begin again by themselves."""
    for task in [t for t in folder.tasks if t.step_id == step_id and t.principal_id is None]:
        with folder.at(run.words_at(step_id)):
            complete_opening(folder, folder.bundle.process.elements[task.element_id], task)
        offer(folder, task, again=True)
