"""Where the running cases of a process stand: how many on which step, by version; for those who want to change it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, distinct, func, select, union_all
from sqlalchemy.orm import Session

from engine.definitions.process import Element, Process
from engine.model import Case, Clock, Deployment, Incident, MessageWait, SignalWait, UserTask
from engine.model.clock import ClockState
from engine.model.incident import IncidentState
from engine.model.user_task import TaskState


class Fate(StrEnum):
    """What a new version means for cases that stand on a step."""

    CLEAN = "clean"
    CHANGED = "changed"
    CHOICE = "choice"


@dataclass(frozen=True)
class StepEffect:
    """`cases` stand on this step; `fate` is what would become of them if they were moved to the new version."""

    element_id: str
    name: str
    name_en: str
    cases: int
    fate: Fate


@dataclass(frozen=True)
class VersionCases:
    version: int
    cases: int


@dataclass(frozen=True)
class Effect:
    """`choices` cases stand on a step that is gone or of another kind; running cases stay on their version until
    somebody moves them.
    """

    cases: int
    choices: int
    versions: tuple[VersionCases, ...]
    steps: tuple[StepEffect, ...]


def effect_on_cases(session: Session, process: str, *, before: Process, after: Process) -> Effect:
    """What `after` would mean for the cases of `process`, which run as `before` and older versions say."""
    versions = _versions(session, process)
    counted = _standing(session, process)
    steps = [_step(id_, cases, before=before, after=after) for id_, cases in counted.items() if _stands(before, id_)]
    gone = [step.element_id for step in steps if step.fate is Fate.CHOICE]
    worst = {fate: place for place, fate in enumerate((Fate.CHOICE, Fate.CHANGED, Fate.CLEAN))}
    return Effect(
        cases=sum(one.cases for one in versions),
        choices=_cases_at(session, process, gone),
        versions=versions,
        steps=tuple(sorted(steps, key=lambda step: (worst[step.fate], -step.cases, step.element_id))),
    )


def _stands(process: Process, id_: str) -> bool:
    """What hangs at the edge of a step or listens for a whole part is no place where a case stands."""
    element = process.elements.get(id_)
    return element is None or element.type not in ("boundaryEvent", "startEvent")


def _step(id_: str, cases: int, *, before: Process, after: Process) -> StepEffect:
    old, new = before.elements.get(id_), after.elements.get(id_)
    known = new or old
    name = known.name if known else id_
    name_en = (known.name_en if known else "") or name
    return StepEffect(id_, name or id_, name_en or id_, cases, _fate(old, new))


def _fate(old: Element | None, new: Element | None) -> Fate:
    if new is None or (old is not None and old.type != new.type):
        return Fate.CHOICE
    return Fate.CLEAN if old is not None and _runs_alike(old, new) else Fate.CHANGED


def _runs_alike(old: Element, new: Element) -> bool:
    return {**vars(old), "line": None} == {**vars(new), "line": None}


def _versions(session: Session, process: str) -> tuple[VersionCases, ...]:
    query = (
        select(Deployment.version, func.count())
        .join(Case, Case.deployment_id == Deployment.id)
        .where(Case.process == process, Case.closed_at.is_(None))
        .group_by(Deployment.version)
        .order_by(Deployment.version.desc())
    )
    return tuple(VersionCases(*row) for row in session.execute(query))


def _standing(session: Session, process: str) -> Mapping[str, int]:
    waits = _waits(process).subquery()
    query = select(waits.c.element_id, func.count(distinct(waits.c.case_id))).group_by(waits.c.element_id)
    return dict(session.execute(query).all())


def _cases_at(session: Session, process: str, element_ids: Collection[str]) -> int:
    if not element_ids:
        return 0
    waits = _waits(process).subquery()
    query = select(func.count(distinct(waits.c.case_id))).where(waits.c.element_id.in_(element_ids))
    return session.scalar(query) or 0


def _waits(process: str) -> Any:
    """(case, step) of everything that holds a token: tasks, timers, messages, signals, failed steps."""
    live, open_tasks = (ClockState.RUNNING, ClockState.PAUSED), (TaskState.OPEN, TaskState.CLAIMED)
    tasks = _of(UserTask, process).where(
        UserTask.state.in_(open_tasks), UserTask.discretionary.is_(False), UserTask.principal_id.is_(None)
    )
    clocks = _of(Clock, process).where(Clock.state.in_(live), Clock.step_id.is_not(None))
    failed = _of(Incident, process).where(Incident.state == IncidentState.OPEN)
    return union_all(tasks, clocks, failed, _of(MessageWait, process), _of(SignalWait, process))


def _of(wait: Any, process: str) -> Select[Any]:
    live = (Case.process == process, Case.closed_at.is_(None))
    return select(wait.case_id, wait.element_id).join(Case, Case.id == wait.case_id).where(*live)
