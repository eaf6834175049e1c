import gc
from collections.abc import Iterator

import pytest

from engine.long_lived import set_aside


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_what_is_loaded_is_not_looked_through_again_and_what_comes_later_is_collected() -> None:
    before = len(gc.get_objects())

    set_aside()
    ring: list[object] = []
    ring.append(ring)
    del ring

    assert gc.get_freeze_count() > before / 2
    assert len(gc.get_objects()) < before / 10
    assert gc.collect() >= 1
