"""The dates of a clock, and what moves them: a pause, another start, another calendar."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time

from engine.calendar import ClockRule, Deadline, compute_deadline
from engine.calendar.deadline import TIME_ZONE
from engine.case_work import CaseWork
from engine.errors import Problem, Rejected
from engine.model import Clock
from engine.model.clock import ClockState

REMIND_AT = time(9, 0)


class ClockNotPausable(Rejected):
    """The rule of this clock does not allow a pause."""


class PauseTooLong(Rejected):
    """The pauses of this clock would be longer in total than its rule allows."""


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
    rule = folder.bundle.rules.clock(clock.rule)
    calendar = folder.work.catalogue.calendar(folder.work.session)
    deadline = compute_deadline(rule, clock.started_on, calendar, clock.paused_days)
    before = clock.due_on
    put_dates(clock, rule, deadline, today=folder.work.today)
    clock.calendar_version = calendar.version
    if clock.due_on != before:
        _follow_task(folder, clock)
        facts = {"clock": clock.id, "from": before.isoformat(), "to": clock.due_on.isoformat()}
        folder.record("clock_moved", element_id=clock.element_id, details=facts)


def pause(folder: CaseWork, clock: Clock, *, until: date, reason: str) -> None:
    """Stop a clock until a day. Raises ClockNotPausable, PauseTooLong, ClockNotRunning."""
    rule = folder.bundle.rules.clock(clock.rule) if clock.rule else None
    if rule is None or not rule.pausable:
        raise ClockNotPausable(rule=clock.rule)
    days, most = (until - folder.work.today).days, rule.max_pause_days
    if days < 1 or (most is not None and clock.paused_days + days > most):
        raise PauseTooLong(problems=[Problem(path="until", code="pause_too_long", params={"max": most})])
    clock.pause(on=folder.work.today, until=until, reason=reason)
    facts = {"clock": clock.id, "until": until.isoformat()}
    folder.record("clock_paused", element_id=clock.element_id, reason=reason, details=facts)


def resume(folder: CaseWork, clock: Clock) -> None:
    """Let a paused clock run on; it ends as many days later as it stood still. Raises ClockNotPaused."""
    today = folder.work.today
    clock.resume(on=min(today, clock.paused_until or today))
    folder.record("clock_resumed", element_id=clock.element_id, details={"clock": clock.id})
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


def start_all_again(folder: CaseWork, starts: Mapping[str, date]) -> list[str]:
    """Count the running clocks of each rule from its new day; gives the rules that had a clock."""
    running = list(clocks_of(folder, starts.keys(), ClockState.RUNNING))
    for clock in running:
        start_again(folder, clock, on=starts[str(clock.rule)])
    return [str(clock.rule) for clock in running]


def _follow_task(folder: CaseWork, clock: Clock) -> None:
    task = folder.task(clock.task_id) if clock.task_id else None
    if task is not None:
        task.due_at = clock.due_at
        for signed in [t for t in folder.tasks if t.principal_id == task.id]:
            signed.due_at = clock.due_at
