"""Syntax trees are built without a sweep of garbage in the middle.

CPython 3.11 counts for all trees together how deep it is. If garbage is swept while one is built, and something that is
swept writes a traceback, for which another tree is built, the first one fails: `SystemError: AST constructor recursion
depth mismatch`. Futures of the browser that nobody asks any more write such tracebacks.
"""

import ast
import functools
import gc
from typing import Any

_parse = ast.parse


@functools.wraps(_parse)
def _parse_undisturbed(*args: Any, **kwargs: Any) -> Any:
    sweeps = gc.isenabled()
    gc.disable()
    try:
        return _parse(*args, **kwargs)
    finally:
        if sweeps:
            gc.enable()


def build_trees_undisturbed() -> None:
    ast.parse = _parse_undisturbed
