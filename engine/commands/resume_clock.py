from dataclasses import dataclass

from engine.clock_dates import resume
from engine.command import Command
from engine.commands.fire_clock import ClockNotFound, case_of_clock
from engine.permissions import must_be_in_charge
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class ResumeClock(Command[None]):
    """Let a paused deadline run on; it ends as many days later as it stood still."""

    clock_id: str

    def execute(self, work: Work) -> None:
        folder = work.lock_case(case_of_clock(work, self.clock_id))
        must_be_in_charge(work.actor, folder.bundle.process.oversight_groups, town=folder.case.town)
        clock = folder.clock(self.clock_id)
        if clock is None:
            raise ClockNotFound()
        resume(folder, clock)
