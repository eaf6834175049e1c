"""The diagrams that a case runs on, with its tokens."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.bundle import Bundle
from engine.definitions.process import Element, Process
from engine.errors import NotFound
from engine.model import Case, Incident, MessageWait, ProcessInstance, SignalWait, UserTask
from engine.model.clock import Clock, ClockState
from engine.model.incident import IncidentState
from engine.model.user_task import TaskState
from engine.queries.looking_up import people_by_id
from engine.queries.seeing import readable_case

_WAITS_IN_PLACE = {"intermediateCatchEvent", "receiveTask"}


class DiagramUnknown(NotFound):
    """The process has no diagram of this name."""


@dataclass(frozen=True)
class TokenMark:
    """`kind` is task, clock, message, signal, stage or call; `label` names who or until when."""

    element_id: str
    label: str
    kind: str


@dataclass(frozen=True)
class DiagramSheet:
    """One of the diagrams of a process. `calls` maps its call activities to the keys of the diagrams they call."""

    key: str
    name: str
    name_en: str
    calls: Mapping[str, str]


@dataclass(frozen=True)
class DiagramState:
    """`xml` is the diagram `key`; the marks are those of all `sheets`, whose element ids are unique.

    `done` are elements a token has left at least once and is not at now; `here` are the keys of the diagrams with a
    token in them.
    """

    key: str
    xml: bytes
    sheets: tuple[DiagramSheet, ...]
    done: tuple[str, ...]
    current: tuple[TokenMark, ...]
    failed: tuple[str, ...]
    here: frozenset[str]


def diagram(
    session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue, which: str | None = None
) -> DiagramState:
    """`which` is the key of a called diagram; without it the main one. Raises CaseNotFound, DiagramUnknown."""
    case = readable_case(session, actor, case_id)
    bundle = catalogue.bundle(session, case.deployment_id)
    key, xml = chosen(bundle, which)
    process = bundle.process
    marks = [*_task_marks(session, case), *_clock_marks(session, case), *_event_marks(session, case, process)]
    open_ones = (Incident.case_id == case.id, Incident.state == IncidentState.OPEN)
    failed = tuple(session.scalars(select(Incident.element_id).where(*open_ones)))
    at = diagrams_of(process, {m.element_id for m in marks} | set(failed))
    marks += [*call_marks(process, at), *_stage_marks(case)]
    here = {m.element_id for m in marks} | set(failed)
    passed = session.scalars(select(ProcessInstance.passed).where(ProcessInstance.case_id == case.id)).one()
    done = tuple(e for e in passed if e not in here)
    return DiagramState(key, xml, sheets(process), done, tuple(marks), failed, frozenset(at | _callers(process, at)))


def chosen(bundle: Bundle, which: str | None) -> tuple[str, bytes]:
    """Key and XML of one diagram. Raises DiagramUnknown."""
    key = which or bundle.process_key
    if key not in bundle.diagrams:
        raise DiagramUnknown(diagram=key)
    return key, bundle.diagrams[key]


def sheets(process: Process) -> tuple[DiagramSheet, ...]:
    """The main diagram first, then the called ones in the order in which they are called."""
    return tuple(_sheet(one) for one in _in_order(process))


def _sheet(process: Process) -> DiagramSheet:
    """A process knows the elements of those it calls: their calls are not its own."""
    foreign = {e for called in process.called.values() for e in called.elements}
    calls = {element.id: key for element, key in _calls(process) if element.id not in foreign}
    return DiagramSheet(process.key, process.name, process.name_en or process.name, calls)


def _in_order(process: Process) -> Iterator[Process]:
    found, left = {process.key}, [process]
    while left:
        current = left.pop(0)
        yield current
        for key in _sheet(current).calls.values():
            if key in process.called and key not in found:
                found.add(key)
                left.append(process.called[key])


def diagrams_of(process: Process, element_ids: Iterable[str]) -> set[str]:
    """The keys of the diagrams in which these elements are drawn."""
    return {_diagram_of(process, element_id) for element_id in element_ids}


def _diagram_of(process: Process, element_id: str) -> str:
    return next((key for key, called in process.called.items() if element_id in called.elements), process.key)


def _calls(process: Process) -> list[tuple[Element, str]]:
    """Every call activity of every diagram with the key it calls."""
    return [(element, element.called.process) for element in process.each("callActivity") if element.called]


def _callers(process: Process, keys: Iterable[str]) -> set[str]:
    """The diagrams that call one of these, directly or through others."""
    found: set[str] = set()
    left = set(keys)
    while left:
        left = {_diagram_of(process, e.id) for e, key in _calls(process) if key in left} - found
        found |= left
    return found


def call_marks(process: Process, keys: set[str]) -> list[TokenMark]:
    """A call activity is a place of the case while something waits in the diagram it calls."""
    inside = keys | _callers(process, keys)
    return [TokenMark(element.id, "", "call") for element, key in _calls(process) if key in inside]


def _task_marks(session: Session, case: Case) -> list[TokenMark]:
    query = select(UserTask).where(UserTask.case_id == case.id, UserTask.state.in_((TaskState.OPEN, TaskState.CLAIMED)))
    tasks = session.scalars(
        query.where(UserTask.discretionary.is_(False), UserTask.principal_id.is_(None)).order_by(UserTask.created_at)
    ).all()
    people = people_by_id(session, [t.assignee_id for t in tasks])
    return [TokenMark(t.element_id, people.get(t.assignee_id or "", ("", ""))[1], "task") for t in tasks]


def _clock_marks(session: Session, case: Case) -> list[TokenMark]:
    live = (ClockState.RUNNING, ClockState.PAUSED)
    query = select(Clock).where(Clock.case_id == case.id, Clock.state.in_(live), Clock.step_id.is_not(None))
    return [TokenMark(c.element_id, c.due_on.isoformat(), "clock") for c in session.scalars(query)]


def _event_marks(session: Session, case: Case, process: Process) -> list[TokenMark]:
    """What only listens beside the way, at an edge or for a whole part, is no place where the case stands."""
    waits = [("message", MessageWait), ("signal", SignalWait)]
    found = [(kind, e) for kind, wait in waits for e in session.scalars(_waiting(wait, case))]
    stands = {id_ for id_, element in process.elements.items() if element.type in _WAITS_IN_PLACE}
    return [TokenMark(id_, "", kind) for kind, id_ in dict.fromkeys(found) if id_ in stands]


def _waiting(wait: type[MessageWait] | type[SignalWait], case: Case):  # type: ignore[no-untyped-def]
    return select(wait.element_id).where(wait.case_id == case.id)


def _stage_marks(case: Case) -> list[TokenMark]:
    return [TokenMark(case.stage, "", "stage")] if case.stage and case.closed_at is None else []
