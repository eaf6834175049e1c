"""Another FEEL as a witness: how it is asked, and when two answers are the same."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from engine.feel import FeelEvaluationError, FeelSyntaxError, compile_expression, compile_unary_tests, to_json
from engine.feel.temporal import parse_any
from engine.feel.values import YearMonthDuration

HERE = Path(__file__).parent
ERROR = "error"
FUNCTION, RANGE = {"function": True}, {"range": True}


def needs_witness() -> str:
    """The path of Node; skips the test where Node or the package is missing."""
    node = shutil.which("node")
    if node is None or not (HERE.parents[2] / "node_modules" / "@bpmn-io" / "feelin").exists():
        pytest.skip("needs Node and the packages of package.json")
    return node


def ask(cases: Sequence[dict[str, Any]], context: dict[str, Any]) -> list[Any]:
    """What the witness answers to `{expression}` and `{cell, tested}`; "error" where it refuses."""
    ran = subprocess.run(
        [needs_witness(), str(HERE / "feelin.mjs")],
        input=json.dumps({"cases": list(cases), "context": context}),
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    return [ERROR if "error" in found else found["result"] for found in json.loads(ran.stdout)]


def our_answer(case: dict[str, Any], context: dict[str, Any]) -> Any:
    names = frozenset(context)
    try:
        if "cell" in case:
            return compile_unary_tests(case["cell"], names=names).matches(case["tested"], context)
        return _plain(compile_expression(case["expression"], names=names).evaluate(context))
    except (FeelSyntaxError, FeelEvaluationError):
        return ERROR


def _plain(value: Any) -> Any:
    """JSON, with functions and ranges as the witness shows them."""
    if callable(getattr(value, "invoke", None)):
        return FUNCTION
    if hasattr(value, "start_included"):
        return RANGE
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return to_json(value)


def agree(ours: Any, theirs: Any) -> bool:
    """The witness computes in doubles, has one kind of moment, and does not normalise durations."""
    if isinstance(theirs, dict) and "moment" in theirs:
        return isinstance(ours, str) and _same_moment(parse_any(ours), datetime.fromisoformat(theirs["moment"]))
    if isinstance(theirs, dict) and "duration" in theirs:
        return isinstance(ours, str) and _same_span(parse_any(ours), theirs)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(agree, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(agree(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, bool) or isinstance(theirs, bool) or not isinstance(theirs, int | float):
        return type(ours) is type(theirs) and ours == theirs
    return ours is not None and not isinstance(ours, str | list | dict) and is_near(float(ours), theirs)


def is_near(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= 1e-9 * max(1.0, abs(wanted))


def _same_moment(ours: object, theirs: datetime) -> bool:
    if isinstance(ours, datetime):
        return ours.replace(tzinfo=None) == theirs.replace(tzinfo=None)
    if isinstance(ours, date):
        return ours == theirs.date() and theirs.time() == time(0)
    return isinstance(ours, time) and ours.replace(tzinfo=None) == theirs.time()


def _same_span(ours: object, theirs: dict[str, Any]) -> bool:
    if isinstance(ours, YearMonthDuration):
        return is_near(ours.months, theirs["months"])
    seconds = getattr(ours, "total_seconds", lambda: None)()
    return seconds is not None and is_near(seconds * 1000, theirs["milliseconds"])
