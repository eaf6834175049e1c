"""How figures are taken: CPU time of this process, SQL statements, progress on standard error."""

import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track
from sqlalchemy import Engine, event

T = TypeVar("T")
_CONSOLE = Console(stderr=True)


def progress(items: Iterable[T], what: str, *, total: int | None = None) -> Iterator[T]:
    """A bar on standard error; standard output stays free for the JSON."""
    yield from track(items, description=what, total=total, console=_CONSOLE, disable=not sys.stderr.isatty())


def cpu_ms(act: Callable[[], Any]) -> float:
    """CPU milliseconds of one call: on a shared machine the only steady measure."""
    began = time.process_time_ns()
    act()
    return (time.process_time_ns() - began) / 1e6


def wall_ms(act: Callable[[], Any]) -> float:
    began = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - began) / 1e6


def function_calls(act: Callable[[], Any]) -> int:
    """How many functions are called, of Python and of C: the same on every machine and at every load."""
    count, before = 0, sys.getprofile()

    def note(_frame: Any, what: str, _of: Any) -> None:
        nonlocal count
        count += what in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def summary(values: Sequence[float]) -> dict[str, float]:
    """Mean, median and 95th percentile, rounded to a microsecond."""
    mean = sum(values) / len(values)
    return {
        "mean": round(mean, 3),
        "p50": round(percentile(values, 0.5), 3),
        "p95": round(percentile(values, 0.95), 3),
    }


def ratio(figure: float, floor: float) -> float:
    return round(figure / floor, 2) if floor else 0.0


def memory_mb() -> float:
    """The most memory this process ever had."""
    status = Path("/proc/self/status")
    if status.exists():  # the peak of `getrusage` is inherited from the process that started this one
        lines = dict(line.split(":", 1) for line in status.read_text("ascii", "replace").splitlines() if ":" in line)
        return round(int(lines["VmHWM"].split()[0]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


@dataclass
class Statements:
    """SQL statements and transactions of an engine while it is watched; `written` are those of writing transactions."""

    statements: int = 0
    written: int = 0
    commits: int = 0
    texts: list[str] = field(default_factory=list)


@contextmanager
def watched(engine: Engine) -> Iterator[Statements]:
    seen = Statements()

    def count(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.statements += 1
            seen.written += not connection.get_execution_options().get("readonly")
            seen.texts.append(statement)

    def committed(_connection: Any) -> None:
        seen.commits += 1

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", committed)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", count)
        event.remove(engine, "commit", committed)
