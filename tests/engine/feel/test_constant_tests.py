"""What a cell accepts, read without any variable."""

import pytest

from engine.feel import Accepted, Range, compile_unary_tests, constant_tests
from engine.feel.json_values import range_text


def said(cell: str) -> list[str] | None:
    parts = constant_tests(compile_unary_tests(cell).tree)
    return None if parts is None else [text(part) for part in parts]


def text(part: Accepted) -> str:
    return ("not " if part.negated else "") + " ".join(map(range_text, part.ranges))


@pytest.mark.parametrize(
    ("cell", "ranges"),
    [
        ("-", ["not "]),
        ("5", ["[5..5]"]),
        ("-5", ["[-5..-5]"]),
        ('"甲", "乙"', ['["甲".."甲"]', '["乙".."乙"]']),
        ('["甲", "乙"]', ['["甲".."甲"] ["乙".."乙"]']),
        ("< 5", ["(null..5)"]),
        (">= 5", ["[5..null)"]),
        ("[1..5), > 9", ["[1..5)", "(9..null)"]),
        ("!= 4", ["not [4..4]"]),
        ('not("甲", "乙")', ['not ["甲".."甲"] ["乙".."乙"]']),
        ('< date("2026-11-23")', ['(null..@"2026-11-23")']),
        ("duration(\"P1D\")", ['[@"P1D"..@"P1D"]']),
        ("sum(1, 2)", ["[3..3]"]),
        ("null", [""]),
        ("not(null)", ["not "]),
        ("!= null", ["not "]),
    ],
)  # fmt: skip
def test_constants_are_read_as_ranges(cell: str, ranges: list[str]) -> None:
    assert said(cell) == ranges


@pytest.mark.parametrize(
    "cell",
    ["x", "< x", "[1..x]", "not(x)", "5, x", "? > 3", "count(?) = 1", "today()", "1 < 2", "{a: 1}", "= [1, 2]"],
)
def test_what_depends_on_more_than_the_value_is_not_read(cell: str) -> None:
    assert said(cell) is None


def test_a_written_truth_is_a_value() -> None:
    assert constant_tests(compile_unary_tests("true").tree) == (Accepted((Range(True, True),)),)


def test_a_cell_made_to_be_slow_is_not_read() -> None:
    assert said("count(for i in 1..40000 return i)") is None
