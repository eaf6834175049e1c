from dataclasses import dataclass
from typing import ClassVar

from engine.actor import SYSTEM
from engine.clock_dates import recompute
from engine.command import Command
from engine.commands.fire_clock import case_of_clock
from engine.errors import NotAllowed
from engine.work import Work


class SystemOnly(NotAllowed):
    """Only the system itself does this."""


@dataclass(frozen=True, kw_only=True)
class RecomputeClock(Command[None]):
    """Compute a deadline anew after the calendar has changed."""

    is_recorded_when_refused: ClassVar[bool] = False

    clock_id: str

    def execute(self, work: Work) -> None:
        if work.actor is not SYSTEM:
            raise SystemOnly()
        work.catalogue.forget_calendar()  # what this process remembers may be older than the change
        folder = work.lock_case(case_of_clock(work, self.clock_id), clocks_first=False)
        clock = folder.clock(self.clock_id)
        if clock is not None:
            recompute(folder, clock)
