"""What an expression makes of names without a value, and which values it shows."""

import pytest

from engine.feel import compile_expression

NAMES = {"a", "b", "c"}


def names(found: frozenset[str]) -> str:
    return "".join(sorted(found))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("a = null", "a"),
        ("null != a", "a"),
        ("a.x = null", "a"),
        ("a = true", "a"),
        ('a = "x"', ""),
        ("a = false", ""),
        ("get or else(a, 1) > 2", "a"),
        ("a instance of string", "a"),
        ("a > 1 and b > 1", "b"),
        ("a > 1 or b > 1", ""),
    ],
)
def test_names_that_may_be_null(text: str, asked: str) -> None:
    assert names(compile_expression(text, names=NAMES).names_that_may_be_null) == asked


@pytest.mark.parametrize(
    ("text", "if_true", "if_not"),
    [
        ("a > 1", "a", ""),
        ("a + b > 1", "ab", ""),
        ("a != null", "a", ""),
        ("a = null", "", "a"),
        ('a = "x"', "a", ""),
        ("a = b", "", ""),
        ("a > 1 and b > 1", "ab", ""),
        ("a > 1 or a < b", "a", ""),
        ("a = null or b", "", "a"),
        ("count(a) > 0", "a", ""),
        ("a in [1..2]", "a", ""),
        ("a", "a", ""),
        ("not(a)", "a", ""),
        ("if a then true else true", "", ""),
    ],
)
def test_names_with_a_value_whenever_it_is_true_or_not(text: str, if_true: str, if_not: str) -> None:
    expression = compile_expression(text, names=NAMES)

    assert (names(expression.names_if_true), names(expression.names_if_not_true)) == (if_true, if_not)
    everything = {"a": None, "b": None, "c": None}
    for name in if_true:
        known = {**dict.fromkeys(everything, 1), name: None}
        assert expression.evaluate(known) is not True


@pytest.mark.parametrize(
    ("text", "constants"),
    [
        ('a = "x"', {("a", "x")}),
        ('a = "x" and b', {("a", "x"), ("b", True)}),
        ('a = "x" or b', set()),
        ('a = "x" or a = "x" and c', {("a", "x")}),
        ("a = 1", set()),
        ('a != "x"', set()),
    ],
)
def test_constants_that_names_have_when_it_is_true(text: str, constants: set[tuple[str, object]]) -> None:
    assert compile_expression(text, names=NAMES).equalities_if_true == constants


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"n: " + a', "a"),
        ("if a = 1 then b else c", "bc"),
        ("count(a)", ""),
        ("string(a)", "a"),
        ("for x in a return x", "a"),
        ("a[item > b]", "a"),
        ("a > b", ""),
        ("some x in a satisfies x = b", ""),
        ("{x: a, y: count(b)}", "a"),
    ],
)
def test_names_whose_values_are_shown(text: str, shown: str) -> None:
    assert names(compile_expression(text, names=NAMES).names_shown) == shown
