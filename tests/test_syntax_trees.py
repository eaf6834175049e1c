"""A sweep of garbage that builds a tree of its own does not disturb the one that is being built."""

import ast
import gc
from pathlib import Path


def test_what_is_swept_may_build_trees_itself() -> None:
    source, swept = Path(ast.__file__).read_text("utf-8"), []

    def sweeping(phase: str, _info: dict[str, int]) -> None:
        swept.append(phase)
        ast.parse("a + b")

    before = gc.get_threshold()
    gc.callbacks.append(sweeping)
    gc.set_threshold(500)
    try:
        for _ in range(3):
            ast.parse(source)
        gc.collect()
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(sweeping)
    assert swept
