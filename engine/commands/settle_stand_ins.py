from dataclasses import dataclass
from typing import ClassVar

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.recompute_clock import SystemOnly
from engine.handing_back import put_back_what_is_over
from engine.work import Work

PERIOD_OVER = "代理期满 stand-in over"


@dataclass(frozen=True, kw_only=True)
class SettleStandIns(Command[int]):
    """Put back what is still held for people whose time of absence is over; gives the number of tasks."""

    is_recorded_when_refused: ClassVar[bool] = False

    limit: int = 200

    def execute(self, work: Work) -> int:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        return put_back_what_is_over(work, reason=PERIOD_OVER, limit=self.limit)
