"""What a process takes from itself before it reads what a stranger sent: memory, time, files."""

import contextlib
import resource

from engine.definitions import limits


def limit_this_process(
    *,
    memory: int = limits.PARSE_MEMORY_BYTES,
    cpu: int = limits.PARSE_CPU_SECONDS,
    most_cpu: int = limits.MOST_PARSE_CPU_SECONDS,
) -> None:
    """Memory in bytes, processor time in seconds; up to `most_cpu` it may be given more later."""
    _limit(resource.RLIMIT_AS, memory, memory)
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_FSIZE, 0, 0)
    limit_time(cpu, most_cpu)


def limit_time(seconds: int, most: int) -> None:
    _limit(resource.RLIMIT_CPU, min(seconds, most), most)


def _limit(what: int, soft: int, hard: int) -> None:
    # Some systems know a limit but do not let it be set; the time limit of the parent holds everywhere.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (soft, hard))
