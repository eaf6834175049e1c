"""Cells of decision tables."""

from datetime import date

import pytest

from engine.feel import FeelSyntaxError, compile_unary_tests

MATCHES = [
    ("-", [None, 1, "a"], []),
    (">= 1000", [1000, 1001], [999, None, "1000"]),
    ("< 5, > 10", [4, 11], [5, 10]),
    ("[1..5)", [1, 4.5], [5, 0, None]),
    ("]1..5[", [2], [1, 5]),
    ('"西湖", "上城"', ["西湖", "上城"], ["余杭", None]),
    ('not("西湖", "上城")', ["余杭", None], ["西湖"]),
    ("not([1..5])", [6], [1]),
    ("not(> 5)", [5], [6]),
    ("5", [5], [6, "5"]),
    ("= 5", [5], [6]),
    ("!= 5", [6], [5]),
    ("null", [None], [1]),
    ("true", [True], [False, None, 1]),
    ("下限 > 5", [1, None], []),
    ("下限 > 50", [], [1, None]),
    ("[1, 2, 3]", [2], [4]),
    ("下限", [10], [11]),
    ("> 下限", [11], [10]),
    ("[下限..下限 * 2]", [20], [21]),
    ("? > 5 and ? < 8", [6], [5, 8]),
    ('starts with(?, "永康")', ["永康市"], ["金华市", None]),
    ("not(? > 5) and ? > 1", [3], [6, 1]),
    ("count(?) > 1", [[1, 2]], [[1]]),
    ('date("2026-11-23")', [date(2026, 11, 23)], [date(2026, 11, 24)]),
    ('>= date("2026-11-23")', [date(2026, 11, 23)], [date(2026, 11, 22)]),
    ('>= 1000, [1..5), not("a"), -', [7, "a", None], []),
    ('not("a"), "a"', ["a", "b"], []),
    ("-1", [-1], [1]),
    ("-1, -", [-1, 5], []),
]


@pytest.mark.parametrize(("cell", "yes", "no"), MATCHES)
def test_a_cell_accepts_what_it_says(cell: str, yes: list[object], no: list[object]) -> None:
    tests = compile_unary_tests(cell, names={"下限"})

    assert [tests.matches(value, {"下限": 10}) for value in yes] == [True] * len(yes)
    assert [tests.matches(value, {"下限": 10}) for value in no] == [False] * len(no)


def test_free_names_of_a_cell_leave_out_the_tested_value() -> None:
    assert compile_unary_tests("> 下限, ? = 上限").free_names == {"下限", "上限"}


@pytest.mark.parametrize("cell", ["", "> ", "1,", "not(1", "1 2", "[1..", ", 1"])
def test_a_broken_cell_is_refused(cell: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(cell)
