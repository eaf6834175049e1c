"""Bounds on processor time that hold on a busy machine, late in a long run of tests."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

R = TypeVar("R")

TRIES = 3


class Stopwatch:
    """`seconds` is known when the block has ended."""

    seconds: float


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Processor time of this thread, so that what runs beside it does not count.

    What the tests before have left on the heap is set aside: sweeping the garbage of the block itself counts, walking
    through theirs does not.
    """
    watch = Stopwatch()
    gc.freeze()
    began = time.thread_time()
    try:
        yield watch
    finally:
        watch.seconds = time.thread_time() - began
        gc.unfreeze()


def within(seconds: float, work: Callable[[], R]) -> R:
    """What `work` gives, which may take less than so many seconds.

    `work` can be done again: a try that took too long is repeated, and the shortest one counts.
    """
    least = float("inf")
    for _ in range(TRIES):
        with stopwatch() as watch:
            result = work()
        least = min(least, watch.seconds)
        if least < seconds:
            return result
    raise AssertionError(f"took {least:.3f} s of processor time, at least, and may take {seconds} s")
