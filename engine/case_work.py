"""One locked case while a command works on it: its rows, read once, and the words its expressions may use."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from engine.calendar.rules import RulePack
from engine.context import CaseWords
from engine.definitions.bundle import Bundle
from engine.model import Case, Clock, Organisation, ProcessInstance, UserTask
from engine.model.case import CaseStatus
from engine.model.clock import ClockState
from engine.model.user_task import TaskState
from engine.spiff.locals import Locals
from engine.spiff.trail import CASE, Trail

if TYPE_CHECKING:
    from engine.work import Work

# Built once: putting a statement together costs more than running it on SQLite.
_OPEN_TASKS = select(UserTask).where(
    UserTask.case_id == bindparam("case_id"), UserTask.state.in_((TaskState.OPEN, TaskState.CLAIMED))
)
_LIVE_CLOCKS = select(Clock).where(
    Clock.case_id == bindparam("case_id"), Clock.state.in_((ClockState.RUNNING, ClockState.PAUSED))
)


@dataclass
class CaseWork:
    work: Work
    case: Case
    instance: ProcessInstance
    _here: Locals = field(default_factory=Locals)
    trail: Trail = field(default_factory=Trail)
    # Clocks that go on instead of being started again, by the step that they belong to.
    continuing: dict[str, Clock] = field(default_factory=dict)

    @cached_property
    def bundle(self) -> Bundle:
        return self.work.catalogue.bundle(self.work.session, self.instance.deployment_id)

    @cached_property
    def rules(self) -> RulePack:
        """The numbers of the law as they were when the case began, unless it was moved to new ones."""
        return self.work.catalogue.rules(self.work.session, self.instance)

    def pin(self, deployment_id: str) -> None:
        """From now on it runs as this version says."""
        self.instance.deployment_id = self.case.deployment_id = deployment_id
        self.__dict__.pop("bundle", None)
        self.__dict__.pop("rules", None)

    @cached_property
    def tasks(self) -> list[UserTask]:
        """The open tasks of the case."""
        return list(self.work.session.scalars(_OPEN_TASKS, {"case_id": self.case.id}))

    @cached_property
    def clocks(self) -> list[Clock]:
        """The clocks that run or are paused."""
        return list(self.work.session.scalars(_LIVE_CLOCKS, {"case_id": self.case.id}))

    @cached_property
    def enterprise(self) -> Organisation | None:
        if self.case.enterprise_id is None:
            return None
        return self.work.session.get(Organisation, self.case.enterprise_id)

    def task(self, task_id: str) -> UserTask | None:
        """An open task of this case, or one that ended, or nothing."""
        open_one = next((t for t in self.tasks if t.id == task_id), None)
        if open_one is not None:
            return open_one
        ended = self.work.session.get(UserTask, task_id)
        return ended if ended is not None and ended.case_id == self.case.id else None

    def clock(self, clock_id: str) -> Clock | None:
        return next((c for c in self.clocks if c.id == clock_id), None)

    def due_clocks(self) -> tuple[Clock, ...]:
        """Clocks that have run out, the earliest first; those of a case that stands still wait with it."""
        if self.case.status != CaseStatus.RUNNING:
            return ()
        due = [c for c in self.clocks if c.state == ClockState.RUNNING and c.due_at <= self.work.now]
        return tuple(sorted(due, key=lambda c: (c.due_at, c.id)))

    @contextmanager
    def at(self, words: Locals) -> Iterator[None]:
        """Work at a place in the process that has local variables: they are read first and written instead."""
        outer, self._here = self._here, words
        try:
            yield
        finally:
            self._here = outer

    @property
    def words(self) -> CaseWords:
        """What a FEEL expression of this case may name."""
        return self.words_with({})

    def words_with(self, extra: Mapping[str, Callable[[], Any]]) -> CaseWords:
        """The same and more, which is computed only when it is asked for."""
        return CaseWords(
            variables=seen_variables(self._here, self.instance.variables),
            case=self.case,
            enterprise=lambda: self.enterprise,
            rules=self.rules,
            calendar=lambda: self.work.catalogue.calendar(self.work.session),
            now=self.work.now,
            extra=extra,
        )

    def remember(self, values: Mapping[str, Any]) -> None:
        """Set variables: local ones where there are such, else those of the case.

        The case gets a new dict, so that the change is seen and older copies stay as they were.
        """
        if not self._here.write(values):
            self.trail.wrote(CASE, values, self.instance.variables)
            self.instance.variables = {**self.instance.variables, **values}

    def shadow(self, variables: Mapping[str, Any]) -> CaseWork:
        """The same case with other variables, to try something out; nothing of it is kept."""
        instance = ProcessInstance(
            id=self.instance.id,
            case_id=self.case.id,
            deployment_id=self.instance.deployment_id,
            process=self.instance.process,
            rules_id=self.instance.rules_id,
            state=self.instance.state,
            variables=dict(variables),
        )
        return CaseWork(work=self.work, case=self.case, instance=instance)

    def record(self, action: str, **facts: Any) -> None:
        self.work.record(action, case=self.case, **facts)

    def party_ids(self, role: str) -> Iterator[str]:
        yield from (self.case.parties.get(role) or {}).values()


def seen_variables(words: Locals, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Local variables before those of the case; inside a sealed call only the local ones."""
    if not words.sees_case:
        return words
    return ChainMap(words, variables) if words else variables  # type: ignore[arg-type]
