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
from engine.definitions.lint_problem import LintProblem, error

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]


def read_xml(files: Mapping[str, bytes]) -> dict[str, Inspected]:
    """Canonical bytes or problems for every `.bpmn` and `.dmn` file. Never raises because of what a file holds."""
    small = {path: source for path, source in files.items() if len(source) <= limits.MAX_FILE_BYTES}
    large = files.keys() - small.keys()
    too_large = {path: Inspected(None, (file_too_large(path=path, source=files[path]),)) for path in large}
    return too_large | (_in_child(small) if small else {})


def file_too_large(*, path: str, source: bytes) -> LintProblem:
    limit = limits.MAX_FILE_BYTES // 1024**2
    return replace(error("file_too_large", size=megabytes(len(source)), limit=limit), path=path)


def megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f}"


def _in_child(files: Mapping[str, bytes]) -> dict[str, Inspected]:
    header = json.dumps([[path, len(source)] for path, source in files.items()]).encode() + b"\n"
    answer = ask_child("engine.definitions.child_process", header + b"".join(files.values()))
    if answer is None:
        return {path: _refused(path, "reader_gave_up") for path in files}
    return {path: _inspected(path, found) for path, found in answer.items()}


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


def _inspected(path: str, found: Mapping[str, Any]) -> Inspected:
    problems = tuple(replace(LintProblem(**problem), path=path) for problem in found["problems"])
    return Inspected(found["xml"].encode() if found["xml"] is not None else None, problems, tuple(found["origins"]))


def _refused(path: str, code: str) -> Inspected:
    return Inspected(None, (replace(error(code), path=path),))
