"""The pages' way into the engine: who asks, what time it is there, read, run."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g

from engine.actor import Actor
from engine.engine import Engine

TIME_ZONE = ZoneInfo("Asia/Shanghai")


def engine() -> Engine:
    return g.get("engine_elsewhere") or current_app.extensions["tongban"]


@contextmanager
def elsewhere(engine: Engine, actor: Actor) -> Iterator[None]:
    """Inside, this door leads into another system, and `actor` asks there: a draft is tried."""
    before = {name: g.get(name) for name in ("engine_elsewhere", "actor", "now")}
    g.engine_elsewhere, g.actor = engine, actor
    g.pop("now", None)
    try:
        yield
    finally:
        for name, value in before.items():
            g.pop(name, None)
            if value is not None:
                setattr(g, name, value)


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
