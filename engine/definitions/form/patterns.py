"""Regular expressions of designers: the common subset of JavaScript and Python, and nothing that can run away."""

import re
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = {constants.MAX_REPEAT, constants.MIN_REPEAT}
_MANY = 50
_LONGEST = 300


class SlowPattern(ValueError):
    """A repetition inside a repetition: some texts would take for ever to check."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    r"""As JavaScript reads it: `\d` and `\w` are ASCII, a match anywhere counts. Raises ValueError or SlowPattern."""
    if len(pattern) > _LONGEST:
        raise ValueError(pattern)
    try:
        compiled = re.compile(pattern, re.ASCII)
        if _repeats_a_repeat(parser.parse(pattern), inside=False):
            raise SlowPattern(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(pattern) from error
    return compiled


def _repeats_a_repeat(tree: Any, *, inside: bool) -> bool:
    return any(_is_risky(operation, argument, inside=inside) for operation, argument in tree)


def _is_risky(operation: Any, argument: Any, *, inside: bool) -> bool:
    if operation in _REPEATS:
        _, most, body = argument
        many = most > _MANY
        return (many and inside) or _repeats_a_repeat(body, inside=inside or many)
    if operation is constants.SUBPATTERN:
        return _repeats_a_repeat(argument[-1], inside=inside)
    if operation is constants.BRANCH:
        return any(_repeats_a_repeat(branch, inside=inside) for branch in argument[1])
    if operation in {constants.ASSERT, constants.ASSERT_NOT}:
        return _repeats_a_repeat(argument[1], inside=inside)
    return False
