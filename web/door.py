"""The pages' way into the engine: who asks, what time it is there, read, run."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g

from engine.actor import Actor
from engine.engine import Engine

TIME_ZONE = ZoneInfo("Asia/Shanghai")


def engine() -> Engine:
    return current_app.extensions["tongban"]


def actor() -> Actor:
    """The person who is logged in; the guard has already turned everybody else away."""
    return g.actor


def run(command: Any) -> Any:
    return engine().run(command, actor=actor())


def foresee(command: Any) -> Any:
    """What it would do; nothing of it is kept."""
    return engine().foresee(command, actor=actor())


def reading() -> AbstractContextManager[Any]:
    return engine().reading()


def now() -> datetime:
    """The system's time, which the training clock may have moved."""
    if "now" not in g:  # asked for every date on a page; on a training system each answer is a query
        g.now = engine().now()
    return g.now


def today() -> date:
    return now().astimezone(TIME_ZONE).date()
