"""Numbers leave as exactly as they came."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from api.json_numbers import ExactJSONProvider

PROVIDER = ExactJSONProvider(Flask("numbers"))
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | DECIMALS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(max_examples=60)
@given(VALUES)
def test_every_value_survives_the_way_out_and_in(value) -> None:
    assert PROVIDER.loads(PROVIDER.dumps(value)) == value


def test_a_number_with_more_digits_than_a_float_is_written_whole() -> None:
    assert PROVIDER.dumps({"v": Decimal("0.1234567890123456789")}) == '{"v":0.1234567890123456789}'


def test_money_looks_like_money() -> None:
    assert PROVIDER.dumps([Decimal("2490.00"), Decimal("0.10")]) == "[2490,0.1]"


def test_dates_are_iso() -> None:
    moment = datetime(2026, 11, 23, 9, tzinfo=UTC)

    assert json.loads(PROVIDER.dumps([date(2026, 11, 23), moment])) == ["2026-11-23", "2026-11-23T09:00:00+00:00"]


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("inf")])
def test_what_is_no_number_is_an_error(value) -> None:
    with pytest.raises((TypeError, ValueError)):
        PROVIDER.dumps([value])


def test_what_has_no_meaning_in_json_is_an_error() -> None:
    with pytest.raises(TypeError):
        PROVIDER.dumps({"v": object()})
