"""The process in which uploaded XML is read first: little memory, little time, no settings, no secrets.

Standard input: one JSON line with the sizes and paths of the files, then their bytes. Standard output: JSON.
"""

import contextlib
import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from engine.definitions import limits
from engine.definitions.inspection import inspect


def main() -> None:
    limit_this_process()
    header = json.loads(sys.stdin.buffer.readline())
    allow_time_for(len(header))
    found = {path: _read(sys.stdin.buffer.read(size), path=path) for path, size in header}
    sys.stdout.write(json.dumps(found))


def limit_this_process() -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.PARSE_MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _limit(what, most, most)
    _limit(resource.RLIMIT_CPU, limits.PARSE_CPU_SECONDS, limits.MOST_PARSE_CPU_SECONDS)


def allow_time_for(files: int) -> None:
    """A bundle of a dozen diagrams takes longer to read than one file."""
    seconds = limits.PARSE_CPU_SECONDS + (files - 1) // limits.FILES_A_CPU_SECOND
    most = limits.MOST_PARSE_CPU_SECONDS
    _limit(resource.RLIMIT_CPU, min(seconds, most), most)


def _limit(what: int, soft: int, hard: int) -> None:
    # Some systems know a limit but do not let it be set; the time limit of the parent holds everywhere.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (soft, hard))


def _read(source: bytes, *, path: str) -> dict[str, Any]:
    inspected = inspect(source, is_diagram=path.endswith(".bpmn"))
    return {
        "xml": inspected.xml.decode() if inspected.xml is not None else None,
        "problems": [asdict(problem) for problem in inspected.problems],
        "origins": inspected.origins,
    }


if __name__ == "__main__":
    main()
