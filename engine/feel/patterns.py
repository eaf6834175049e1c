"""Regular expressions of XPath for `matches`, `replace`, `split`: only those that cannot run away."""

import re
import warnings
from collections.abc import Callable
from functools import lru_cache

from engine.feel.errors import FeelEvaluationError
from engine.feel.limits import MAX_PATTERN, Run
from engine.feel.pattern_cost import Cost, cost_of
from engine.feel.pattern_dialect import rewritten

MAX_PATTERN_WORK = 4_000_000
_WORK_STEP = 40  # so much work costs one step of the expression's budget
_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": 0, "q": 0}
_REFERENCE = re.compile(r"\\(.)|\$(\d?)", re.DOTALL)


def compiled_pattern(pattern: str, *, flags: str, text: str, run: Run) -> re.Pattern[str] | None:
    """The pattern; None if it is not one. Raises FeelEvaluationError if it may take too long on this text."""
    if len(pattern) > MAX_PATTERN:
        raise FeelEvaluationError("pattern_too_long", limit=MAX_PATTERN)
    if set(flags) - set(_FLAGS):
        return None
    known = _compiled(pattern, flags)
    if known is None:
        return None
    found, cost = known
    work = cost.work(len(text)) if cost else MAX_PATTERN_WORK + 1
    if work > MAX_PATTERN_WORK:
        raise FeelEvaluationError("pattern_too_costly", pattern=pattern[:60])
    run.spend(work // _WORK_STEP)
    return found


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> tuple[re.Pattern[str], Cost | None] | None:
    bits = 0
    for flag in flags:
        bits |= _FLAGS[flag]
    try:
        text = rewritten(pattern, flags)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re.compile(text, bits), cost_of(text, bits)
    except (re.error, ValueError, OverflowError, RecursionError, Warning):
        return None


def plain_replacement(replacement: str) -> Callable[[re.Match[str]], str]:
    return lambda _match: replacement


def replacement_template(replacement: str, groups: int) -> Callable[[re.Match[str]], str] | None:
    """What to put for a match: `$0` the whole, `$1` the first group, `\\$` a dollar sign. None if it is malformed."""
    parts: list[str | int] = []
    end = 0
    for found in _REFERENCE.finditer(replacement):
        parts.append(replacement[end : found.start()])
        end = found.end()
        if found[1] is not None:
            if found[1] not in "\\$":
                return None
            parts.append(found[1])
        elif found[2] == "":
            return None
        else:
            parts.append(int(found[2]))
    parts.append(replacement[end:])

    def part_text(part: str | int, match: re.Match[str]) -> str:
        if isinstance(part, str):
            return part
        return match[part] or "" if part <= groups else ""

    return lambda match: "".join(part_text(part, match) for part in parts)
