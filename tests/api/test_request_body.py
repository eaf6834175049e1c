"""What the JSON edge reads, and what it will not read."""

from decimal import Decimal

import pytest

from api.errors import MalformedRequest
from api.request_body import MAX_DEPTH, parse_json


def test_numbers_keep_every_digit() -> None:
    assert parse_json(b'{"a": 0.10, "b": 12345678901234567890, "c": -3}') == {
        "a": Decimal("0.10"),
        "b": 12345678901234567890,
        "c": -3,
    }


def test_whole_numbers_stay_whole() -> None:
    assert type(parse_json(b"7")) is int


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b'{"a": 1e-999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 1, "a": 2}',
        b'"\xff"',
        b"[" * 100_000,
    ],
)
def test_what_is_not_clean_json_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedRequest) as refused:
        parse_json(raw)

    assert [p.code for p in refused.value.problems] == ["request_not_json"]


@pytest.mark.parametrize("raw", [rb'{"a": "\ud9e9"}', rb'{"a": ["x\u0000"]}', rb'{"\u0000": 1}', rb'"\ud9e9"'])
def test_text_that_no_database_can_keep_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedRequest) as refused:
        parse_json(raw)

    assert [p.code for p in refused.value.problems] == ["request_text_unstorable"]


def test_a_surrogate_pair_is_one_character() -> None:
    assert parse_json(rb'"\ud83d\ude00"') == "\N{GRINNING FACE}"


def test_deep_nesting_is_refused_and_wide_nesting_is_not() -> None:
    with pytest.raises(MalformedRequest):
        parse_json(b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2))

    assert len(parse_json(b"[" + b"[]," * 200 + b"[]]")) == 201
