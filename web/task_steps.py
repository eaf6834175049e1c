"""Open tasks by the step of the diagram they belong to: thirty opinions asked for at once are one line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.queries.rows import TaskRow

MANY = 5
_NUMBER = re.compile(r"(\d{1,9})")


@dataclass(frozen=True)
class Step:
    tasks: tuple[TaskRow, ...]

    @property
    def is_many(self) -> bool:
        return len(self.tasks) >= MANY

    @property
    def first(self) -> TaskRow:
        return self.tasks[0]

    @property
    def first_due(self) -> TaskRow:
        dated = [task for task in self.tasks if task.due_at]
        return min(dated, key=lambda task: (task.due_at, task.id)) if dated else self.first

    @property
    def taken(self) -> int:
        return sum(task.assignee is not None for task in self.tasks)


def by_step(tasks: Iterable[TaskRow]) -> tuple[Step, ...]:
    """In the order in which the first task of each step came."""
    found: dict[str, list[TaskRow]] = {}
    for task in tasks:
        found.setdefault(task.element_id, []).append(task)
    return tuple(Step(tuple(sorted(step, key=_in_order))) for step in found.values())


def _in_order(task: TaskRow) -> tuple[object, list[tuple[int, str]]]:
    """Those of one moment by name, the tenth after the ninth."""
    parts = _NUMBER.split(task.name)
    return task.created_at, [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
