"""The requests of an enterprise (我的诉求): where each stands, who comes, what can be done now, what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Process
from engine.former_versions import processes_of_tasks
from engine.groups import MANAGEMENT
from engine.model import Case, Clock, Expert, Person, ProcessInstance, UserTask
from engine.model.case import CaseStatus
from engine.model.party import EXPERT, LEAD_EXPERT
from engine.model.user_task import TaskState
from engine.queries.case_file import StageState
from engine.queries.cases import case_rows
from engine.queries.documents import documents_of
from engine.queries.initiatives import initiatives_of
from engine.queries.looking_up import LIVE, clocks_by_task, people_by_id
from engine.queries.paging import Order, Page, slice_of
from engine.queries.place import Place
from engine.queries.row_making import clock_row, people_of, task_row
from engine.queries.rows import CaseRow, ClockRow, DocumentRow, TaskRow, Waiting
from engine.queries.seeing import held_by, may_read_case, offered_to
from engine.queries.why_waiting import reasons

REQUESTS = "expert_dispatch"
CLOSING_CLOCK = "dispatch_closing"
# What an enterprise follows; the file is put away without it, and a department is asked on another way.
_STEPS = ("intake", "dispatch", "service", "closing")
_ASIDE, _AFTERWARDS = "referral", "archiving"
_ADVICE = ("write_advice", "write_joint_report")
_EVALUATION = "evaluate_service"
_OWN_FILES = "files"
_POINTS = ("speed", "skill", "manner")
_NEWEST = Order(Case.created_at, Case.id, is_descending=True)


@dataclass(frozen=True)
class ExpertWhoComes:
    name: str
    profession: str | None
    employer: str | None
    is_lead: bool


@dataclass(frozen=True, kw_only=True)
class RequestOutcome:
    """`code` is how it ended, `words` what was said about it; points are None where nobody gave any."""

    code: str | None
    words: str | None
    points: Mapping[str, int | None] = field(default_factory=dict)
    solved: str | None = None
    comment: str | None = None

    @property
    def is_rated(self) -> bool:
        return self.solved is not None or any(point is not None for point in self.points.values())


@dataclass(frozen=True, kw_only=True)
class RequestRow:
    """`tasks` are for the reader, `initiatives` may be started, `done_by` is the clock until which it is to be closed.

    `advice` are the completed tasks in which experts wrote theirs.
    """

    case: CaseRow
    process: Process
    title: str
    steps: tuple[StageState, ...]
    waiting: tuple[Waiting, ...]
    tasks: tuple[TaskRow, ...]
    initiatives: tuple[TaskRow, ...]
    experts: tuple[ExpertWhoComes, ...]
    done_by: ClockRow | None
    advice: tuple[TaskRow, ...]
    documents: tuple[DocumentRow, ...]
    outcome: RequestOutcome


def requests(
    session: Session,
    actor: Actor,
    *,
    catalogue: Catalogue,
    now: datetime,
    is_open: bool | None = None,
    cursor: str | None = None,
    limit: int = 10,
) -> Page[RequestRow]:
    """The newest first: those of the reader's own enterprise, and those that the reader filed for others."""
    query = select(Case.created_at, Case.id).where(Case.process == REQUESTS, _own(actor), may_read_case(actor))
    if is_open is not None:
        query = query.where(Case.closed_at.is_(None) if is_open else Case.closed_at.is_not(None))
    found = slice_of(session, query, _NEWEST, cursor=cursor, limit=limit)
    at = Place(session, catalogue, now)
    return Page(_rows(at, actor, [row[1] for row in found.rows]), found.after, len(found.rows), found.before)


def has_requests(actor: Actor) -> bool:
    """Whether the page is for this person: the management of an enterprise, and who files for enterprises."""
    return any(actor.is_in(group) for group in (*MANAGEMENT, "liaison"))


def request_counts(session: Session, actor: Actor) -> dict[bool, int]:
    """How many are open (True) and closed (False)."""
    query = select(Case.closed_at.is_(None)).where(Case.process == REQUESTS, _own(actor), may_read_case(actor))
    states = [bool(one) for one in session.scalars(query.limit(1_000))]
    return {True: sum(states), False: len(states) - sum(states)}


def _own(actor: Actor) -> Any:
    enterprises = sorted({m.organisation_id for m in actor.memberships if m.group in MANAGEMENT and m.organisation_id})
    return or_(Case.enterprise_id.in_(enterprises), Case.created_by == actor.person_id)


def _rows(at: Place, actor: Actor, ids: list[str]) -> tuple[RequestRow, ...]:
    found = {case.id: case for case in at.session.scalars(select(Case).where(Case.id.in_(ids)))} if ids else {}
    cases = [found[id_] for id_ in ids]
    rows = case_rows(at.session, cases, catalogue=at.catalogue)
    values = _variables(at.session, ids)
    return tuple(_row(at, actor, case, row, values.get(case.id, {})) for case, row in zip(cases, rows, strict=True))


def _variables(session: Session, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    query = select(ProcessInstance.case_id, ProcessInstance.variables, ProcessInstance.passed)
    rows = session.execute(query.where(ProcessInstance.case_id.in_(ids))) if ids else ()
    return {row.case_id: {**row.variables, "passed": row.passed} for row in rows}


def _row(at: Place, actor: Actor, case: Case, row: CaseRow, values: Mapping[str, Any]) -> RequestRow:
    process = at.catalogue.bundle(at.session, case.deployment_id).process
    is_open = case.closed_at is None
    return RequestRow(
        case=row,
        process=process,
        title=str(values.get("title") or case.title),
        steps=_steps(case, process),
        waiting=_waiting(at, case, process) if is_open else (),
        tasks=_for_me(at, actor, case) if is_open else (),
        initiatives=initiatives_of(at, actor, case),
        experts=_experts(at.session, case),
        done_by=_done_by(at.session, case) if is_open else None,
        advice=_done_at(at, case, _ADVICE),
        documents=tuple(
            one for one in documents_of(at.session, actor, case, process)
            if one.field != _OWN_FILES and one.superseded_at is None
        ),
        outcome=_outcome(case, values, is_rated=bool(_done_at(at, case, (_EVALUATION,)))),
    )  # fmt: skip


def _waiting(at: Place, case: Case, process: Process) -> tuple[Waiting, ...]:
    """The clock of the whole stands beside them."""
    found = reasons(at.session, case, process=process, now=at.now)
    around = {e.id for e in process.elements.values() if e.properties.get("clock") == CLOSING_CLOCK}
    return tuple(one for one in found if one.task_id or one.element_id not in around)


def _steps(case: Case, process: Process) -> tuple[StageState, ...]:
    """Four steps; where a department answers, the way ends there. Where it ended early it is not drawn on."""
    stage, is_over = case.stage, case.closed_at is not None
    names = {one.id: one for one in process.stages}
    way = [*_STEPS[: _STEPS.index("dispatch")], _ASIDE] if stage == _ASIDE else list(_STEPS)
    at = len(way) if stage == _AFTERWARDS else way.index(stage) if stage in way else -1
    way = (way[: at + 1] if at else []) if is_over else way
    states = ["done" if is_over or n < at else "current" if n == at else "ahead" for n in range(len(way))]
    drawn = ((names[id_], state) for id_, state in zip(way, states, strict=True) if id_ in names)
    return tuple(StageState(one.id, one.name, one.name_en or one.name, state) for one, state in drawn)


def _for_me(at: Place, actor: Actor, case: Case) -> tuple[TaskRow, ...]:
    free = and_(UserTask.state == TaskState.OPEN, offered_to(actor))
    held = and_(UserTask.state == TaskState.CLAIMED, held_by(actor))
    query = select(UserTask).where(UserTask.case_id == case.id, UserTask.discretionary.is_(False), or_(free, held))
    return _task_rows(at, case, query.order_by(UserTask.due_at, UserTask.id))


def _done_at(at: Place, case: Case, steps: Iterable[str]) -> tuple[TaskRow, ...]:
    query = select(UserTask).where(UserTask.case_id == case.id, UserTask.state == TaskState.COMPLETED)
    query = query.where(UserTask.element_id.in_(list(steps)), UserTask.superseded_at.is_(None))
    return _task_rows(at, case, query.order_by(UserTask.completed_at, UserTask.id))


def _task_rows(at: Place, case: Case, query: Select[Any]) -> tuple[TaskRow, ...]:
    found = at.session.scalars(query).all()
    if not found:
        return ()
    people = people_by_id(at.session, [id_ for task in found for id_ in people_of(task)])
    clocks = clocks_by_task(at.session, found)
    processes = processes_of_tasks(at.session, at.catalogue, [(task, case) for task in found])
    return tuple(
        task_row(t, case, process=processes[t.id], enterprise=None, clock=clocks.get(t.id), people=people)
        for t in found
    )


def _experts(session: Session, case: Case) -> tuple[ExpertWhoComes, ...]:
    """The lead first; who asked to be left out is not among them."""
    leads = set((case.parties.get(LEAD_EXPERT) or {}).values())
    ids = list(dict.fromkeys([*leads, *(case.parties.get(EXPERT) or {}).values()]))
    query = select(Person.id, Person.name, Expert.profession, Expert.employer)
    query = query.outerjoin(Expert, Expert.person_id == Person.id).where(Person.id.in_(ids))
    known = {row.id: row for row in session.execute(query)} if ids else {}
    rows = [known[id_] for id_ in ids if id_ in known]
    return tuple(ExpertWhoComes(row.name, row.profession, row.employer, row.id in leads) for row in rows)


def _done_by(session: Session, case: Case) -> ClockRow | None:
    query = select(Clock).where(Clock.case_id == case.id, Clock.rule == CLOSING_CLOCK, Clock.state.in_(LIVE))
    clock = session.scalars(query.order_by(Clock.due_at)).first()
    return clock_row(clock) if clock is not None else None


def _outcome(case: Case, values: Mapping[str, Any], *, is_rated: bool) -> RequestOutcome:
    """Points of an evaluation that somebody went back behind do not count any more."""
    given = values if is_rated else {}
    return RequestOutcome(
        code=_how_it_ended(case, values),
        words=_said(case, values),
        points={name: _whole(given.get(name)) for name in _POINTS} if is_rated else {},
        solved=given.get("solved"),
        comment=given.get("comment"),
    )


def _how_it_ended(case: Case, values: Mapping[str, Any]) -> str | None:
    if case.status == CaseStatus.CANCELLED:
        return "cancelled"
    ends = {"request_withdrawn": "withdrawn", "request_rejected": "rejected", "request_merged": "merged"}
    ended = next((code for id_, code in ends.items() if id_ in values.get("passed", ())), None)
    if case.closed_at is not None and (ended or case.stage == _ASIDE):
        return ended or "referred"
    return values.get("outcome")


def _said(case: Case, values: Mapping[str, Any]) -> str | None:
    """The words that go with how it ended."""
    named = {"rejected": "intake_reason", "merged": "merge_into", "referred": "department_answer"}
    code = _how_it_ended(case, values)
    key = named.get(code or "", "explain") if case.closed_at is not None else "explain"
    return values.get(key) or None


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
