from dataclasses import dataclass

from engine.clockwork import recompute
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
        clock.resume(on=min(work.today, clock.paused_until or work.today))
        folder.record("clock_resumed", element_id=clock.element_id, details={"clock": clock.id})
        recompute(folder, clock)
