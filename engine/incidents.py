"""A step that failed keeps its token; a person looks, then lets it try again."""

from typing import Any

from sqlalchemy import select

from engine.actor import SYSTEM, Actor
from engine.case_work import CaseWork
from engine.model import Incident
from engine.model.base_model import new_id
from engine.model.incident import IncidentState
from engine.spiff.process_run import ProcessRun
from engine.spiff.step import Failure


def open_incidents(folder: CaseWork, run: ProcessRun) -> None:
    """One incident per failed step."""
    for failure in run.failures:
        open_incident(folder, failure)
    run.failures.clear()


def open_incident(folder: CaseWork, failure: Failure) -> None:
    """A step that fails again counts up its open incident."""
    known = _open_one(folder, failure.step_id)
    if known is None:
        _open(folder, failure)
    else:
        known.attempts += 1
        known.code, known.details = failure.error.code, _details(failure)
    facts = {"code": failure.error.code}
    folder.record("incident_opened", element_id=failure.element_id, actor="system", details=facts)


def resolve(folder: CaseWork, incident: Incident, *, by: Actor) -> None:
    incident.state, incident.resolved_at = IncidentState.RESOLVED, folder.work.now
    folder.instance.troubled = [step for step in folder.instance.troubled if step != incident.step_id]
    folder.record(
        "incident_resolved", element_id=incident.element_id, actor=by.username, details={"incident": incident.id}
    )


def close_overtaken(folder: CaseWork, run: ProcessRun) -> None:
    """A step that failed and is not there any more, because an event took its place, cannot be put right."""
    waiting = {step.id for step in run.steps} if folder.instance.troubled else set()
    gone = [s for s in folder.instance.troubled if s not in waiting and not run.has_failed(s)]
    for step_id in gone:
        incident = _open_one(folder, step_id)
        if incident is not None:
            resolve(folder, incident, by=SYSTEM)


def _open_one(folder: CaseWork, step_id: str) -> Incident | None:
    query = select(Incident).where(
        Incident.case_id == folder.case.id, Incident.state == IncidentState.OPEN, Incident.step_id == step_id
    )
    return folder.work.session.scalars(query).first()


def _open(folder: CaseWork, failure: Failure) -> None:
    incident = Incident(
        id=new_id(),
        case_id=folder.case.id,
        step_id=failure.step_id,
        element_id=failure.element_id,
        code=failure.error.code,
        details=_details(failure),
        created_at=folder.work.now,
    )
    folder.work.session.add(incident)
    folder.instance.troubled = [*folder.instance.troubled, failure.step_id]
    folder.work.enqueue("notify_incident", {"incident_id": incident.id}, dedupe=f"notify_incident:{incident.id}")


def _details(failure: Failure) -> dict[str, Any]:
    plain = (str, int, bool, list, dict, type(None))
    return {k: v for k, v in failure.error.details.items() if isinstance(v, plain)}
