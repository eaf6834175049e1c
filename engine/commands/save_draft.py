from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.command import Command
from engine.errors import Problem, Rejected
from engine.handing_in import exact_size
from engine.work import Work

MAX_DRAFT_BYTES = 1_000_000


class DraftTooLarge(Rejected):
    """A draft may hold at most one million bytes."""


@dataclass(frozen=True, kw_only=True)
class SaveDraft(Command[None]):
    """Keep answers that are not handed in yet; they may be incomplete or wrong."""

    is_recorded_when_refused: ClassVar[bool] = False

    task_id: str
    answers: Mapping[str, Any]

    def execute(self, work: Work) -> None:
        _, task = work.lock_task(self.task_id)
        if exact_size(self.answers) > MAX_DRAFT_BYTES:
            raise DraftTooLarge(problems=[Problem(path="answers", code="too_large")])
        task.save_draft(answers=dict(self.answers), by=work.actor, at=work.now)
