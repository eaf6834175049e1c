"""The check of the wage consultation while somebody types: cold, warm, after a word and after a step was changed."""

import resource
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.measuring import progress, ratio, summary, wall_ms
from engine.definitions import kept_readings, proven, safe_parse
from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.check import check_bundle
from engine.definitions.inspection import inspect
from engine.groups import GROUPS
from engine.long_lived import set_aside
from services import SERVICES

TIMES = 10
CITY = Path(__file__).parent.parent / "bpmn" / "wage_consultation"
MAIN = "wage_consultation.bpmn"
Files = Mapping[str, bytes]


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    files = bundle_files(CITY)
    times = max(2, round(TIMES * scale))
    cold = _timed(lambda _n: _forgotten(files), max(2, times // 3), "cold")
    set_aside()  # as the server does
    same = _timed(lambda _n: files, times, "the same again")
    word = _timed(lambda n: _with_word(files, n), times, "a word")
    step = _timed(lambda n: _with_step(files, b"publish_contract", n), times, "a step")
    largest = _timed(lambda n: _with_step(files, b"draft_contract", n), times, "a step of the largest stage")
    floor = min(wall_ms(lambda: inspect(files[MAIN], is_diagram=True)) for _ in range(3))
    return {
        "files": len(files),
        "bytes": sum(map(len, files.values())),
        "cold": cold,
        "same": same,
        "word": word,
        "step": step,
        "largest_stage": largest,
        "floor": {"what": "the changed diagram read once, in this process", "ms": round(floor, 1)},
        "ratio": ratio(word["p50"], floor),
        "goal": {"word_ms": 500, "step_ms": 500, "largest_stage_ms": 500},
    }


def _timed(files_of: Callable[[int], Files], times: int, what: str) -> dict[str, float]:
    """Wall times, and the CPU of one check with the process that reads the file."""
    walls, began = [], _cpu_ms()
    for n in progress(range(times), what):
        files = files_of(n)
        walls.append(wall_ms(lambda: _check(files)))  # noqa: B023 - called at once
    return {**summary(walls), "cpu": round((_cpu_ms() - began) / times, 1)}


def _check(files: Files) -> None:
    assert check_bundle(files, services=SERVICES, groups=GROUPS).deployable


def _cpu_ms() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return 1000 * sum(one.ru_utime + one.ru_stime for one in used)


def _forgotten(files: Files) -> Files:
    kept_readings.forget()
    safe_parse.forget()
    proven.forget()
    return files


def _with_word(files: Files, n: int) -> Files:
    """As the designer types into the name of the process."""
    return {**files, MAIN: files[MAIN].replace(b'name="', f'name="{n}'.encode(), 3)}


def _with_step(files: Files, step: bytes, n: int) -> Files:
    """A step becomes another one: its stage and what is around it are proven anew."""
    return {**files, MAIN: files[MAIN].replace(step, b"%s_%d" % (step, n))}
