"""Long work in slices of time: between two of them a worker looks at its other jobs."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from engine.actor import SYSTEM
from engine.command import Command
from engine.engine import Engine
from engine.work import CITY_TIME

Work = TypeVar("Work")

SLICE_SECONDS = 20.0
# What became of a row whose person may do nothing any more, and of one that met a fault.
LEFT, FAILED = "person_left", "unexpected_error"


def for_a_slice(
    engine: Engine,
    next_work: Callable[[Session, date], Work | None],
    carry_out: Callable[[Work], Command[Any]],
) -> None:
    """What `next_work` finds, given the day in the city, is done by `carry_out`, which says how to note it."""
    until = time.monotonic() + SLICE_SECONDS
    while time.monotonic() < until:
        today = engine.now().astimezone(CITY_TIME).date()
        with engine.reading() as session:
            work = next_work(session, today)
        if work is None:
            return
        engine.run(carry_out(work), actor=SYSTEM)
