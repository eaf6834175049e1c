"""Working days, dated rule values and legal deadlines: pure arithmetic, no clock, no database."""

from engine.calendar.clock_rule import ClockRule, FormerLimits, Limit, Mark, Unit
from engine.calendar.deadline import TIME_ZONE, Deadline, compute_deadline
from engine.calendar.rules import Description, NotYetInForce, RuleFileInvalid, RulePack, UnknownClock, UnknownSetting
from engine.calendar.seed import seed_days, seed_years
from engine.calendar.work_calendar import CalendarDay, DayKind, WorkCalendar

__all__ = [
    "TIME_ZONE",
    "CalendarDay",
    "ClockRule",
    "DayKind",
    "Deadline",
    "Description",
    "FormerLimits",
    "Limit",
    "Mark",
    "NotYetInForce",
    "RuleFileInvalid",
    "RulePack",
    "Unit",
    "UnknownClock",
    "UnknownSetting",
    "WorkCalendar",
    "compute_deadline",
    "seed_days",
    "seed_years",
]
