"""Whatever is typed in: an answer or one of two errors, soon."""

import json
from contextlib import suppress
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.feel import FeelEvaluationError, FeelSyntaxError, compile_expression, compile_unary_tests, to_json

WORDS = """
1 0 -1 2.5 .5 1e3 "a" "" null true false a b 金额 item ? partial @"2026-11-23" @"P1D" @"P1Y" @"10:00:00"
+ - * / ** = != < <= > >= and or not in between .. . , : ( ) [ ] { } // /* */ ` @ " \\ % ；
if then else for return some every satisfies instance of function number string list< > date
count( sum( sort( string( matches( replace( split( flatten( range( date( duration( now( today( append(
"""
LONG_WORDS = ["date and time(", "get value(", "string join(", "list replace(", "is defined(", "start included"]
CONTEXT = {"a": 1, "b": [1, {"c": None}], "金额": Decimal("12.30"), "今天": "2026-11-23", "现在": "2026-11-23T09:00:00"}

token_soup = st.lists(st.sampled_from([*WORDS.split(), *LONG_WORDS]), max_size=25).map(" ".join)


def atoms() -> st.SearchStrategy[str]:
    return st.sampled_from(
        ["1", "-2", "0", "1.5", '"a"', '"2026-11-23"', "null", "true", "[]", "[1, 2]", "{a: 1}", "a", "b", '@"P1D"',
         '@"P1Y"', '@"2026-11-23"', '@"10:00:00"', '@"2026-11-23T10:00:00Z"', "[1..3]", "function(x) x", "count"]
    )  # fmt: skip


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    functions = ["count", "sum", "string", "flatten", "date", "duration", "sort", "max", "string length", "abs", "not",
                 "number", "union", "median", "range", "get entries", "reverse", "mode", "odd", "decimal", "substring",
                 "matches", "split", "is", "before", "overlaps", "list contains", "context put", "modulo"]  # fmt: skip
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(pair, st.sampled_from(["+", "-", "*", "/", "**", "=", "<", "and", "or", "in"])).map(
            lambda found: f"({found[0][0]}) {found[1]} ({found[0][1]})"
        ),
        pair.map(lambda both: f"({both[0]})[{both[1]}]"),
        pair.map(lambda both: f"for x in {both[0]} return [x, {both[1]}]"),
        pair.map(lambda both: f"some x in {both[0]} satisfies {both[1]} = x"),
        pair.map(lambda both: f"if {both[0]} then {both[1]} else {both[0]}"),
        pair.map(lambda both: f"[{both[0]}, {both[1]}]"),
        pair.map(lambda both: f"{{a: {both[0]}, c: {both[1]}}}"),
        inner.map(lambda one: f"({one}).a"),
        inner.map(lambda one: f"({one}) instance of list<number>"),
        st.tuples(st.sampled_from(functions), inner).map(lambda call: f"{call[0]}({call[1]})"),
        st.tuples(st.sampled_from(functions), pair).map(lambda call: f"{call[0]}({call[1][0]}, {call[1][1]})"),
    )


well_formed = st.recursive(atoms(), larger, max_leaves=8)


def outcome(text: str) -> object:
    """The value, or None for the two errors that are allowed."""
    try:
        return to_json(compile_expression(text, names=CONTEXT).evaluate(CONTEXT))
    except (FeelSyntaxError, FeelEvaluationError):
        return None


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=60), token_soup))
@example("`")
@example('"\\')
@example("[1..")
def test_any_text_is_a_value_or_a_clean_error(text: str) -> None:
    json.dumps(outcome(text), default=str)


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=40), token_soup))
def test_any_cell_answers_or_is_refused(text: str) -> None:
    try:
        assert compile_unary_tests(text, names=CONTEXT).matches(5, CONTEXT) in (True, False)
    except (FeelSyntaxError, FeelEvaluationError):
        return


@settings(max_examples=500)
@given(well_formed)
def test_every_well_formed_expression_parses_and_ends_cleanly(text: str) -> None:
    compiled = compile_expression(text, names=CONTEXT)

    with suppress(FeelEvaluationError):
        to_json(compiled.evaluate(CONTEXT))


@settings(max_examples=200)
@given(well_formed)
def test_the_same_expression_gives_the_same_twice(text: str) -> None:
    assert outcome(text) == outcome(text)


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)


@given(amounts, amounts)
def test_money_adds_and_multiplies_without_loss(a: Decimal, b: Decimal) -> None:
    assert compile_expression("a + b - b = a").evaluate({"a": a, "b": b}) is True
    assert compile_expression("a * b").evaluate({"a": a, "b": b}) == a * b


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), amounts, st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=10,
)


@given(json_values)
def test_what_comes_in_as_json_goes_out_unchanged(given_value: object) -> None:
    assert to_json(compile_expression("x").evaluate({"x": given_value})) == given_value
    assert compile_expression("x = y").evaluate({"x": given_value, "y": given_value}) is True


@given(st.lists(amounts, min_size=1, max_size=20))
def test_sorting_gives_the_order_of_the_numbers(numbers: list[Decimal]) -> None:
    found = compile_expression("sort(x, function(a, b) a < b)").evaluate({"x": numbers})

    assert found == sorted(numbers)
