"""Starts, moves and stops the clocks of a case."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from engine.automation import evaluate
from engine.calendar import compute_deadline
from engine.calendar.deadline import TIME_ZONE
from engine.case_work import CaseWork
from engine.clock_dates import next_reminder, put_dates, tell_process
from engine.context import as_date
from engine.definitions.process import Element
from engine.errors import DefinitionError
from engine.feel import compile_expression
from engine.model import Clock, UserTask
from engine.model.base_model import new_id
from engine.moments import moment_of, read_cycle
from engine.spiff.step import Step

LONGEST = timedelta(days=3660)
NO_DEADLINE = datetime(2999, 12, 31, tzinfo=UTC)


class TimerTooLong(DefinitionError):
    """A timer may run for at most ten years."""


class NoRuleForClock(DefinitionError):
    """The expression that chooses a rule gives none."""


def start_clock(folder: CaseWork, element: Element, *, step: Step | None = None, task: UserTask | None = None) -> Clock:
    """A clock for a timer event (`step`) or for the deadline of a task."""
    former = folder.continuing.pop(step.id if step else task.step_id if task else "", None)
    if former is not None:
        return _let_go_on(folder, former, task)
    clock = new_clock(folder, element, step)
    clock.id, clock.case_id, clock.element_id = new_id(), folder.case.id, element.id
    clock.step_id, clock.task_id = step.id if step else None, task.id if task else None
    folder.work.session.add(clock)
    folder.clocks.append(clock)
    tell_process(folder, clock)
    facts = {"rule": clock.rule, "due_on": clock.due_on.isoformat(), "started_on": clock.started_on.isoformat()}
    folder.record("clock_started", element_id=element.id, actor="system", details=facts | {"clock": clock.id})
    return clock


def new_clock(folder: CaseWork, element: Element, step: Step | None) -> Clock:
    """Counted from now, or from the fact that its rule names; not yet a row."""
    rule_id = rule_of(folder, element)
    return _legal(folder, element, rule_id) if rule_id else _agreed(folder, element, step)


def rule_of(folder: CaseWork, element: Element) -> str | None:
    """The rule that an element names, or works out. Raises NoRuleForClock."""
    written = element.properties.get("clock")
    if written is None or not written.startswith("="):
        return written
    found = evaluate(written, folder.words)
    if not isinstance(found, str):
        raise NoRuleForClock(element_id=element.id)
    return found


def _let_go_on(folder: CaseWork, clock: Clock, task: UserTask | None) -> Clock:
    """The law counts on as if the step had never been left."""
    clock.go_on()
    clock.task_id = task.id if task else clock.task_id
    next_reminder(clock, after=folder.work.today)
    folder.clocks.append(clock)
    facts = {"clock": clock.id, "rule": clock.rule, "due_on": clock.due_on.isoformat()}
    folder.record("clock_continued", element_id=clock.element_id, actor="system", details=facts)
    return clock


def stop_clock(folder: CaseWork, clock: Clock, *, met: bool) -> None:
    clock.stop(met=met, on=folder.work.today)
    folder.clocks.remove(clock)
    folder.record(
        "clock_met" if met else "clock_cancelled",
        element_id=clock.element_id,
        actor="system",
        details={"clock": clock.id, "rule": clock.rule},
    )


def _legal(folder: CaseWork, element: Element, rule_id: str) -> Clock:
    rule = folder.rules.clock(rule_id)
    start = _start_of(folder, element)
    begins = folder.work.now if rule.counts_hours else start
    calendar = folder.work.catalogue.calendar(folder.work.session)
    clock = Clock(rule=rule_id, started_on=start, calendar_version=calendar.version, paused_days=0)
    put_dates(clock, rule, compute_deadline(rule, begins, calendar), today=folder.work.today)
    return clock


def _start_of(folder: CaseWork, element: Element) -> date:
    source = element.properties.get("clock_start")
    value = evaluate(source, folder.words) if source else None
    return as_date(value) if value is not None else folder.work.today


def _agreed(folder: CaseWork, element: Element, step: Step | None) -> Clock:
    """A plain timer: a FEEL or ISO date, duration or repetition, counted from this moment."""
    value = evaluate_timer(folder, element)
    cycle = read_cycle(value, before=step.cycle if step else {}) if element.timer_kind == "cycle" else None
    due_at = cycle.next_due(now=folder.work.now) if cycle else moment_of(value, now=folder.work.now)
    if due_at > folder.work.now + LONGEST:
        raise TimerTooLong(due_at=due_at.isoformat())
    due_on = due_at.astimezone(TIME_ZONE).date()
    name = {"zh": element.name, "en": element.name_en or element.name}
    formula = {
        "zh": f"{due_at.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}",
        "en": f"{due_at.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}",
    }
    basis = {"name": name, "formula": formula, "article": None, "effect": {"zh": "", "en": ""}, "mark": None}
    basis |= {"cycle": cycle.told_next(due_at)} if cycle else {}
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
    if not isinstance(text, str) or element.timer_kind == "cycle":
        return text
    if text.startswith("P"):
        return compile_expression("duration(written)").evaluate({"written": text})
    return datetime.fromisoformat(text)
