"""The diagram that a case runs on, with its tokens."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Case, Incident, ProcessInstance, UserTask
from engine.model.clock import Clock, ClockState
from engine.model.incident import IncidentState
from engine.model.user_task import TaskState
from engine.queries.looking_up import people_by_id
from engine.queries.seeing import visible_case


@dataclass(frozen=True)
class TokenMark:
    """`kind` is task, clock or stage; `label` names who or until when."""

    element_id: str
    label: str
    kind: str


@dataclass(frozen=True)
class DiagramState:
    """`done` are elements a token has left at least once and is not at now."""

    xml: bytes
    done: tuple[str, ...]
    current: tuple[TokenMark, ...]
    failed: tuple[str, ...]


def diagram(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> DiagramState:
    """Raises CaseNotFound."""
    case = visible_case(session, actor, case_id)
    bundle = catalogue.bundle(session, case.deployment_id)
    instance = session.scalars(select(ProcessInstance).where(ProcessInstance.case_id == case.id)).one()
    marks = (*_task_marks(session, case), *_clock_marks(session, case), *_stage_marks(case))
    open_ones = (Incident.case_id == case.id, Incident.state == IncidentState.OPEN)
    failed = tuple(session.scalars(select(Incident.element_id).where(*open_ones)))
    here = {m.element_id for m in marks} | set(failed)
    return DiagramState(bundle.xml, tuple(e for e in instance.passed if e not in here), marks, failed)


def _task_marks(session: Session, case: Case) -> list[TokenMark]:
    query = select(UserTask).where(UserTask.case_id == case.id, UserTask.state.in_((TaskState.OPEN, TaskState.CLAIMED)))
    tasks = session.scalars(query).all()
    people = people_by_id(session, [t.assignee_id for t in tasks])
    return [TokenMark(t.element_id, people.get(t.assignee_id or "", ("", ""))[1], "task") for t in tasks]


def _clock_marks(session: Session, case: Case) -> list[TokenMark]:
    live = (ClockState.RUNNING, ClockState.PAUSED)
    query = select(Clock).where(Clock.case_id == case.id, Clock.state.in_(live), Clock.step_id.is_not(None))
    return [TokenMark(c.element_id, c.due_on.isoformat(), "clock") for c in session.scalars(query)]


def _stage_marks(case: Case) -> list[TokenMark]:
    return [TokenMark(case.stage, "", "stage")] if case.stage and case.closed_at is None else []
