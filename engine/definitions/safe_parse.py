"""The upload door for XML: sizes, then a child process with limits reads each file to canonical bytes or problems."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.definitions import limits
from engine.definitions.inspection import Inspected
from engine.definitions.kept_readings import KeptReadings
from engine.definitions.lint_problem import LintProblem, error

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = KeptReadings(limits.MAX_KEPT_BYTES)


def read_xml(files: Mapping[str, bytes]) -> dict[str, Inspected]:
    """Canonical bytes or problems for every `.bpmn` and `.dmn` file. Never raises because of what a file holds."""
    read = {path: _large_or_known(path, source) for path, source in files.items()}
    new = {path: files[path] for path, found in read.items() if found is None}
    fresh = _in_child(new) if new else {}
    return {path: _placed(path, found or fresh[path]) for path, found in read.items()}


def forget() -> None:
    """For measurements."""
    _KEPT.clear()


def _large_or_known(path: str, source: bytes) -> Inspected | None:
    if len(source) > limits.MAX_FILE_BYTES:
        return Inspected(None, (file_too_large(path=path, source=source),))
    return _KEPT.find(source, is_diagram=path.endswith(".bpmn"))


def file_too_large(*, path: str, source: bytes) -> LintProblem:
    limit = limits.MAX_FILE_BYTES // 1024**2
    return replace(error("file_too_large", size=megabytes(len(source)), limit=limit), path=path)


def megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f}"


def _in_child(files: Mapping[str, bytes]) -> dict[str, Inspected]:
    header = json.dumps([[path, len(source)] for path, source in files.items()]).encode() + b"\n"
    answer = ask_child("engine.definitions.child_process", header + b"".join(files.values()))
    if answer is None:
        return dict.fromkeys(files, Inspected(None, (error("reader_gave_up"),)))
    found = {path: _inspected(told) for path, told in answer.items()}
    for path, source in files.items():
        _KEPT.keep(source, found[path], is_diagram=path.endswith(".bpmn"))
    return found


def ask_child(module: str, handed_in: bytes) -> Any | None:
    """The JSON answer of a module that reads foreign bytes under limits; None when it gave up or was stopped."""
    try:
        done = subprocess.run(  # noqa: S603 - the module is one of ours, named in the sources
            [sys.executable, "-m", module],
            input=handed_in,
            capture_output=True,
            cwd=_ROOT,
            env={"LANG": "C.UTF-8"},
            check=False,
            timeout=limits.PARSE_WALL_SECONDS,
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return None
    except ValueError:
        _log.warning("The reader of uploaded XML ended with %s: %s", done.returncode, done.stderr[-2000:].decode())
        return None


def _inspected(found: Mapping[str, Any]) -> Inspected:
    problems = tuple(LintProblem(**problem) for problem in found["problems"])
    return Inspected(found["xml"].encode() if found["xml"] is not None else None, problems, tuple(found["origins"]))


def _placed(path: str, found: Inspected) -> Inspected:
    return replace(found, problems=tuple(replace(problem, path=path) for problem in found.problems))
