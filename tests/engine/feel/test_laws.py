"""What always holds, whatever the values: logic, numbers, dates, order, strings."""

import itertools
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.feel import YearMonthDuration, compile_expression, to_json
from engine.feel.temporal import text_of

TRUTHS = (True, False, None)
DECIMAL128 = Context(prec=34, Emax=6144, Emin=-6143, rounding=ROUND_HALF_EVEN)

numbers = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent, DECIMAL128),
    st.integers(-(10**34) + 1, 10**34 - 1),
    st.integers(-40, 10),
)
small = st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=3)
dates = st.dates(date(1000, 1, 1), date(9000, 12, 31))
zones = st.one_of(st.none(), st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))))
moments = st.builds(datetime.combine, dates, st.times(), zones)
spans = st.timedeltas(timedelta(days=-300_000), timedelta(days=300_000))
months = st.integers(-9000, 9000).map(YearMonthDuration)
texts = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("永康🐎é\U00020000")), max_size=12)


def run(expression: str, **names: Any) -> Any:
    return compile_expression(expression, names=frozenset(names)).evaluate(names)


def kleene_and(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


@pytest.mark.parametrize(("left", "right"), list(itertools.product(TRUTHS, TRUTHS)))
def test_logic_has_three_values(left: bool | None, right: bool | None) -> None:
    conjunction = kleene_and(left, right)
    negated = {True: False, False: True, None: None}

    assert run("a and b", a=left, b=right) is conjunction
    assert run("a or b", a=left, b=right) is negated[kleene_and(negated[left], negated[right])]
    assert run("not(a)", a=left) is negated[left]
    assert run("all([a, b])", a=left, b=right) is conjunction
    assert run("every x in [a, b] satisfies x", a=left, b=right) is conjunction
    assert run("some x in [a, b] satisfies x", a=left, b=right) is run("a or b", a=left, b=right)
    assert run("any([a, b])", a=left, b=right) is run("a or b", a=left, b=right)


@pytest.mark.parametrize("other", ["a", Decimal(1), [], {}, date(2026, 11, 23)])
def test_what_is_no_truth_value_counts_as_null_in_logic(other: object) -> None:
    assert run("a and true", a=other) is None
    assert run("a and false", a=other) is False
    assert run("a or true", a=other) is True
    assert run("if a then 1 else 2", a=other) == 2


@given(numbers, numbers)
def test_arithmetic_is_that_of_decimals_with_34_digits(a: Decimal, b: Decimal) -> None:
    assert run("a + b", a=a, b=b) == DECIMAL128.add(a, b)
    assert run("a - b", a=a, b=b) == DECIMAL128.subtract(a, b)
    assert run("a * b", a=a, b=b) == DECIMAL128.multiply(a, b)
    assert run("a / b", a=a, b=b) == (DECIMAL128.divide(a, b) if b else None)
    assert run("-a", a=a) == DECIMAL128.minus(a)
    assert run("abs(a)", a=a) == DECIMAL128.abs(a)
    assert run(f"-{abs(b):f}") == DECIMAL128.minus(abs(b))
    assert run("a < b", a=a, b=b) is (a < b)
    assert run("a = b", a=a, b=b) is (a == b)


@given(small, small)
def test_modulo_is_what_the_standard_defines(a: Decimal, b: Decimal) -> None:
    assume(b)

    assert run("modulo(a, b) = a - b * floor(a / b)", a=a, b=b) is True


@given(numbers, st.integers(-5, 10))
def test_rounding_brackets_the_number(number: Decimal, scale: int) -> None:
    names = {"n": number, "s": Decimal(scale)}

    assert run("floor(n, s) <= n and n <= ceiling(n, s)", **names) is True
    assert run("abs(round down(n, s)) <= abs(n) and abs(n) <= abs(round up(n, s))", **names) is True
    assert run("abs(decimal(n, s) - n) * 2 <= 10 ** -s", **names) is True
    assert run("decimal(n, s) = floor(n, s) or decimal(n, s) = ceiling(n, s)", **names) is True


@given(numbers, numbers)
def test_between_and_in_mean_the_two_comparisons(a: Decimal, b: Decimal) -> None:
    assert run("a between b and 5", a=a, b=b) is run("a >= b and a <= 5", a=a, b=b)
    assert run("a in (> b, < 5)", a=a, b=b) is run("a > b or a < 5", a=a, b=b)
    if b <= 5:
        assert run("a in (b..5]", a=a, b=b) is run("a > b and a <= 5", a=a, b=b)


@pytest.mark.parametrize("bounds", ["[a..b]", "(a..b)", "[a..b)"])
@given(value=st.one_of(st.none(), small), low=st.one_of(st.none(), small), high=st.one_of(st.none(), small))
def test_a_range_with_an_unknown_bound_is_never_passed(bounds: str, value: Any, low: Any, high: Any) -> None:
    """A range in the wrong order is null itself, and null is in null."""
    assume(None in (value, low, high))
    assume(low is None or high is None or low <= high)

    assert run(f"v in {bounds}", v=value, a=low, b=high) is not True
    assert run(f"{{r: {bounds}, x: v in r}}.x", v=value, a=low, b=high) is not True


@given(dates, st.integers(-100_000, 100_000))
def test_days_are_added_and_taken_off_again(day: date, count: int) -> None:
    names = {"d": day, "n": Decimal(count)}

    assert run('(d + duration("P1D") * n) - duration("P1D") * n = d', **names) is True
    assert run('(d + duration("P1D") * n - d).days = n', **names) is True


@given(moments, spans)
def test_a_span_is_the_difference_of_two_moments(moment: datetime, span: timedelta) -> None:
    assert run("(m + s) - m = s", m=moment, s=span) is True
    assert run("(m - s) + s = m", m=moment, s=span) is True
    assert run('(m < m + s) = (s > @"PT0S")', m=moment, s=span) is True


@given(dates, st.integers(0, 5000))
def test_months_are_counted_as_they_were_added(day: date, count: int) -> None:
    day = day.replace(day=min(day.day, 28))

    assert run("years and months duration(d, d + m) = m", d=day, m=YearMonthDuration(count)) is True


@given(st.one_of(dates, moments, spans, months))
def test_what_is_written_is_read_again(value: Any) -> None:
    kinds = {date: "date", datetime: "date and time"}
    reader = kinds.get(type(value), "duration")

    assert run(f"{reader}(t) = v", t=text_of(value), v=value) is True
    assert run("string(v)", v=value) == to_json(value) == text_of(value)
    assert compile_expression(f'@"{text_of(value)}"').evaluate({}) == value


@given(st.lists(st.tuples(st.integers(0, 3), st.integers()), max_size=30))
def test_sorting_keeps_the_order_of_equals(pairs: list[tuple[int, int]]) -> None:
    items = [{"k": Decimal(key), "place": Decimal(place)} for key, place in pairs]

    found = run("sort(x, function(a, b) a.k < b.k)", x=items)

    assert found == sorted(items, key=lambda item: item["k"])


@given(texts, st.integers(-14, 14), st.integers(1, 14))
def test_strings_are_counted_in_code_points(text: str, start: int, length: int) -> None:
    names = {"t": text, "s": Decimal(start), "n": Decimal(length)}

    assert run("string length(t)", t=text) == len(text)
    inside = 0 < abs(start) <= len(text)
    begin = start - 1 if start > 0 else len(text) + start
    assert run("substring(t, s, n)", **names) == (text[begin : begin + length] if inside else None)


@given(texts, texts)
def test_a_string_is_what_stands_before_its_part_the_part_and_what_follows(text: str, part: str) -> None:
    names = {"t": text + part + text, "p": part}

    assert run("substring before(t, p) + p + substring after(t, p) = t", **names) is True
    assert run("contains(t, p)", **names) is True
    assert run('string join(split("a" + t, "§"), "§") = "a" + t', **names) is True


@given(st.lists(small, min_size=1, max_size=15))
def test_lists_hold_together(items: list[Decimal]) -> None:
    names = {"l": items}

    assert run("reverse(reverse(l)) = l", **names) is True
    assert run("count(concatenate(l, l)) = 2 * count(l)", **names) is True
    assert run("remove(append(l, 1), -1) = l", **names) is True
    assert run("every x in l satisfies min(l) <= x and x <= max(l)", **names) is True
    assert run("distinct values(union(l, l)) = distinct values(l)", **names) is True
    assert run("for i in 1..count(l) return l[i]", **names) == items
    assert run("l[item = min(l)][1] = sort(l)[1]", **names) is True


@given(st.dictionaries(texts, small, max_size=6))
def test_a_context_is_its_entries(entries: dict[str, Decimal]) -> None:
    assert run("context(get entries(c)) = c", c=entries) is True
    assert run("context merge([c, {}]) = c", c=entries) is True
    assert run('get value(context put(c, "甲", 1), "甲") = 1', c=entries) is True
