from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.model import Batch, BatchRow
from engine.model.batch import BatchNotFound, BatchState, RowOutcome
from engine.work import Work


@dataclass(frozen=True)
class RowResult:
    """`code` says why a row was refused; `facts` are what an export keeps."""

    position: int
    code: str | None = None
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class NoteBatchRows(Command[None]):
    """Note what became of rows of a batch; the last one ends it."""

    is_recorded_when_refused: ClassVar[bool] = False

    batch_id: str
    results: tuple[RowResult, ...]

    def execute(self, work: Work) -> None:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        batch = work.session.get(Batch, self.batch_id, with_for_update=True)
        if batch is None:
            raise BatchNotFound()
        for result in self.results:
            _note(work, batch, result)
        if batch.state == BatchState.RUNNING and batch.done + batch.refused == batch.total:
            batch.end(BatchState.DONE, at=work.now)
            work.record("batch_ended", details={"batch": batch.id, "done": batch.done, "refused": batch.refused})


def _note(work: Work, batch: Batch, result: RowResult) -> None:
    """Once: two workers may have done the same row, of which one found it done."""
    row = work.session.get_one(BatchRow, (batch.id, result.position))
    if row.outcome != RowOutcome.WAITING:
        return
    row.code, row.facts, row.at = result.code, dict(result.facts) if result.facts else None, work.now
    row.outcome = RowOutcome.REFUSED if result.code else RowOutcome.DONE
    batch.done, batch.refused = batch.done + (not result.code), batch.refused + bool(result.code)
