"""Why a case does not move, one reason per token: who is awaited, since when, until when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Process
from engine.definitions.process_file import Element
from engine.model import Case, Clause, Clock, Incident, MessageWait, Negotiation, SignalWait, UserTask
from engine.model.case import CaseStatus
from engine.model.clause import ClauseStatus
from engine.model.clock import ClockState
from engine.model.incident import IncidentState
from engine.model.negotiation import NegotiationState
from engine.model.user_task import TaskState
from engine.queries.looking_up import people_by_id
from engine.queries.row_making import english_name
from engine.queries.rows import Waiting
from engine.queries.seeing import readable_case

MOST_LINES = 3


def why_waiting(
    session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, now: datetime
) -> tuple[Waiting, ...]:
    """Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    return reasons(session, case, process=catalogue.bundle(session, case.deployment_id).process, now=now)


def reasons(session: Session, case: Case, *, process: Process, now: datetime) -> tuple[Waiting, ...]:
    if case.status != CaseStatus.RUNNING:
        return (Waiting(f"case_{case.status}"),)
    return (
        *_failed(session, case, process),
        *_tasks(session, case, process, now),
        *_clocks(session, case),
        *_messages(session, case, process),
        *_signals(session, case, process),
        *_negotiation(session, case),
    )


def _failed(session: Session, case: Case, process: Process) -> list[Waiting]:
    query = select(Incident).where(Incident.case_id == case.id, Incident.state == IncidentState.OPEN)
    return [Waiting("incident", _names(process, i.element_id), i.element_id) for i in session.scalars(query)]


def _tasks(session: Session, case: Case, process: Process, now: datetime) -> list[Waiting]:
    query = select(UserTask).where(UserTask.case_id == case.id, UserTask.state.in_((TaskState.OPEN, TaskState.CLAIMED)))
    query = query.where(UserTask.discretionary.is_(False))
    found = session.scalars(query.order_by(UserTask.created_at)).all()
    people = people_by_id(session, [t.assignee_id for t in found])
    tasks = [t for t in found if t.principal_id is None]
    return [line for t in tasks for line in _of_task(t, found, people, process, now)]


def _of_task(
    task: UserTask,
    open_ones: Sequence[UserTask],
    people: Mapping[str, tuple[str, str]],
    process: Process,
    now: datetime,
) -> Iterator[Waiting]:
    """The task itself, unless it lies with those who sign it; and those who are asked to, each with their own."""
    element = process.elements.get(task.element_id)
    signing = [t for t in open_ones if t.principal_id == task.id]
    if task.handed_in_at is None or not signing:
        yield _task(task, people, element, now)
    together = [signing] if len(signing) > MOST_LINES else [[one] for one in signing]
    for some in filter(None, together):
        facts = {"task": task.name, "task_en": english_name(task, element), "since": some[0].created_at}
        facts |= {"person": _name(people, task), "people": [_name(people, one) for one in some]}
        code = "signed_after" if task.handed_in_at else "signed_before" if task.awaits("before") else "signed_beside"
        yield Waiting(code, facts, task.element_id, some[0].id if len(some) == 1 else task.id)


def _name(people: Mapping[str, tuple[str, str]], task: UserTask) -> str:
    return people.get(task.assignee_id or "", ("", ""))[1]


def _task(task: UserTask, people: Mapping[str, tuple[str, str]], element: Element | None, now: datetime) -> Waiting:
    params = {
        "task": task.name,
        "task_en": english_name(task, element),
        "groups": list(task.candidate_groups),
        "since": task.created_at,
        "due": task.due_at,
        "overdue": task.due_at <= now,
        "person": _name(people, task),
    }
    code = "claimed_task" if task.assignee_id else "open_task"
    return Waiting(code + ("_overdue" if params["overdue"] else ""), params, task.element_id, task.id)


def _clocks(session: Session, case: Case) -> list[Waiting]:
    live = (ClockState.RUNNING, ClockState.PAUSED)
    query = select(Clock).where(Clock.case_id == case.id, Clock.state.in_(live), Clock.step_id.is_not(None))
    return [_clock(c) for c in session.scalars(query.order_by(Clock.due_at))]


def _clock(clock: Clock) -> Waiting:
    name, effect = clock.basis["name"], clock.basis["effect"]
    params = {"clock": name["zh"], "clock_en": name["en"], "due": clock.due_on}
    params |= {"effect": effect.get("zh", ""), "effect_en": effect.get("en") or effect.get("zh", "")}
    is_plain = clock.state == ClockState.RUNNING and not params["effect"]
    return Waiting("timer_running" if is_plain else f"clock_{clock.state}", params, clock.element_id)


def _messages(session: Session, case: Case, process: Process) -> list[Waiting]:
    """Not those that would only begin something beside: the case does not need them to go on."""
    found = session.scalars(select(MessageWait).where(MessageWait.case_id == case.id))
    beginnings = {id_ for id_, element in process.elements.items() if element.type == "startEvent"}
    waits = [w for w in found if w.element_id not in beginnings]
    return [Waiting("message", _names(process, w.element_id) | {"message": w.name}, w.element_id) for w in waits]


def _signals(session: Session, case: Case, process: Process) -> list[Waiting]:
    waits = session.scalars(select(SignalWait).where(SignalWait.case_id == case.id))
    return [Waiting("signal", _names(process, w.element_id) | {"signal": w.name}, w.element_id) for w in waits]


def _negotiation(session: Session, case: Case) -> list[Waiting]:
    """The text that both sides work on, until all of it is agreed."""
    open_text = (Negotiation.case_id == case.id, Negotiation.state == NegotiationState.OPEN)
    query = select(Clause.status).join(Negotiation, Negotiation.id == Clause.negotiation_id).where(*open_text)
    statuses = list(session.scalars(query))
    agreed = statuses.count(ClauseStatus.AGREED)
    return [Waiting("negotiation", {"count": len(statuses), "agreed": agreed})] if agreed < len(statuses) else []


def _names(process: Process, element_id: str) -> dict[str, str]:
    element = process.elements.get(element_id)
    name = element.name if element else element_id
    return {"element": name, "element_en": (element.name_en if element else "") or name}
