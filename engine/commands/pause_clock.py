from dataclasses import dataclass
from datetime import date

from engine.clock_dates import pause
from engine.command import Command
from engine.commands.fire_clock import ClockNotFound, case_of_clock
from engine.model.case import must_give_reason
from engine.permissions import must_be_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class PauseClock(Command[None]):
    """Stop a deadline until a day, with a reason, as far as its rule allows."""

    clock_id: str
    reason: str
    until: date

    def execute(self, work: Work) -> None:
        folder = work.lock_case(case_of_clock(work, self.clock_id))
        must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        clock = folder.clock(self.clock_id)
        if clock is None:
            raise ClockNotFound()
        must_give_reason(self.reason)
        pause(folder, clock, until=self.until, reason=self.reason)
