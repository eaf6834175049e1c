from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert

from engine.command import Command
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.release_task import ReleaseTask
from engine.commands.set_follow_up import SetFollowUp, day_of
from engine.commands.urge_task import UrgeTask
from engine.errors import Problem, Rejected
from engine.model import Batch, BatchRow
from engine.model.base_model import new_id
from engine.model.batch import BatchState, RowOutcome
from engine.model.case import must_give_reason
from engine.work import Work

EXPORT = "export"
MOST_ROWS = 500
MOST_EXPORTED = 10_000


class BatchWrong(Rejected):
    """A batch is one known order for 1 to 500 tasks (an export for 10,000), with all that the order asks for."""


@dataclass(frozen=True, kw_only=True)
class BatchOrder:
    """What is to be done with every row; `args` are `assignee`, or `on` for a day."""

    order: str
    reason: str
    args: Mapping[str, str] = field(default_factory=dict)

    def command(self, task_id: str) -> Command[Any]:
        """The command for one row. Raises DayUnreadable, and KeyError for an export, which changes nothing."""
        return _COMMANDS[self.order](self, task_id)


_COMMANDS: Mapping[str, Callable[[BatchOrder, str], Command[Any]]] = {
    "claim": lambda _batch, task_id: ClaimTask(task_id=task_id),
    "release": lambda _batch, task_id: ReleaseTask(task_id=task_id),
    "assign": lambda batch, task_id: AssignTask(
        task_id=task_id, assignee=batch.args.get("assignee", ""), reason=batch.reason
    ),
    "urge": lambda batch, task_id: UrgeTask(task_id=task_id, note=batch.reason),
    "follow_up": lambda batch, task_id: SetFollowUp(task_id=task_id, on=day_of(batch.args.get("on", ""))),
}
ORDERS = (*_COMMANDS, EXPORT)


@dataclass(frozen=True, kw_only=True)
class StartBatch(Command[str]):
    """Give one order for many tasks, with a reason; it is carried out in the background, row by row. Gives its id."""

    order: BatchOrder
    task_ids: tuple[str, ...]

    def execute(self, work: Work) -> str:
        self._must_be_right()
        must_give_reason(self.order.reason)
        batch = Batch(
            id=new_id(),
            person_id=work.actor.person_id,
            order=self.order.order,
            args=dict(self.order.args),
            reason=self.order.reason.strip(),
            state=BatchState.RUNNING,
            total=len(self._ids),
            created_at=work.now,
        )
        work.session.add(batch)
        work.session.flush()
        rows = [{"position": n, "task_id": id_} for n, id_ in enumerate(self._ids)]
        shared = {"batch_id": batch.id, "outcome": RowOutcome.WAITING}
        work.session.execute(insert(BatchRow), [{**shared, **row} for row in rows])
        facts = {"batch": batch.id, "order": batch.order, "rows": batch.total, **self.order.args}
        work.record("batch_started", reason=batch.reason, details=facts)
        work.enqueue("batch", {"batch_id": batch.id}, dedupe=f"batch:{batch.id}:0")
        return batch.id

    @property
    def _ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.task_ids))

    def _must_be_right(self) -> None:
        order, problems = self.order, []
        if order.order not in ORDERS:
            problems.append(Problem(path="order", code="not_an_option"))
        most = MOST_EXPORTED if order.order == EXPORT else MOST_ROWS
        if not self._ids:
            problems.append(Problem(path="task", code="required"))
        elif len(self._ids) > most or any(len(id_) > 32 for id_ in self._ids):
            problems.append(Problem(path="task", code="too_many_items", params={"limit": most}))
        if order.order == "assign" and not order.args.get("assignee"):
            problems.append(Problem(path="assignee", code="required"))
        if problems:
            raise BatchWrong(problems=problems)
        if order.order == "follow_up":
            day_of(order.args.get("on", ""))
