"""From a rule and a start day to the day something is due, counted as Civil Code 201 to 203 count."""

import calendar as month_lengths
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.calendar import formula
from engine.calendar.clock_rule import ClockRule, Limit, Unit, joined_articles
from engine.calendar.work_calendar import WorkCalendar

TIME_ZONE = ZoneInfo("Asia/Shanghai")
_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Deadline:
    """`candidates` are all dates that were compared; `reminders` the days on which to remind, before `due_on`.

    `provisional` means that the result may change when a year's holiday plan is announced.
    """

    due_on: date
    due_at: datetime
    formula: str
    formula_en: str
    article: str | None
    provisional: bool
    candidates: tuple[tuple[str, date], ...]
    reminders: tuple[date, ...]


@dataclass(frozen=True)
class _Candidate:
    limit: Limit
    counted_on: date
    due_on: date
    provisional: bool


def compute_deadline(
    rule: ClockRule, start: date, calendar: WorkCalendar, paused_days: int = 0, *, extended_by: int | None = None
) -> Deadline:
    """When the clock that starts on `start` is due; a rule that counts hours wants a moment.

    The start day is not counted. `paused_days` are the calendar days the clock stood still: the date moves as many
    calendar days later, and on to the next working day where the rule counts working days or shifts. `extended_by` is
    how much a decision has added, in the unit of the rule's extension. Raises ValueError for a pause or an extension
    that the rule cannot have.
    """
    _check(rule, paused_days, extended_by)
    if rule.counts_hours:
        return _in_hours(rule, start)
    limits = rule.limits_on(start)
    later = replace(rule.extension, amount=extended_by) if rule.extension and extended_by is not None else None
    found = [_candidate(rule, limit, start, calendar, paused_days, later) for limit in limits]
    due_on = min(candidate.due_on for candidate in found)
    counted_on = min(candidate.counted_on for candidate in found if candidate.due_on == due_on)
    words = formula.Reckoning(rule, limits, due_on, counted_on, paused_days, later)
    return Deadline(
        due_on=due_on,
        due_at=datetime.combine(due_on, _END_OF_DAY, TIME_ZONE),
        formula=formula.zh(words),
        formula_en=formula.en(words),
        article=joined_articles(limits),
        provisional=any(candidate.provisional for candidate in found),
        candidates=tuple((formula.amount_zh(candidate.limit), candidate.due_on) for candidate in found),
        reminders=_reminders(rule, start, due_on, calendar),
    )


def _in_hours(rule: ClockRule, start: date) -> Deadline:
    """Hours count from the moment itself (Civil Code 201), by day and by night."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError(f"clock {rule.id} counts hours and wants a moment")
    limits = rule.limits_on(start.astimezone(TIME_ZONE).date())
    due_at = (start + timedelta(hours=limits[0].amount)).astimezone(TIME_ZONE)
    return Deadline(
        due_on=due_at.date(),
        due_at=due_at,
        formula=formula.hours_zh(rule, limits[0], due_at),
        formula_en=formula.hours_en(rule, limits[0], due_at),
        article=joined_articles(limits),
        provisional=False,
        candidates=((formula.amount_zh(limits[0]), due_at.date()),),
        reminders=(),
    )


def _check(rule: ClockRule, paused_days: int, extended_by: int | None) -> None:
    if paused_days < 0 or (paused_days and not rule.pausable):
        raise ValueError(f"clock {rule.id} cannot stand still for {paused_days} days")
    if extended_by is not None and (rule.extension is None or not 0 < extended_by <= rule.extension.amount):
        raise ValueError(f"clock {rule.id} cannot be extended by {extended_by}")


def _candidate(
    rule: ClockRule, limit: Limit, start: date, calendar: WorkCalendar, paused_days: int, later: Limit | None
) -> _Candidate:
    counted = _advance(start, limit, calendar)
    if later:
        counted = _advance(counted, later, calendar)
    counted += timedelta(days=paused_days)
    counts_workdays = limit.unit == Unit.WORKDAY
    # Moving a date that is counted backwards to a later day would shorten the notice the other side must have.
    shifts = limit.amount > 0 and (rule.shift_to_workday or (counts_workdays and paused_days > 0))
    due_on = calendar.next_workday(counted) if shifts else counted
    first_day_that_matters = start if counts_workdays else counted
    provisional = (counts_workdays or shifts) and calendar.is_provisional(first_day_that_matters, due_on)
    return _Candidate(limit, counted, due_on, provisional)


def _advance(start: date, limit: Limit, calendar: WorkCalendar) -> date:
    if limit.unit == Unit.WORKDAY:
        return calendar.add_workdays(start, limit.amount)
    if limit.unit == Unit.MONTH:
        return add_months(start, limit.amount)
    return start + timedelta(days=limit.amount)


def add_months(start: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter (Civil Code 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = month_lengths.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _reminders(rule: ClockRule, start: date, due_on: date, calendar: WorkCalendar) -> tuple[date, ...]:
    days = {due_on - timedelta(days=before) for before in rule.remind_before}
    if rule.target:
        days.add(_advance(start, rule.target, calendar))
    return tuple(sorted(day for day in days if day < due_on and (rule.counts_backwards or day > start)))
