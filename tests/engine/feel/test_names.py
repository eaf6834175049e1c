"""Names: Chinese, with spaces, with odd characters; what is known wins over what could be an operator."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from tests.engine.feel.cases import value


def test_chinese_names_need_no_declaration() -> None:
    assert compile_expression('金额 > 1000 and 单位 = "总工会"').evaluate({"金额": 2000, "单位": "总工会"}) is True


def test_a_name_with_spaces_is_read_when_it_is_known() -> None:
    assert value("Current Vacation Status + 1", **{"Current Vacation Status": 1}) == 2
    assert value("Current   Vacation\nStatus", **{"Current Vacation Status": 1}) == 1


def test_a_name_with_spaces_that_is_not_known_is_a_mistake() -> None:
    with pytest.raises(FeelSyntaxError) as refusal:
        compile_expression("Current Vacation")

    assert refusal.value.reason == "unknown_long_name"
    assert refusal.value.position == 8


def test_the_longest_known_name_wins() -> None:
    assert value("a b c", **{"a": 1, "a b": 2, "a b c": 3}) == 3
    assert value("a b + a", **{"a": 1, "a b": 2}) == 3


@pytest.mark.parametrize(
    "name", ["工资（元）", "a-b", "x/y", "2026年收入", "占比%", "a.b", "I'm", "in progress", "🐎", "_x", "甲·乙"]
)
def test_a_known_name_may_hold_any_character(name: str) -> None:
    assert value(f"{name} + 1", **{name: 1}) == 2


def test_a_known_name_with_an_operator_in_it_is_told_from_the_operation_by_its_spaces() -> None:
    names = {"a-b": 100, "a": 5, "b": 3}

    assert value("a-b", **names) == 100
    assert value("a - b", **names) == 2


def test_backquotes_make_a_name_of_anything() -> None:
    assert compile_expression("`a - b` + 1").evaluate({"a - b": 1}) == 2


def test_names_of_contexts_parameters_and_loops_may_have_spaces() -> None:
    assert value("{first name: 1, b: first name + 1}.first name") == 1
    assert value("(function(unit price, n) unit price * n)(2, 3)") == 6
    assert value("for 行 号 in 1..2 return 行 号 * 2") == [2, 4]
    assert value("{a if c: 1}") == {"a if c": 1}


def test_a_known_name_may_hold_or_begin_with_a_keyword() -> None:
    assert value("for i in days in weekend return i", **{"days in weekend": [1]}) == [1]
    assert value("for i in in a list return i", **{"in a list": [1]}) == [1]
    assert value("some or all and not null", **{"some or all": True, "not null": True}) is True


def test_properties_may_be_keywords_and_unknown_names_with_known_parts() -> None:
    assert value("{end: 1}.end") == 1
    assert value("[1..2].start included") is True
    assert value('{"行 政 区": "永康"}.行 政 区', **{"行 政 区": None}) == "永康"


def test_a_variable_named_like_a_function_does_not_hide_it_in_calls() -> None:
    assert value("count(list) + count", count=5, list=[1]) == 6


def test_unknown_names_are_null() -> None:
    assert value("不存在") is None
    assert value("不存在.名称") is None
    assert value("不存在(1)") is None


def test_free_names_are_what_comes_from_outside() -> None:
    cases = {
        '金额 > 1000 and 单位 = "x"': {"金额", "单位"},
        "case.enterprise.name": {"case"},
        "for i in 名单 return i + 基数": {"名单", "基数"},
        "some x in a, y in x satisfies x = y": {"a"},
        "{a: b, c: a + d}": {"b", "d"},
        "{a: a}": {"a"},
        "(function(x) x + y)(z)": {"y", "z"},
        '期限("reply", 签署日) > 今天': {"期限", "签署日", "今天"},
        "count(名单)": {"名单"},
        "for i in 1..3 return partial[-1] + i": set(),
        "? > 5": {"?"},
        "x in (? > a)": {"x", "a"},
        "item + partial": {"item", "partial"},
        "x[item > 1]": {"x"},
        "{f: function(n) f(n - 1), g: f(2)}": set(),
        "is defined(x)": {"x"},
    }

    for expression, wanted in cases.items():
        assert compile_expression(expression).free_names == wanted, expression


def test_names_in_filters_count_as_free_only_when_they_are_known() -> None:
    unaware = compile_expression("名单[工资 > 最低工资]")
    aware = compile_expression("名单[工资 > 最低工资]", names={"名单", "最低工资"})

    assert unaware.free_names == {"名单"}
    assert unaware.names_in_filters == {"工资", "最低工资"}
    assert aware.free_names == {"名单", "最低工资"}


def test_the_same_text_is_compiled_once() -> None:
    assert compile_expression("a + 1", names={"a"}) is compile_expression("a + 1", names={"a"})
