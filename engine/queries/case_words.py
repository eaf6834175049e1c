"""What the expressions of a case may name when somebody only looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from engine.case_work import seen_variables
from engine.context import CaseWords
from engine.definitions.bundle import Bundle
from engine.model import Case, Organisation, ProcessInstance, UserTask
from engine.model.user_task import TaskState
from engine.queries.place import Place
from engine.spiff.token_state import locals_at


@dataclass(frozen=True)
class CaseReading:
    """A case as it is read; each part of it once, and only when an expression asks for it."""

    place: Place
    case: Case

    @cached_property
    def bundle(self) -> Bundle:
        return self.place.catalogue.bundle(self.place.session, self.case.deployment_id)

    @cached_property
    def enterprise(self) -> Organisation | None:
        return self.place.session.get(Organisation, self.case.enterprise_id) if self.case.enterprise_id else None

    def words(self, task: UserTask) -> CaseWords:
        """At the place where a task waits."""
        return CaseWords(
            variables=self._variables(task),
            case=self.case,
            enterprise=lambda: self.enterprise,
            rules=self.place.catalogue.rules(self.place.session, self._instance),
            calendar=lambda: self.place.catalogue.calendar(self.place.session),
            now=self.place.now,
        )

    @cached_property
    def _instance(self) -> ProcessInstance:
        query = select(ProcessInstance).where(ProcessInstance.case_id == self.case.id)
        return self.place.session.scalars(query).one()

    def _variables(self, task: UserTask) -> Mapping[str, Any]:
        """Those of the case, and before them the local ones of an open task."""
        variables = self._instance.variables
        if not self.bundle.process.has_local_variables or task.state not in (TaskState.OPEN, TaskState.CLAIMED):
            return variables
        return seen_variables(locals_at(self._instance.state, task.step_id), variables)
