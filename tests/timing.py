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


def set_heap_aside() -> None:
    """What lives now is never swept again, and what comes is swept seldom: tests come and go, their heap is small."""
    gc.set_threshold(20_000)
    gc.collect()
    gc.freeze()


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Processor time of this thread, so that what runs beside it does not count.

    Sweeping the garbage that the block makes counts, walking through what other tests have left does not.
    """
    watch = Stopwatch()
    set_heap_aside()
    began = time.thread_time()
    try:
        yield watch
    finally:
        watch.seconds = time.thread_time() - began


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
