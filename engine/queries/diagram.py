"""The diagrams that a case runs on, and those that it ran on before, with its tokens."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.bundle import Bundle
from engine.definitions.process import Element, Process
from engine.errors import NotFound
from engine.former_versions import CaseVersions, Left, Stretch, versions_of_case
from engine.model import Case, HistoryEntry, Incident, MessageWait, ProcessInstance, SignalWait, UserTask
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
    """`kind` is task, clock, message, signal, stage, call, or step for all else; `label` names who or until when."""

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
class DiagramVersion:
    """A version that the case ran on: until when, and until which entry of its history; None: it still does."""

    version: int
    until: datetime | None
    last_entry: int | None
    process: Process


@dataclass(frozen=True)
class Moved:
    """Who moved the case away from a version, when, why, and where to."""

    at: datetime
    person: str
    person_name: str
    reason: str
    to_version: int


@dataclass(frozen=True)
class DiagramState:
    """`xml` is the diagram `key`; the marks are those of all `sheets`, whose element ids are unique.

    `done` are elements a token has left at least once and is not at now; `here` are the keys of the diagrams with a
    token in them. Of a former version they are what was passed and where the case stood when it was `moved` away.
    `versions` are those that the case ran on, in the order of time; `version` is the one that is drawn.
    """

    key: str
    xml: bytes
    sheets: tuple[DiagramSheet, ...]
    done: tuple[str, ...]
    current: tuple[TokenMark, ...]
    failed: tuple[str, ...]
    here: frozenset[str]
    versions: tuple[DiagramVersion, ...] = ()
    version: DiagramVersion | None = None
    moved: Moved | None = None


def diagram(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    catalogue: Catalogue,
    which: str | None = None,
    version: int | None = None,
    until: int | None = None,
) -> DiagramState:
    """`which` is the key of a called diagram; without it the main one. `version` is one that the case ran on, and
    `until` the last entry of its history on it, where it was there more than once.

    Raises CaseNotFound, VersionNotOfCase, DiagramUnknown.
    """
    case = readable_case(session, actor, case_id)
    versions = versions_of_case(session, catalogue, case)
    stretch = versions.chosen(version, until)
    bundle = versions.bundle(stretch)
    drawn = _as_left(bundle, stretch.left, which) if stretch.left else _as_it_stands(session, case, bundle, which)
    told = {one: _version(versions, one) for one in versions.stretches}
    moved = _moved(session, case, versions, stretch)
    return replace(drawn, versions=tuple(told.values()), version=told[stretch], moved=moved)


def _version(versions: CaseVersions, one: Stretch) -> DiagramVersion:
    until, last_entry = (one.left.at, one.left.last_entry) if one.left else (None, None)
    return DiagramVersion(one.version, until, last_entry, versions.process(one))


def _moved(session: Session, case: Case, versions: CaseVersions, stretch: Stretch) -> Moved | None:
    left = stretch.left
    if left is None:
        return None
    told = (HistoryEntry.stream == case.id, HistoryEntry.seq > left.last_entry, HistoryEntry.action == "case_migrated")
    reason = session.scalar(select(HistoryEntry.reason).where(*told).order_by(HistoryEntry.seq).limit(1))
    username, name = people_by_id(session, [left.person_id]).get(left.person_id, ("", ""))
    return Moved(left.at, username, name, reason or "", versions.at(left.last_entry + 1).version)


def _as_left(bundle: Bundle, left: Left, which: str | None) -> DiagramState:
    """A former version: nothing of it changes any more."""
    key, xml = chosen(bundle, which)
    process = bundle.process
    stood = [process.elements[id_] for id_ in left.stood if id_ in process.elements]
    marks = [TokenMark(element.id, "", _kind(element)) for element in stood]
    at = diagrams_of(process, [element.id for element in stood])
    marks += [mark for mark in call_marks(process, at) if mark.element_id not in left.stood]
    around = dict.fromkeys(process.elements[mark.element_id].stage for mark in marks)
    marks += [TokenMark(id_, "", "stage") for id_ in around if id_ and id_ not in left.stood]
    here = {mark.element_id for mark in marks}
    done = tuple(e for e in left.passed if e not in here)
    return DiagramState(key, xml, sheets(process), done, tuple(marks), (), frozenset(at | _callers(process, at)))


def _kind(element: Element) -> str:
    """What it means that a token stands there."""
    kinds = {"userTask": "task", "manualTask": "task", "callActivity": "call", "subProcess": "stage"}
    events = {"timer": "clock", "message": "message", "signal": "signal"}
    return kinds.get(element.type) or events.get(element.event or "") or "step"


def _as_it_stands(session: Session, case: Case, bundle: Bundle, which: str | None) -> DiagramState:
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
