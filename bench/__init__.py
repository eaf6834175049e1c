"""Benchmarks: each measures a figure and its floor in the same run and returns one JSON object."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

NAMES = (
    "completions",
    "growth",
    "worklist",
    "case_page",
    "casts",
    "clocks",
    "dispatch",
    "board",
    "feel",
    "migration",
    "soundness",
    "checks",
)

Result = dict[str, Any]


def measure(name: str, *, scale: float = 1.0) -> Result:
    """Runs one benchmark. `scale` below 1 makes it shorter and its figures less steady."""
    measured: Callable[..., Result] = import_module(f"bench.{name}").measure
    return {"bench": name, **measured(scale=scale)}
