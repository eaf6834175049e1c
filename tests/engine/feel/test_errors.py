"""Mistakes are told with their place, in both languages."""

import re
from pathlib import Path

import pytest
import yaml

from engine.errors import DefinitionError, EngineError
from engine.feel import FeelEvaluationError, FeelSyntaxError, HostFunction, compile_expression, strip_equals, to_json
from texts import LOCALES, catalogue

BROKEN = [
    ("1 +", "unfinished", 3),
    ("(1 + 2", "unclosed_bracket", 0),
    ("if 1 then 2", "unexpected_end", 11),
    ("1 2", "unexpected", 2),
    ("a b", "unknown_long_name", 2),
    ("金额 ＞ 5", "full_width", 3),
    ("（1", "full_width", 0),
    ('x = "abc', "unterminated_string", 4),
    ("'abc'", "single_quote", 0),
    ("f(1,,2)", "unexpected", 4),
    ("f(a: 1, 2)", "unexpected_text", 9),
    ("{a}", "unexpected_text", 2),
    ("{1: 2}", "unexpected_text", 2),
    ('@"2026-13-01"', "bad_date_literal", 0),
    ('"\\uD800"', "bad_escape", 0),
    ('"\\UFFFFFF"', "bad_escape", 1),
    ("1e9999", "number_too_large", 0),
    ("x instance of foo", "unknown_type", 14),
    ("function(a) external {}", "external_function", 12),
    ("%", "percent", 0),
    ("a then b", "unexpected", 2),
    ("", "unfinished", 0),
    ("for i in 1..3", "unexpected_end", 13),
    ("1 between 2", "unexpected_end", 11),
]


@pytest.mark.parametrize(("text", "reason", "position"), BROKEN)
def test_a_syntax_error_names_its_reason_and_place(text: str, reason: str, position: int) -> None:
    with pytest.raises(FeelSyntaxError) as refusal:
        compile_expression(text)

    assert (refusal.value.reason, refusal.value.position) == (reason, position)
    assert refusal.value.details["expression"] == text


def test_line_and_column_count_from_one() -> None:
    with pytest.raises(FeelSyntaxError) as refusal:
        compile_expression("1 +\n  2 *\n   )")

    assert (refusal.value.details["line"], refusal.value.details["column"]) == (3, 4)


def test_both_kinds_belong_to_the_engine_and_speak_both_languages() -> None:
    with pytest.raises(FeelSyntaxError) as refusal:
        compile_expression("金额 ＞ 5")

    assert isinstance(refusal.value, DefinitionError)
    assert "全角" in refusal.value.text("zh")
    assert "full-width" in refusal.value.text("en")
    assert refusal.value.code == "feel_syntax_error"
    assert issubclass(FeelEvaluationError, EngineError)


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    sources = Path(__file__).parents[3] / "engine" / "feel"
    raised = {
        reason for file in sources.rglob("*.py") for reason in re.findall(r'Error\(\s*"(\w+)"', file.read_text("utf-8"))
    }

    for locale in LOCALES:
        assert set(catalogue(locale, "feel")) == raised | {"place"}


def test_the_sentences_are_kept_sorted() -> None:
    for locale in LOCALES:
        file = Path(__file__).parents[3] / "texts" / locale / "feel.yml"
        keys = list(yaml.safe_load(file.read_text("utf-8")))
        assert keys == sorted(keys)


def test_an_evaluation_error_points_at_the_call_that_failed() -> None:
    with pytest.raises(FeelEvaluationError) as refusal:
        compile_expression('1 + assert(5, 5 > 6, "太小")').evaluate({})

    assert refusal.value.reason == "assertion_failed"
    assert refusal.value.position == 4
    assert "太小" in refusal.value.text("zh")


def test_host_functions_are_called_by_position_and_by_name() -> None:
    def deadline(rule: str, start: str = "today") -> str:
        return f"{rule} from {start}"

    context = {"期限": HostFunction("期限", ("规则", "起始"), deadline)}

    assert compile_expression('期限("reply")').evaluate(context) == "reply from today"
    assert compile_expression('期限("reply", "now")').evaluate(context) == "reply from now"
    assert compile_expression('期限(起始: "x", 规则: "y")').evaluate(context) == "y from x"


def test_what_a_host_function_gives_is_exact() -> None:
    context = {"f": HostFunction("f", (), lambda: 0.1), "g": HostFunction("g", (), lambda: 3)}

    assert to_json(compile_expression("f() + 0.2 = 0.3 and g() = 3").evaluate(context)) is True


@pytest.mark.parametrize("call", ["期限()", "期限(1, 2, 3)", '期限(x: "a")'])
def test_wrong_arguments_for_a_host_function_are_an_error(call: str) -> None:
    context = {"期限": HostFunction("期限", ("规则", "起始"), lambda rule, start=None: rule)}

    with pytest.raises(FeelEvaluationError) as refusal:
        compile_expression(call).evaluate(context)

    assert refusal.value.reason == "wrong_arguments"


def test_a_host_function_that_fails_is_named_and_its_cause_kept() -> None:
    def fails(rule: str) -> str:
        raise KeyError(rule)

    with pytest.raises(FeelEvaluationError) as refusal:
        compile_expression('规则("x")').evaluate({"规则": HostFunction("规则", ("键",), fails)})

    assert refusal.value.reason == "host_function_failed"
    assert refusal.value.details["params"] == {"function": "规则", "cause": "KeyError"}
    assert isinstance(refusal.value.__cause__, KeyError)


def test_the_equals_sign_of_modellers_is_taken_off() -> None:
    assert strip_equals(" = a > 1") == "a > 1"
    assert strip_equals("a = 1") == "a = 1"
    assert strip_equals("=") == ""


def test_functions_cannot_leave_as_json() -> None:
    with pytest.raises(FeelEvaluationError) as refusal:
        to_json(compile_expression("[function(x) x]").evaluate({}))

    assert refusal.value.reason == "not_json"
