from dataclasses import dataclass
from typing import ClassVar

from engine.clock_dates import next_reminder
from engine.command import Command
from engine.commands.fire_clock import case_of_clock
from engine.model.clock import ClockNotRunning, ClockState
from engine.work import Work


@dataclass(frozen=True, kw_only=True)
class RemindClock(Command[None]):
    """Tell the people concerned that a deadline comes near; missed reminders are made up for once, not one by one."""

    is_recorded_when_refused: ClassVar[bool] = False

    clock_id: str

    def execute(self, work: Work) -> None:
        folder = work.lock_case(case_of_clock(work, self.clock_id), clocks_first=False)
        clock = folder.clock(self.clock_id)
        if clock is None or clock.state != ClockState.RUNNING:
            raise ClockNotRunning()
        next_reminder(clock, after=work.today)
        facts = {"clock": clock.id, "due_on": clock.due_on.isoformat()}
        folder.record("clock_reminded", element_id=clock.element_id, task_id=clock.task_id, details=facts)
        key = f"clock_reminder:{clock.id}:{work.today.isoformat()}"
        work.enqueue("notify_clock", {"clock_id": clock.id, "kind": "clock_reminder"}, dedupe=key)
