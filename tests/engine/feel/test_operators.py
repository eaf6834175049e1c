"""Arithmetic, comparison and logic (DMN 1.5, 10.3.2)."""

import pytest

from tests.engine.feel.cases import is_same, value

ARITHMETIC = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("10 - 2 - 3", 5),
    ("100 / 10 / 2", 5),
    ("2 ** 3 ** 2", 64),
    ("-2 ** 2", 4),
    ("2 ** -1", "0.5"),
    ("1 - -1", 2),
    ("0.1 + 0.2", "0.3"),
    (".5 + 1", "1.5"),
    ("1 / 3", "0.3333333333333333333333333333333333"),
    ("10 / 4 * 1.00", "2.5"),
    ("12345678901234567890 * 10", 123456789012345678900),
    ("1e3", 1000),
    ("1.5E-2", "0.015"),
    ("1 / 0", None),
    ("0 / 0", None),
    ("0 ** -1", None),
    ("(-8) ** 0.5", None),
    ('"总" + "工会"', "总工会"),
    ('"a" + 1', None),
    ('"a" - "a"', None),
    ("1 + null", None),
    ("true + 1", None),
    ("[1] + 1", None),
    ('-"a"', None),
    ("-(1 + 2)", -3),
    ("- - 1", 1),
]

COMPARISON = [
    ("1 = 1.0", True),
    ('1 = "1"', None),
    ("true = 1", None),
    ("null = null", True),
    ("null = 1", False),
    ("null != 1", True),
    ('1 != "1"', None),
    ("[1, [2]] = [1, [2.0]]", True),
    ("[1, 2] = [2, 1]", False),
    ("[] = []", True),
    ("{a: 1, b: 2} = {b: 2, a: 1}", True),
    ("{a: 1} = {a: 1, b: 2}", False),
    ("[1..3] = [1..3]", True),
    ("[1..3] = [1..3)", False),
    ("1 < 2", True),
    ("2 <= 2", True),
    ('"a" < "b"', True),
    ('1 < "b"', None),
    ("null < 1", None),
    ("true < false", None),
    ("[1] < [2]", None),
    ("5 between 1 and 10", True),
    ("5 between 5 and 5", True),
    ("5 between 6 and 10", False),
    ("null between 1 and 2", None),
    ("5 between 1 and null", None),
    ("1 + 1 between 1 + 1 and 3 and true", True),
]

LOGIC = [
    ("true and true", True),
    ("true and null", None),
    ("false and null", False),
    ("null and false", False),
    ("null and null", None),
    ("true or null", True),
    ("null or true", True),
    ("false or null", None),
    ("false or 1", None),
    ("1 and true", None),
    ("1 and false", False),
    ("true or false and false", True),
    ("not(true)", False),
    ("not(null)", None),
    ("not(1)", None),
    ("if true then 1 else 2", 1),
    ("if null then 1 else 2", 2),
    ('if "a" then 1 else 2', 2),
    ("if false then 1 else if true then 2 else 3", 2),
]

MEMBERSHIP = [
    ("5 in [1..10]", True),
    ("5 in (5..10]", False),
    ("5 in [1..5)", False),
    ("5 in ]5..6[", False),
    ("5 in [1..5[", False),
    ("5 in ]4..5]", True),
    ("5 in > 3", True),
    ("5 in (> 6, < 4)", False),
    ("5 in (1, 5, 7)", True),
    ("5 in [1, 5, 7]", True),
    ("5 in (!= 5)", False),
    ("5 in (= 5)", True),
    ("[1] in [[1], [2]]", True),
    ("5 in [[1..3], [4..6]]", True),
    ("true in [false, 2, 3]", False),
    ("true in (false, 2)", None),
    ("5 in (? > 3)", True),
    ("5 in (? > 3 and ? < 5)", False),
    ('"b" in ["a".."c"]', True),
    ("null in (1, null)", True),
    ("null in [1..2]", None),
    ('"a" in [1..2]', None),
    ("5 in (1..10)", True),
    ("1 in (1..10)", False),
    ("(>= 5)", "[5..null)"),
    ("(< 5)", "(null..5)"),
    ("(>= 5) = [5..null)", True),
]


@pytest.mark.parametrize(("expression", "wanted"), [*ARITHMETIC, *COMPARISON, *LOGIC, *MEMBERSHIP])
def test_operators_follow_the_standard(expression: str, wanted: object) -> None:
    assert is_same(value(expression), wanted), value(expression)


def test_money_is_exact() -> None:
    assert is_same(value("sum(for i in 1..1000 return 0.01)"), 10)
    assert is_same(value("金额 * 0.03", 金额=19999), "599.97")


def test_integers_of_any_size_keep_their_digits() -> None:
    assert value("n", n=10**30 + 1) == 10**30 + 1


def test_every_kind_of_range_bracket_gives_its_range() -> None:
    written = ["[1..2]", "(1..2)", "]1..2[", "[1..2)", "[1..2[", "(1..2]", "]1..2]"]
    read = ["[1..2]", "(1..2)", "(1..2)", "[1..2)", "[1..2)", "(1..2]", "(1..2]"]

    assert [value(text) for text in written] == read
    assert value("[1 + 1..2 * 3]") == "[2..6]"
    assert value('[1.."b"]') is None
