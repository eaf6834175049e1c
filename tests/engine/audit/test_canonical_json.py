import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.audit import NotCanonical, canonical_json, canonical_time, verify

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | DECIMALS | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ({"b": 1, "a": None, "乙": True, "Z": False}, '{"Z":false,"a":null,"b":1,"乙":true}'),
        ([], "[]"),
        ({}, "{}"),
        ([{}, [1, "x"]], '[{},[1,"x"]]'),
        ('a/b\\"\n\t\x08\x0c\r\x01\x7f中\U0001f600', '"a/b\\\\\\"\\n\\t\\b\\f\\r\\u0001\x7f中\U0001f600"'),
        (Decimal("2260.50"), "2260.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000000001"), "0.000000001"),
        (Decimal("-0.00"), "0"),
        (-7, "-7"),
        (0.1, "0.1"),
        (1e21, "1000000000000000000000"),
        (10**30, "1" + "0" * 30),
    ],
)
def test_a_value_has_one_spelling(value: object, spelled: str) -> None:
    assert canonical_json(value).decode() == spelled


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        Decimal("1E+5000"),
        Decimal("1E-5000"),
        "\ud800",
        {1: "a"},
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
        date(2026, 1, 1),
        {1, 2},
        b"bytes",
    ],
)
def test_what_has_no_spelling_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json([value])


def test_endless_nesting_is_refused() -> None:
    value: list[object] = []
    for _ in range(2000):
        value = [value]

    with pytest.raises(NotCanonical):
        canonical_json(value)


@given(VALUES)
def test_reading_and_spelling_again_changes_nothing(value: object) -> None:
    spelled = canonical_json(value)

    again = json.loads(spelled, parse_float=Decimal)

    assert canonical_json(again) == spelled
    assert again == value


@given(VALUES)
def test_the_offline_verifier_spells_alike(value: object) -> None:
    assert verify.canonical(value) == canonical_json(value)
    assert verify.parse(canonical_json(value)) == value


@given(st.dictionaries(TEXT, st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_a_float_stands_for_its_shortest_spelling(value: float) -> None:
    assert float(canonical_json(value)) == value


@pytest.mark.parametrize(
    "text", ['{"a": 1}', '{"b":1,"a":1}', "1.0", "1e2", '"\\u4e2d"', "NaN", '{"a":1,"a":1}', "01", ""]
)
def test_another_spelling_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the parser's own errors count too)
        verify.parse(text.encode())


def test_a_time_is_told_in_utc_to_the_millisecond() -> None:
    moment = datetime(2026, 11, 23, 9, 2, 3, 4567, tzinfo=timezone(timedelta(hours=8)))

    assert canonical_time(moment) == "2026-11-23T01:02:03.004+00:00"
    with pytest.raises(ValueError, match="without zone"):
        canonical_time(datetime(2026, 11, 23))  # noqa: DTZ001
