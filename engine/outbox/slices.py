"""Long work in slices of time: between two of them a worker looks at its other jobs."""

import time
from collections.abc import Callable
from datetime import date

from engine.engine import Engine
from engine.work import CITY_TIME

SLICE_SECONDS = 20.0
# What became of a row whose person may do nothing any more, and of one that met a fault.
LEFT, FAILED = "person_left", "unexpected_error"


def for_a_slice(engine: Engine, next_part: Callable[[date], bool]) -> None:
    """`next_part` gets the day in the city and says whether something was left to do."""
    until = time.monotonic() + SLICE_SECONDS
    while time.monotonic() < until and next_part(engine.now().astimezone(CITY_TIME).date()):
        pass
