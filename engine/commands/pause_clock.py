from dataclasses import dataclass
from datetime import date

from engine.command import Command
from engine.commands.fire_clock import ClockNotFound, case_of_clock
from engine.errors import Problem, Rejected
from engine.model.case import must_give_reason
from engine.permissions import must_be_in_charge
from engine.work import Work


class ClockNotPausable(Rejected):
    """The rule of this clock does not allow a pause."""


class PauseTooLong(Rejected):
    """The pauses of this clock would be longer in total than its rule allows."""


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
        rule = folder.bundle.rules.clock(clock.rule) if clock.rule else None
        if rule is None or not rule.pausable:
            raise ClockNotPausable(rule=clock.rule)
        days = (self.until - work.today).days
        cap = rule.max_pause_days
        if days < 1 or (cap is not None and clock.paused_days + days > cap):
            raise PauseTooLong(problems=[Problem(path="until", code="pause_too_long", params={"max": cap})])
        clock.pause(on=work.today, until=self.until, reason=self.reason)
        folder.record(
            "clock_paused",
            element_id=clock.element_id,
            reason=self.reason,
            details={"clock": clock.id, "until": self.until.isoformat()},
        )
