"""What an expression asks for from outside is exactly what was said beforehand."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelEvaluationError, compile_expression, compile_unary_tests
from engine.feel.builtins import BUILT_INS

NAMES = ("a", "b", "名单", "x", "票", "item", "partial", "f")
VALUES: dict[str, Any] = {
    "a": Decimal(1),
    "b": Decimal(3),
    "名单": [{"票": Decimal(2), "x": Decimal(5)}, {"票": Decimal(4)}],
    "x": Decimal(7),
    "票": Decimal(9),
    "item": Decimal(11),
    "partial": [Decimal(13)],
    "f": None,
}


class Asked(Mapping[str, Any]):
    """Remembers which names were looked up."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values_by_name = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    name = st.sampled_from(NAMES)
    forms = (
        "({0} + {1})", "[{0}, {1}]", "({0})[{1}]", "({0})[item = {1}]", "({0})[票 > {1}]", "({0}).票",
        "if {0} = {1} then {0} else {1}", "count([{0}, {1}])", "({0} in ({1}, ? > 2))", "not({0} = {1})",
    )  # fmt: skip
    binding = (
        "(for {2} in [{0}] return {1})", "(for {2} in [{0}], {3} in [{2}] return {1})", "{{{2}: {0}, {3}x: {1}}}",
        "(some {2} in [{0}] satisfies {1} = 1)", "(every {2} in [{0}], {3} in [{1}] satisfies {2} = {3})",
        "(function({2}) {0})({1})", "(for {2} in 1..2 return {1})", "{{f: function({2}) {0}, r: f({1})}}.r",
    )  # fmt: skip
    return st.one_of(
        st.tuples(st.sampled_from(forms), inner, inner).map(lambda found: found[0].format(*found[1:])),
        st.tuples(st.sampled_from(binding), inner, inner, name, name).map(lambda found: found[0].format(*found[1:])),
    )


expressions = st.recursive(st.sampled_from((*NAMES, "1", "?", '"甲"')), _larger, max_leaves=7)


@settings(max_examples=600)
@given(expressions)
def test_nothing_is_asked_for_that_was_not_listed(text: str) -> None:
    compiled = compile_expression(text)
    listed = compiled.free_names | compiled.names_in_filters
    asked = Asked(VALUES)

    compiled.evaluate(asked)

    assert asked.names - BUILT_INS.keys() <= listed


@settings(max_examples=400)
@given(expressions)
def test_with_the_listed_names_alone_the_value_is_the_same(text: str) -> None:
    compiled = compile_expression(text)
    listed = compiled.free_names | compiled.names_in_filters
    only = {name: value for name, value in VALUES.items() if name in listed}

    assert repr(compiled.evaluate(only)) == repr(compiled.evaluate(VALUES)) or "function" in text


@settings(max_examples=400)
@given(expressions)
def test_names_that_are_known_to_exist_outside_count_in_filters_too(text: str) -> None:
    unaware, aware = compile_expression(text), compile_expression(text, names=frozenset(NAMES))

    assert unaware.free_names <= aware.free_names <= unaware.free_names | unaware.names_in_filters
    assert aware.free_names == unaware.free_names | (unaware.names_in_filters & set(NAMES))


straight = st.recursive(
    st.sampled_from((*NAMES, "1")),
    lambda inner: st.tuples(st.sampled_from(("({} + {})", "[{}, {}]", "max({}, {})", "({} = {})")), inner, inner).map(
        lambda found: found[0].format(*found[1:])
    ),
    max_leaves=8,
)


@given(straight)
def test_where_everything_is_worked_out_every_listed_name_is_asked_for(text: str) -> None:
    compiled, asked = compile_expression(text), Asked(VALUES)

    compiled.evaluate(asked)

    assert asked.names - BUILT_INS.keys() == compiled.free_names


@pytest.mark.parametrize(
    ("text", "free", "ambiguous"),
    [
        ("名单[票 > 最低]", {"名单"}, {"票", "最低"}),
        ("名单[item.票 > 最低]", {"名单"}, {"最低"}),
        ("名单[票 > 2] + 票", {"名单", "票"}, set()),
        ("名单[x[y]]", {"名单"}, {"x", "y"}),
        ("item", {"item"}, set()),
        ("for i in partial return partial", set(), set()),
        ("{a: b, c: a}.c", {"b"}, set()),
        ("{c: a, a: b}", {"a", "b"}, set()),
        ("{a: a}", {"a"}, set()),
        ("some a in a satisfies a", {"a"}, set()),
        ("for a in 1..b, c in a..d return c", {"b", "d"}, set()),
        ("function(a) a + b", {"b"}, set()),
        ("(function(a) a)(a)", {"a"}, set()),
        ("a in (? > b)", {"a", "b"}, set()),
        ("?", {"?"}, set()),
        ("count(名单)", {"名单"}, set()),
        ("期限(a)", {"期限", "a"}, set()),
        ("a.b.c", {"a"}, set()),
        ("is defined(a)", {"a"}, set()),
        ("f(rule: a)", {"f", "a"}, set()),
    ],
)
def test_each_kind_of_binding(text: str, free: set[str], ambiguous: set[str]) -> None:
    compiled = compile_expression(text)

    assert compiled.free_names == free
    assert compiled.names_in_filters == ambiguous


def test_a_variable_named_like_a_function_is_free_when_it_is_known_and_not_called() -> None:
    assert compile_expression("count(x) + count", names={"count"}).free_names == {"x", "count"}
    assert compile_expression("count(x)", names={"count"}).free_names == {"x"}
    assert compile_expression("sort(x, count)").free_names == {"x"}


def test_the_tested_value_of_a_cell_is_not_free() -> None:
    assert compile_unary_tests("> 下限, ? < 上限, not(甲)").free_names == {"下限", "上限", "甲"}


def test_a_name_that_is_missing_is_null_and_never_an_error() -> None:
    for text in ("a", "a + 1", "a.b", "a[1]", "a[b]", "a(1)", "for i in a return i", "[a..b]", "1 in a"):
        try:
            compile_expression(text).evaluate({})
        except FeelEvaluationError as error:
            pytest.fail(f"{text}: {error}")
