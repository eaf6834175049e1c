"""What must happen because time passes, a few times a minute on any number of hosts; all of it is safe to do twice."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from engine.actor import SYSTEM
from engine.command import Command
from engine.commands.deliver_message import HandOverMessage
from engine.commands.remind_clock import RemindClock
from engine.commands.resume_clock import ResumeClock
from engine.commands.send_jobs import SendJobs
from engine.commands.settle_memberships import SettleMemberships
from engine.commands.settle_stand_ins import SettleStandIns
from engine.commands.warn_of_experts import WarnOfExperts
from engine.engine import Engine
from engine.errors import EngineError
from engine.queries.due import (
    are_experts_ending,
    are_memberships_due,
    are_stand_ins_over,
    clocks_to_remind,
    clocks_to_resume,
    kept_messages,
    last_seal,
    oldest_waiting_job,
)

log = logging.getLogger(__name__)
_CITY = ZoneInfo("Asia/Shanghai")
BATCH = 500
SEAL_EVERY = timedelta(minutes=5)


def tick(engine: Engine, ring: Callable[[str], object]) -> int:
    """Fire clocks, remind, end pauses, match messages, seal, ring for due jobs. Gives the number of jobs rung for."""
    engine.fire_due_clocks(limit=BATCH)
    now = engine.now()
    with engine.reading() as session:
        remind = clocks_to_remind(session, now=now, limit=BATCH)
        resume = clocks_to_resume(session, today=now.astimezone(_CITY).date(), limit=BATCH)
        kept = kept_messages(session, now=now, limit=BATCH)
    for command in (
        *(RemindClock(clock_id=i) for i in remind),
        *(ResumeClock(clock_id=i) for i in resume),
        *(HandOverMessage(message_id=i) for i in kept),
    ):
        _quietly(engine, command)
    _settle_memberships(engine, now.astimezone(_CITY).date())
    _settle_stand_ins(engine, now.astimezone(_CITY).date())
    _warn_of_experts(engine, now.astimezone(_CITY).date())
    _seal_sometimes(engine, now)
    job_ids = engine.run(SendJobs(), actor=SYSTEM) if _has_jobs(engine) else ()
    for job_id in job_ids:
        ring(job_id)
    return len(job_ids)


def tick_until(stopped: Event, engine: Engine, ring: Callable[[str], object], *, seconds: float) -> None:
    """Tick until told to stop; a failing tick is logged and the next one comes."""
    while not stopped.wait(seconds):
        try:
            while tick(engine, ring):
                pass
        except Exception:
            log.exception("tick failed")


def _settle_memberships(engine: Engine, today: date) -> None:
    with engine.reading() as session:
        is_due = are_memberships_due(session, today=today)
    if is_due:
        _quietly(engine, SettleMemberships())


def _settle_stand_ins(engine: Engine, today: date) -> None:
    with engine.reading() as session:
        is_due = are_stand_ins_over(session, today=today)
    if is_due:
        _quietly(engine, SettleStandIns())


def _warn_of_experts(engine: Engine, today: date) -> None:
    with engine.reading() as session:
        is_due = are_experts_ending(session, today=today)
    if is_due:
        _quietly(engine, WarnOfExperts())


def _seal_sometimes(engine: Engine, now: datetime) -> None:
    with engine.reading() as session:
        last = last_seal(session)
    if last is None or not last <= now < last + SEAL_EVERY:
        engine.seal_history()


def _has_jobs(engine: Engine) -> bool:
    with engine.reading() as session:
        return oldest_waiting_job(session) is not None


def _quietly(engine: Engine, command: Command[Any]) -> None:
    try:
        engine.run(command, actor=SYSTEM)
    except EngineError as late:
        log.info("%s: %s", type(command).__name__, late.code)
    except Exception:
        log.exception("%s failed: %s", type(command).__name__, command.about())
