"""One case with everything its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.context import CITY_TIME
from engine.definitions.process import Process
from engine.model import Ballot, Case, Clock, Deployment, Incident, Organisation, UserTask
from engine.model.ballot import BallotKind
from engine.model.case import CaseStatus
from engine.model.incident import IncidentState
from engine.model.user_task import TaskState
from engine.permissions import is_in_charge
from engine.queries.cases import case_rows
from engine.queries.documents import documents_of
from engine.queries.initiatives import initiatives_of
from engine.queries.links import links_of
from engine.queries.looking_up import LIVE, clocks_by_task, people_by_id, people_by_username
from engine.queries.negotiation import negotiation_mark
from engine.queries.negotiation_rows import NegotiationMark
from engine.queries.place import Place
from engine.queries.row_making import clock_row, people_of, task_row
from engine.queries.rows import CaseLinkRow, CaseRow, ClockRow, DocumentRow, IncidentRow, PartyRow, TaskRow, Waiting
from engine.queries.seeing import held_by, is_guest, offered_to, visible_case
from engine.queries.why_waiting import reasons


@dataclass(frozen=True)
class StageState:
    """`state` is done, current or ahead."""

    id: str
    name: str
    name_en: str
    state: str


@dataclass(frozen=True)
class CaseFile:
    """`actions` maps suspend, resume, cancel, evidence to None or to the error code why not.

    `for_me` are ids of tasks that the reader holds or may take; `newest_version` is that of the process, by which
    cases begin today; `ballots` are the states of its ballots, the newest first. A guest of the case is shown what he
    may start, what is his own, and the ballots.
    """

    case: CaseRow
    process: Process
    stages: tuple[StageState, ...]
    parties: tuple[PartyRow, ...]
    tasks: tuple[TaskRow, ...]
    initiatives: tuple[TaskRow, ...]
    links: tuple[CaseLinkRow, ...]
    clocks: tuple[ClockRow, ...]
    documents: tuple[DocumentRow, ...]
    incidents: tuple[IncidentRow, ...]
    waiting: tuple[Waiting, ...]
    actions: Mapping[str, str | None]
    for_me: frozenset[str]
    newest_version: int
    negotiation: NegotiationMark | None = None
    ballots: tuple[str, ...] = ()
    is_guest: bool = False


def case_file(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, now: datetime) -> CaseFile:
    """Raises CaseNotFound."""
    case = visible_case(session, actor, case_id)
    file = _whole(session, actor, case, catalogue=catalogue, now=now)
    return _own_part(file, actor) if is_guest(session, actor, case) else file


def _own_part(file: CaseFile, actor: Actor) -> CaseFile:
    """Without what others do, owe or handed in."""
    guests = set(file.process.guest_groups)
    offered = [
        t
        for t in file.tasks
        if t.assignee in (None, actor.username)
        and (guests & set(t.candidate_groups) or actor.username in t.candidate_users)
    ]
    return replace(
        file,
        case=replace(file.case, next_due=None),
        tasks=tuple(offered),
        documents=tuple(d for d in file.documents if d.uploaded_by == actor.username),
        clocks=(),
        incidents=(),
        waiting=(),
        actions=dict.fromkeys(file.actions, "not_in_charge"),
        negotiation=None,
        is_guest=True,
    )


def _whole(session: Session, actor: Actor, case: Case, *, catalogue: Catalogue, now: datetime) -> CaseFile:
    process = catalogue.bundle(session, case.deployment_id).process
    in_charge = is_in_charge(actor, process.oversight_groups, town=case.town)
    return CaseFile(
        case=case_rows(session, [case], catalogue=catalogue)[0],
        process=process,
        stages=stages(case, process),
        parties=_parties(session, case),
        tasks=_tasks(session, case, process),
        initiatives=initiatives_of(Place(session, catalogue, now), actor, case),
        links=links_of(session, actor, case),
        clocks=clocks(session, case, today=now.astimezone(CITY_TIME).date()),
        documents=documents_of(session, actor, case, process),
        incidents=_incidents(session, case, process),
        waiting=reasons(session, case, process=process, now=now),
        actions=_actions(case, in_charge=in_charge),
        for_me=_for_me(session, actor, case),
        newest_version=_newest_version(session, case),
        negotiation=negotiation_mark(session, actor, case),
        ballots=_ballots(session, case),
    )


def stages(case: Case, process: Process) -> tuple[StageState, ...]:
    """Stages before the current one count as done; a case that is completed has done them all."""
    ids = [s.id for s in process.stages]
    at = ids.index(case.stage) if case.stage in ids else -1
    if case.status == CaseStatus.COMPLETED:
        at = len(ids)
    states = ["done" if i < at else "current" if i == at else "ahead" for i in range(len(ids))]
    return tuple(StageState(s.id, s.name, s.name_en or s.name, n) for s, n in zip(process.stages, states, strict=True))


def clocks(session: Session, case: Case, *, today: date) -> tuple[ClockRow, ...]:
    """Live ones first, by due date; then the others, the latest first."""
    found = session.scalars(select(Clock).where(Clock.case_id == case.id)).all()
    live = sorted((c for c in found if c.state in LIVE), key=lambda c: (c.due_at, c.id))
    ended = sorted((c for c in found if c.state not in LIVE), key=lambda c: (c.due_at, c.id), reverse=True)
    return tuple(clock_row(c, today=today) for c in (*live, *ended))


def _parties(session: Session, case: Case) -> tuple[PartyRow, ...]:
    names = people_by_username(session, {u for people in case.parties.values() for u in people})
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    own = enterprise.name if enterprise else None
    return tuple(PartyRow(role, u, names.get(u, u), own) for role, people in case.parties.items() for u in people)


def _tasks(session: Session, case: Case, process: Process) -> tuple[TaskRow, ...]:
    query = select(UserTask).where(UserTask.case_id == case.id, UserTask.state.in_((TaskState.OPEN, TaskState.CLAIMED)))
    query = query.where(UserTask.discretionary.is_(False))
    found = session.scalars(query.order_by(UserTask.created_at, UserTask.id)).all()
    enterprise = session.get(Organisation, case.enterprise_id) if case.enterprise_id else None
    people = people_by_id(session, [i for t in found for i in people_of(t)])
    due = clocks_by_task(session, found)
    return tuple(
        task_row(
            t,
            case,
            process=process,
            enterprise=enterprise.name if enterprise else None,
            clock=due.get(t.id),
            people=people,
        )
        for t in found
    )


def _for_me(session: Session, actor: Actor, case: Case) -> frozenset[str]:
    free = and_(UserTask.state == TaskState.OPEN, offered_to(actor))
    held = and_(UserTask.state == TaskState.CLAIMED, held_by(actor))
    mine = select(UserTask.id).where(UserTask.case_id == case.id, UserTask.discretionary.is_(False), or_(free, held))
    return frozenset(session.scalars(mine))


def _newest_version(session: Session, case: Case) -> int:
    return session.scalar(select(func.max(Deployment.version)).where(Deployment.process == case.process)) or 0


def _ballots(session: Session, case: Case) -> tuple[str, ...]:
    query = select(Ballot.state).where(Ballot.case_id == case.id, Ballot.kind == BallotKind.VOTE)
    return tuple(session.scalars(query.order_by(Ballot.opened_at.desc(), Ballot.id)))


def _incidents(session: Session, case: Case, process: Process) -> tuple[IncidentRow, ...]:
    query = select(Incident).where(Incident.case_id == case.id, Incident.state == IncidentState.OPEN)
    return tuple(incident_row(i, case, process) for i in session.scalars(query))


def incident_row(incident: Incident, case: Case, process: Process) -> IncidentRow:
    element = process.elements.get(incident.element_id)
    return IncidentRow(
        id=incident.id,
        case_id=case.id,
        case_number=case.number,
        element_id=incident.element_id,
        element_name=element.name if element else incident.element_id,
        code=incident.code,
        details=incident.details,
        state=incident.state,
        created_at=incident.created_at,
        attempts=incident.attempts,
    )


def _actions(case: Case, *, in_charge: bool) -> dict[str, str | None]:
    denied = None if in_charge else "not_in_charge"
    is_live = case.status in (CaseStatus.RUNNING, CaseStatus.SUSPENDED)
    return {
        "suspend": denied or (None if case.status == CaseStatus.RUNNING else "case_not_running"),
        "resume": denied or (None if case.status == CaseStatus.SUSPENDED else "case_not_suspended"),
        "cancel": denied or (None if is_live else "case_not_running"),
        "evidence": None,
    }
