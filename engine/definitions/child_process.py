"""The process in which uploaded XML is read first: little memory, little time, no settings, no secrets.

Standard input: one JSON line with the sizes and paths of the files, then their bytes. Standard output: JSON.
"""

import gc
import json
import sys
from dataclasses import asdict
from typing import Any

from engine.definitions import limits
from engine.definitions.inspection import inspect
from engine.definitions.process_limits import limit_this_process, limit_time


def main() -> None:
    gc.disable()  # it reads, answers and ends; its memory is limited
    limit_this_process()
    header = json.loads(sys.stdin.buffer.readline())
    allow_time_for(len(header))
    found = {path: _read(sys.stdin.buffer.read(size), path=path) for path, size in header}
    sys.stdout.write(json.dumps(found))


def allow_time_for(files: int) -> None:
    """A bundle of a dozen diagrams takes longer to read than one file."""
    seconds = limits.PARSE_CPU_SECONDS + (files - 1) // limits.FILES_A_CPU_SECOND
    limit_time(seconds, limits.MOST_PARSE_CPU_SECONDS)


def _read(source: bytes, *, path: str) -> dict[str, Any]:
    inspected = inspect(source, is_diagram=path.endswith(".bpmn"))
    return {
        "xml": inspected.xml.decode() if inspected.xml is not None else None,
        "problems": [asdict(problem) for problem in inspected.problems],
        "origins": inspected.origins,
    }


if __name__ == "__main__":
    main()
