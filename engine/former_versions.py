"""The versions of its process that a case ran on: the past is told by the one in which it happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from engine.catalogue import Catalogue
from engine.definitions.bundle import Bundle
from engine.definitions.process import Element, Process, Stage
from engine.errors import NotFound
from engine.model import Case, CaseMigration, Deployment, HistoryEntry, UserTask
from engine.model.user_task import TaskState

_FORMER, _NOW = aliased(Deployment), aliased(Deployment)
OPEN = (TaskState.OPEN, TaskState.CLAIMED)
_ENDS = ("task_completed", "task_signed", "task_cancelled")


class VersionNotOfCase(NotFound):
    """The case never ran on this version of its process."""


@dataclass(frozen=True)
class Left:
    """How a case left a version: how far it was, and the last entry of its history that this version wrote."""

    at: datetime
    person_id: str
    last_entry: int
    passed: tuple[str, ...]
    stood: tuple[str, ...]

    @classmethod
    def of(cls, move: CaseMigration) -> Self:
        return cls(move.at, move.person_id, move.last_entry, tuple(move.passed), tuple(move.stood))


@dataclass(frozen=True)
class Stretch:
    """The time of a case on one version; `left` is None for the one on which it runs."""

    version: int
    deployment_id: str
    left: Left | None = None


@dataclass(frozen=True)
class CaseVersions:
    """`stretches` are in the order of time; the last one is the version on which the case runs."""

    session: Session
    catalogue: Catalogue
    stretches: tuple[Stretch, ...]

    @property
    def now(self) -> Stretch:
        return self.stretches[-1]

    @property
    def is_moved(self) -> bool:
        return len(self.stretches) > 1

    def at(self, seq: int) -> Stretch:
        """On which version the case was when this entry of its history was written."""
        return next(s for s in self.stretches if s.left is None or seq <= s.left.last_entry)

    def chosen(self, version: int | None, until: int | None = None) -> Stretch:
        """The latest stretch on a version, or the one that ended with the entry `until`. Raises VersionNotOfCase."""
        if version is None:
            return self.now
        found = [s for s in self.stretches if s.version == version]
        found = [s for s in found if s.left and s.left.last_entry == until] if until is not None else found
        if not found:
            raise VersionNotOfCase(version=version)
        return found[-1]

    def bundle(self, stretch: Stretch) -> Bundle:
        return self.catalogue.bundle(self.session, stretch.deployment_id)

    def process(self, stretch: Stretch) -> Process:
        return self.bundle(stretch).process

    def bundles(self, seq: int | None = None) -> Iterator[Bundle]:
        """First that of an entry of the history, without one today's; then those before it, then those after it."""
        first = self.stretches.index(self.now if seq is None else self.at(seq))
        in_order = (*self.stretches[first::-1], *self.stretches[first + 1 :])
        return (self.bundle(stretch) for stretch in in_order)

    def bundle_with(self, element_id: str | None, seq: int | None = None) -> Bundle:
        """That in which a step is found to which an entry belongs; what ended with an old one is in that one only."""
        bundles = list(self.bundles(seq)) if self.is_moved else [self.bundle(self.now)]
        return next((b for b in bundles if element_id in b.process.elements), bundles[0])

    def element(self, element_id: str | None, seq: int | None = None) -> Element | None:
        return self.bundle_with(element_id, seq).process.elements.get(element_id or "")


def versions_of_case(session: Session, catalogue: Catalogue, case: Case) -> CaseVersions:
    """One statement, whether or not the case was ever moved."""
    query = select(_NOW.version, _FORMER.version, CaseMigration).select_from(_NOW)
    query = query.outerjoin(CaseMigration, CaseMigration.case_id == case.id)
    query = query.outerjoin(_FORMER, _FORMER.id == CaseMigration.from_id).where(_NOW.id == case.deployment_id)
    rows = session.execute(query.order_by(CaseMigration.last_entry)).all()
    former = [Stretch(version, move.from_id, Left.of(move)) for _, version, move in rows if move is not None]
    return CaseVersions(session, catalogue, (*former, Stretch(rows[0][0], case.deployment_id)))


@dataclass(frozen=True)
class KnownBundles:
    """Those that a case ran on, today's first; the former ones are looked for only when somebody wants more."""

    session: Session
    catalogue: Catalogue
    case: Case

    def __iter__(self) -> Iterator[Bundle]:
        yield self.catalogue.bundle(self.session, self.case.deployment_id)
        yield from self._former

    @cached_property
    def _former(self) -> tuple[Bundle, ...]:
        return tuple(versions_of_case(self.session, self.catalogue, self.case).bundles())[1:]


def stage_around(process: Process, element: Element | None) -> Stage | None:
    return next((s for s in process.stages if s.id == element.stage), None) if element and element.stage else None


def process_with(session: Session, catalogue: Catalogue, case: Case, element_id: str) -> Process:
    """The process of today, unless the step is in a former version only."""
    now = catalogue.bundle(session, case.deployment_id).process
    if element_id in now.elements:
        return now
    return versions_of_case(session, catalogue, case).bundle_with(element_id).process


def bundle_of_task(session: Session, catalogue: Catalogue, task: UserTask, case: Case) -> Bundle:
    """What an open task is, the version of today says; what a task was, that in which it ended."""
    now = catalogue.bundle(session, case.deployment_id)
    if task.state in OPEN:
        return now
    versions = versions_of_case(session, catalogue, case)
    if not versions.is_moved:
        return now
    ended = (HistoryEntry.stream == case.id, HistoryEntry.task_id == task.id, HistoryEntry.action.in_(_ENDS))
    return versions.bundle_with(task.element_id, session.scalar(select(func.min(HistoryEntry.seq)).where(*ended)))


def processes_of_tasks(
    session: Session, catalogue: Catalogue, rows: Sequence[tuple[UserTask, Case]]
) -> Mapping[str, Process]:
    """By task. Nothing more is asked while the cases still have the steps of their tasks as they were called."""
    found = {task.id: catalogue.bundle(session, case.deployment_id).process for task, case in rows}
    gone = [task for task, _ in rows if task.state not in OPEN and not _is_of(found[task.id], task)]
    if gone:
        query = select(CaseMigration.case_id, CaseMigration.from_id).order_by(CaseMigration.last_entry.desc())
        moves = session.execute(query.where(CaseMigration.case_id.in_({task.case_id for task in gone}))).all()
        for task in gone:
            former = (catalogue.bundle(session, id_).process for case_id, id_ in moves if case_id == task.case_id)
            found[task.id] = next((process for process in former if _is_of(process, task)), found[task.id])
    return found


def _is_of(process: Process, task: UserTask) -> bool:
    """Whether a task can have come from this version; one of many has its label behind the name of the step."""
    element = process.elements.get(task.element_id)
    if element is None or (task.stage is not None and all(stage.id != task.stage for stage in process.stages)):
        return False
    return task.name == element.name or task.name.startswith(f"{element.name}（")
