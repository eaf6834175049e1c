"""Starts, moves and stops the clocks of a case."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.automation import evaluate
from engine.calendar import ClockRule, Deadline, compute_deadline
from engine.calendar.deadline import TIME_ZONE
from engine.case_work import CaseWork
from engine.context import as_date
from engine.definitions.process import Element
from engine.errors import DefinitionError
from engine.feel import YearMonthDuration, compile_expression
from engine.model import Clock, UserTask
from engine.model.base_model import new_id

REMIND_AT = time(9, 0)
LONGEST = timedelta(days=3660)
NO_DEADLINE = datetime(2999, 12, 31, tzinfo=UTC)


class TimerTooLong(DefinitionError):
    """A timer may run for at most ten years."""


class TimerUnreadable(DefinitionError):
    """A timer gives neither a date nor a duration."""


def start_clock(
    folder: CaseWork, element: Element, *, step_id: str | None = None, task: UserTask | None = None
) -> Clock:
    """A clock for a timer event (`step_id`) or for the deadline of a task."""
    rule_id = element.properties.get("clock")
    clock = _legal(folder, element, rule_id) if rule_id else _agreed(folder, element)
    clock.id, clock.case_id, clock.element_id = new_id(), folder.case.id, element.id
    clock.step_id, clock.task_id = step_id, task.id if task else None
    folder.work.session.add(clock)
    folder.clocks.append(clock)
    _tell_process(folder, element, clock)
    facts = {"rule": clock.rule, "due_on": clock.due_on.isoformat(), "started_on": clock.started_on.isoformat()}
    folder.record("clock_started", element_id=element.id, actor="system", details=facts | {"clock": clock.id})
    return clock


def recompute(folder: CaseWork, clock: Clock) -> None:
    """New dates for a clock whose pause ended or whose calendar changed; its id and its start stay."""
    if clock.rule is None:
        return
    rule = folder.bundle.rules.clock(clock.rule)
    calendar = folder.work.catalogue.calendar(folder.work.session)
    deadline = compute_deadline(rule, clock.started_on, calendar, clock.paused_days)
    before = clock.due_on
    _put(clock, rule, deadline, today=folder.work.today)
    clock.calendar_version = calendar.version
    if clock.due_on != before:
        _follow_task(folder, clock)
        facts = {"clock": clock.id, "from": before.isoformat(), "to": clock.due_on.isoformat()}
        folder.record("clock_moved", element_id=clock.element_id, details=facts)


def stop_clock(folder: CaseWork, clock: Clock, *, met: bool) -> None:
    clock.stop(met=met)
    folder.clocks.remove(clock)
    folder.record(
        "clock_met" if met else "clock_cancelled",
        element_id=clock.element_id,
        actor="system",
        details={"clock": clock.id, "rule": clock.rule},
    )


def next_reminder(clock: Clock, *, after: date) -> None:
    """Set the next day to remind on; days that were missed are not made up for one by one."""
    clock.reminders = [day for day in clock.reminders if date.fromisoformat(day) > after]
    first = min(clock.reminders, default=None)
    clock.remind_at = datetime.combine(date.fromisoformat(first), REMIND_AT, TIME_ZONE) if first else None


def _legal(folder: CaseWork, element: Element, rule_id: str) -> Clock:
    rule = folder.bundle.rules.clock(rule_id)
    start = _start_of(folder, element)
    calendar = folder.work.catalogue.calendar(folder.work.session)
    clock = Clock(rule=rule_id, started_on=start, calendar_version=calendar.version, paused_days=0)
    _put(clock, rule, compute_deadline(rule, start, calendar), today=folder.work.today)
    return clock


def _put(clock: Clock, rule: ClockRule, deadline: Deadline, *, today: date) -> None:
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


def _start_of(folder: CaseWork, element: Element) -> date:
    source = element.properties.get("clock_start")
    value = evaluate(source, folder.words) if source else None
    return as_date(value) if value is not None else folder.work.today


def _agreed(folder: CaseWork, element: Element) -> Clock:
    """A plain timer: a FEEL or ISO date or duration, counted from this moment."""
    due_at = moment_of(evaluate_timer(folder, element), now=folder.work.now)
    if due_at > folder.work.now + LONGEST:
        raise TimerTooLong(due_at=due_at.isoformat())
    due_on = due_at.astimezone(TIME_ZONE).date()
    name = {"zh": element.name, "en": element.name_en or element.name}
    formula = {
        "zh": f"{due_at.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}",
        "en": f"{due_at.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}",
    }
    basis = {"name": name, "formula": formula, "article": None, "effect": {"zh": "", "en": ""}, "mark": None}
    return Clock(
        started_on=folder.work.today,
        due_on=due_on,
        due_at=due_at,
        basis=basis,
        reminders=[],
        provisional=False,
        paused_days=0,
    )


def evaluate_timer(folder: CaseWork, element: Element) -> Any:
    """The value of a timer: raw ISO text as other modellers write it, or a FEEL expression."""
    text = (element.timer or "").strip()
    if text.startswith("="):
        text = evaluate(text, folder.words)
    if not isinstance(text, str):
        return text
    if text.startswith("P"):
        return compile_expression("duration(written)").evaluate({"written": text})
    return datetime.fromisoformat(text)


def moment_of(value: Any, *, now: datetime) -> datetime:
    """The instant that a FEEL date, time or duration means; a date means its last second. Raises TimerUnreadable."""
    if isinstance(value, timedelta):
        return now + value
    if isinstance(value, YearMonthDuration):
        return compile_expression("start + length").evaluate({"start": now, "length": value})  # type: ignore[no-any-return]
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=TIME_ZONE)
    if isinstance(value, date):
        return datetime.combine(value, time(23, 59, 59), TIME_ZONE)
    raise TimerUnreadable(value=repr(value)[:80])


def _tell_process(folder: CaseWork, element: Element, clock: Clock) -> None:
    name = element.properties.get("clock_variable")
    if name:
        folder.remember({name: {"due_on": clock.due_on.isoformat(), "rule": clock.rule}})


def _follow_task(folder: CaseWork, clock: Clock) -> None:
    task = folder.task(clock.task_id) if clock.task_id else None
    if task is not None:
        task.due_at = clock.due_at
