"""What a process has loaded lives as long as the process does, so the garbage collector need not look at it again."""

import gc

# A request that reads many rows is done with them before so many new objects are there: none of them grows old, and
# the old ones are looked through rarely.
_YOUNG = 20_000


def set_aside() -> None:
    """Once, when all is loaded and before anybody is served.

    The program is a quarter of a million objects. To look through all of them takes longer than most requests, and
    would be done in the middle of one, whose sender would wait for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
