from dataclasses import dataclass

from engine.command import Command
from engine.model import Batch
from engine.model.batch import BatchNotFound, BatchState
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class CancelBatch(Command[None]):
    """Stop a batch of yours: what is done stays done, the rows that still wait are left alone."""

    batch_id: str

    def execute(self, work: Work) -> None:
        batch = work.session.get(Batch, self.batch_id, with_for_update=True)
        if batch is None or batch.person_id != work.actor.person_id:
            raise BatchNotFound()
        batch.end(BatchState.CANCELLED, at=work.now)
        work.record("batch_cancelled", details={"batch": batch.id, "done": batch.done, "refused": batch.refused})
