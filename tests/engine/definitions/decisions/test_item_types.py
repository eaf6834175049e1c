"""What becomes of a value where a type is wanted."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definitions.decisions.item_types import BUILT_IN, MISFIT, ItemType
from engine.feel import Run, YearMonthDuration, compile_unary_tests

DAY = date(2026, 11, 23)
LEVEL = ItemType("level", base=BUILT_IN["string"], allowed=compile_unary_tests('"甲", "乙"'))
WORKER = ItemType("worker", "context", components=(("level", LEVEL), ("years", BUILT_IN["number"])))
WORKERS = ItemType("workers", "list", of=WORKER)
NAMED = {**BUILT_IN, "level": LEVEL, "worker": WORKER, "workers": WORKERS}
TYPES = st.sampled_from(sorted(NAMED))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.decimals(-3, 3, places=1),
    st.sampled_from(["甲", "丙", "2026-11-23", "P1D", "P1M", "08:00:00", "x"]),
    st.just(DAY),
    st.just(timedelta(1)),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["level", "years", "z"]), inner),
    max_leaves=5,
)


def fitted(value: Any, kind: str, *, from_outside: bool = False) -> Any:
    return NAMED[kind].fitted(value, Run({}), from_outside=from_outside)


@pytest.mark.parametrize(
    ("kind", "value", "becomes"),
    [
        ("number", 1, 1),
        ("number", [1], 1),
        ("number", [1, 2], MISFIT),
        ("number", True, MISFIT),
        ("number", "1", MISFIT),
        ("integer", Decimal("2.0"), Decimal("2.0")),
        ("integer", Decimal("2.5"), MISFIT),
        ("double", Decimal("2.5"), Decimal("2.5")),
        ("string", "a", "a"),
        ("string", DAY, MISFIT),
        ("boolean", 0, MISFIT),
        ("date", DAY, DAY),
        ("date", datetime(2026, 11, 23, tzinfo=UTC), MISFIT),
        ("dateTime", DAY, datetime(2026, 11, 23, tzinfo=UTC)),
        ("days and time duration", YearMonthDuration(1), MISFIT),
        ("list", 5, [5]),
        ("Any", [5], [5]),
        ("level", "甲", "甲"),
        ("level", "丙", MISFIT),
        ("worker", {"level": "甲", "years": [3], "more": 1}, {"level": "甲", "years": 3, "more": 1}),
        ("worker", {"years": 3}, {"years": 3}),
        ("worker", {"level": "丙"}, MISFIT),
        ("worker", [{"years": 3}], {"years": 3}),
        ("workers", {"years": 3}, [{"years": 3}]),
        ("workers", [{"years": 3}, {"years": "3"}], MISFIT),
        ("workers", [], []),
    ],
)
def test_a_value_fits_is_made_to_fit_or_does_not(kind: str, value: Any, becomes: Any) -> None:
    assert fitted(value, kind) == becomes


@pytest.mark.parametrize(
    ("kind", "text", "becomes"),
    [
        ("date", "2026-11-23", DAY),
        ("date", "soon", MISFIT),
        ("time", "08:30:00", time(8, 30)),
        ("dateTime", "2026-11-23T08:00:00Z", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("dayTimeDuration", "P2D", timedelta(2)),
        ("dayTimeDuration", "P2M", MISFIT),
        ("yearMonthDuration", "P2M", YearMonthDuration(2)),
    ],
)
def test_texts_from_outside_become_dates_and_only_those(kind: str, text: str, becomes: Any) -> None:
    assert fitted(text, kind, from_outside=True) == becomes
    assert fitted(text, kind) is MISFIT


@given(VALUES, TYPES, st.booleans())
def test_what_was_made_to_fit_fits_as_it_is(value: Any, kind: str, from_outside: bool) -> None:
    once = fitted(value, kind, from_outside=from_outside)

    assert once is MISFIT or fitted(once, kind) == once


@given(TYPES)
def test_null_belongs_to_every_type(kind: str) -> None:
    assert fitted(None, kind) is None
