"""The dates of a clock, and what moves them: a pause, another start, another calendar."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time

from engine.calendar import ClockRule, Deadline, Unit, WorkCalendar, compute_deadline
from engine.calendar.deadline import TIME_ZONE
from engine.case_work import CaseWork
from engine.errors import Problem, Rejected
from engine.model import Clock
from engine.model.clock import ClockState
from engine.spiff.locals import Locals

REMIND_AT = time(9, 0)


class ClockNotPausable(Rejected):
    """The rule of this clock does not allow a pause."""


class PauseTooLong(Rejected):
    """The pauses of this clock would be longer in total than its rule allows."""


class ClockNotExtendable(Rejected):
    """The rule of this clock allows no extension, or no such long one."""


def put_dates(clock: Clock, rule: ClockRule, deadline: Deadline, *, today: date) -> None:
    clock.due_on, clock.due_at, clock.provisional = deadline.due_on, deadline.due_at, deadline.provisional
    clock.reminders = [d.isoformat() for d in deadline.reminders]
    clock.basis = {
        "name": dict(rule.name),
        "formula": {"zh": deadline.formula, "en": deadline.formula_en},
        "article": deadline.article,
        "effect": dict(rule.effect),
        "mark": rule.mark.value,
    }
    next_reminder(clock, after=today)


def next_reminder(clock: Clock, *, after: date) -> None:
    """Set the next day to remind on; days that were missed are not made up for one by one."""
    clock.reminders = [day for day in clock.reminders if date.fromisoformat(day) > after]
    first = min(clock.reminders, default=None)
    clock.remind_at = datetime.combine(date.fromisoformat(first), REMIND_AT, TIME_ZONE) if first else None


def recompute(folder: CaseWork, clock: Clock) -> None:
    """New dates for a clock whose pause ended, whose start or whose calendar changed; its id stays."""
    if clock.rule is None:
        return
    rule = folder.rules.clock(clock.rule)
    if rule.counts_hours:
        return
    calendar = _calendar(folder)
    deadline = compute_deadline(rule, clock.started_on, calendar, clock.paused_days, extended_by=clock.extended_by)
    before, was_due = clock.due_on, clock.due_at
    put_dates(clock, rule, deadline, today=folder.work.today)
    clock.calendar_version = calendar.version
    if clock.due_on != before:
        _follow(folder, clock, was_due)
        facts = {"clock": clock.id, "from": before.isoformat(), "to": clock.due_on.isoformat()}
        folder.record("clock_moved", element_id=clock.element_id, details=facts)


def pause(folder: CaseWork, clock: Clock, *, until: date, reason: str) -> None:
    """Stop a clock until a day. Raises ClockNotPausable, PauseTooLong, ClockNotRunning."""
    rule = folder.rules.clock(clock.rule) if clock.rule else None
    if rule is None or not rule.pausable:
        raise ClockNotPausable(rule=clock.rule)
    if until <= folder.work.today or _paused_then(folder, clock, rule, until) > _most(rule):
        raise PauseTooLong(problems=[Problem(path="until", code="pause_too_long", params={"max": _most(rule)})])
    clock.pause(on=folder.work.today, until=until, reason=reason)
    facts = {"clock": clock.id, "until": until.isoformat()}
    folder.record("clock_paused", element_id=clock.element_id, reason=reason, details=facts)


def resume(folder: CaseWork, clock: Clock) -> None:
    """Let a paused clock run on; it ends as many days later as it stood still. Raises ClockNotPaused."""
    today = folder.work.today
    last = min(today, clock.paused_until or today)
    worked = _calendar(folder).count_workdays(clock.paused_on, last) if clock.paused_on else 0
    clock.resume(on=last, workdays=worked)
    folder.record("clock_resumed", element_id=clock.element_id, details={"clock": clock.id})
    recompute(folder, clock)


def extend(folder: CaseWork, clock: Clock, *, by: int, reason: str) -> None:
    """A decision adds to a clock, once. Raises ClockNotExtendable, ClockExtended, ClockNotRunning."""
    rule = folder.rules.clock(clock.rule) if clock.rule else None
    most = rule.extension.amount if rule and rule.extension else 0
    if not 0 < by <= most:
        raise ClockNotExtendable(problems=[Problem(path="by", code="bad_number", params={"low": 1, "high": most})])
    clock.extend(by=by)
    folder.record("clock_extended", element_id=clock.element_id, reason=reason, details={"clock": clock.id, "by": by})
    recompute(folder, clock)


def start_again(folder: CaseWork, clock: Clock, *, on: date) -> None:
    """Count a clock from another day, because the fact that it is counted from has moved."""
    clock.started_on = on
    recompute(folder, clock)


def clocks_of(folder: CaseWork, rules: Collection[str], state: ClockState) -> Iterator[Clock]:
    """The clocks of these rules that are in this state."""
    return (c for c in list(folder.clocks) if c.rule in rules and c.state == state)


def pause_all(folder: CaseWork, rules: Collection[str], *, until: date, reason: str) -> list[str]:
    """Pause what runs under these rules; gives the rules of the clocks that now stand still."""
    running = list(clocks_of(folder, rules, ClockState.RUNNING))
    for clock in running:
        pause(folder, clock, until=until, reason=reason)
    return [str(clock.rule) for clock in running]


def resume_all(folder: CaseWork, rules: Collection[str]) -> list[str]:
    """Resume what stands still under these rules; gives the rules of the clocks that run again."""
    paused = list(clocks_of(folder, rules, ClockState.PAUSED))
    for clock in paused:
        resume(folder, clock)
    return [str(clock.rule) for clock in paused]


def extend_all(folder: CaseWork, rule: str, *, by: int, reason: str) -> list[str]:
    """Extend what runs, or stands still, under a rule; gives the days on which it is due now."""
    running = [clock for clock in folder.clocks if clock.rule == rule]
    for clock in running:
        extend(folder, clock, by=by, reason=reason)
    return [clock.due_on.isoformat() for clock in running]


def workdays_paused(folder: CaseWork, rules: Collection[str]) -> int:
    """The most working days for which a live clock of these rules has stood still so far."""
    return max((c.paused_workdays for c in folder.clocks if c.rule in rules), default=0)


def start_all_again(folder: CaseWork, starts: Mapping[str, date]) -> list[str]:
    """Count the running clocks of each rule from its new day; gives the rules that had a clock."""
    running = list(clocks_of(folder, starts.keys(), ClockState.RUNNING))
    for clock in running:
        start_again(folder, clock, on=starts[str(clock.rule)])
    return [str(clock.rule) for clock in running]


def tell_process(folder: CaseWork, clock: Clock) -> None:
    """The variable that an element names for its clock, when the clock begins."""
    element = folder.bundle.process.elements.get(clock.element_id)
    name = element.properties.get("clock_variable") if element else None
    if name:
        folder.remember({name: {"due_on": clock.due_on.isoformat(), "rule": clock.rule}})


def _follow(folder: CaseWork, clock: Clock, was_due: datetime) -> None:
    """What names the day of this clock names the new one: its task, or those that it watches; and its variable."""
    process = folder.bundle.process
    mine = [task for task in folder.tasks if task.id == clock.task_id]
    mine += [t for t in folder.tasks if t.due_at == was_due and process.watches(clock.element_id, t.element_id)]
    for task in mine:
        task.due_at = clock.due_at
        for signed in [t for t in folder.tasks if t.principal_id == task.id]:
            signed.due_at = clock.due_at
    # Inside a multi-instance every clock has a variable of its own, which is not seen from here.
    element = process.elements.get(clock.element_id)
    if element is not None and element.properties.get("clock_variable") in folder.instance.variables:
        with folder.at(Locals()):
            tell_process(folder, clock)


def _calendar(folder: CaseWork) -> WorkCalendar:
    return folder.work.catalogue.calendar(folder.work.session)


def _counts_workdays(rule: ClockRule) -> bool:
    return rule.max_pause is not None and rule.max_pause.unit == Unit.WORKDAY


def _most(rule: ClockRule) -> int:
    return rule.max_pause.amount if rule.max_pause else 0


def _paused_then(folder: CaseWork, clock: Clock, rule: ClockRule, until: date) -> int:
    """How long it will have stood still in all, in the unit in which the rule counts that."""
    today = folder.work.today
    if _counts_workdays(rule):
        return clock.paused_workdays + _calendar(folder).count_workdays(today, until)
    return clock.paused_days + (until - today).days
