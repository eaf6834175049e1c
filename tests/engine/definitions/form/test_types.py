from decimal import Decimal
from typing import Any

import pytest

from engine.definitions.form import problem_text
from tests.engine.definitions.form.small_forms import REQUIRED, a_form, accepted, number, problems, select, text, tick

DAY = {"type": "datetime", "subtype": "date", "key": "d"}
TIME = {"type": "datetime", "subtype": "time", "key": "d"}
MOMENT = {"type": "datetime", "subtype": "datetime", "key": "d"}
LONG = {"type": "textarea", "key": "d"}


@pytest.mark.parametrize(
    ("part", "given", "stored"),
    [
        (text("d"), "  王建国 ", "王建国"),
        (text("d"), "", None),
        (LONG, "一\n二", "一\n二"),
        (number("d", decimalDigits=0), Decimal("12.0"), 12),
        (number("d"), 12, Decimal(12)),
        (number("d"), 0.1, Decimal("0.1")),
        (number("d"), Decimal("-0.50"), Decimal("-0.5")),
        (number("d"), Decimal("1E+3"), Decimal(1000)),
        (DAY, "2026-11-23", "2026-11-23"),
        (TIME, "09:30", "09:30:00"),
        (MOMENT, "2026-11-23T09:30", "2026-11-23T09:30:00+08:00"),
        (MOMENT, "2026-11-23T01:30:00Z", "2026-11-23T09:30:00+08:00"),
        (tick("d"), None, False),
        (select("d", "a", 1), "1", 1),
        (select("d", True, False), False, False),
    ],
)
def test_a_value_is_stored_in_one_exact_form(part: dict[str, Any], given: Any, stored: Any) -> None:
    value = accepted(a_form(part), {"d": given})["d"]

    assert value == stored
    assert type(value) is type(stored)
    assert str(value) == str(stored)


@pytest.mark.parametrize(
    ("part", "given", "code"),
    [
        (text("d"), 12, "not_a_text"),
        (text("d"), ["a"], "not_a_text"),
        (text("d"), "a\x00b", "bad_characters"),
        (text("d"), "a\ud800", "bad_characters"),
        (text("d"), "a\nb", "one_line_only"),
        (text("d"), "字" * 1001, "too_long"),
        (LONG, "字" * 20_001, "too_long"),
        (number("d"), "12", "not_a_number"),
        (number("d"), True, "not_a_number"),
        (number("d"), float("nan"), "not_a_number"),
        (number("d"), float("inf"), "not_a_number"),
        (number("d"), Decimal("NaN"), "not_a_number"),
        (number("d"), Decimal("Infinity"), "not_a_number"),
        (number("d"), 10**15, "number_too_large"),
        (number("d"), 10**4000, "number_too_large"),
        (number("d"), Decimal("1e999999"), "number_too_large"),
        (number("d"), Decimal("1e-999999"), "too_many_decimals"),
        (number("d", decimalDigits=0), Decimal("1.5"), "whole_number_only"),
        (number("d", properties={"widget": "money"}), Decimal("0.001"), "too_many_decimals"),
        (DAY, "2026-02-30", "not_a_date"),
        (DAY, "20260228", "not_a_date"),
        (DAY, "0001-01-01", "not_a_date"),
        (DAY, "２０２６-01-01", "not_a_date"),
        (TIME, "25:00", "not_a_time"),
        (MOMENT, "2026-11-23", "not_a_moment"),
        (MOMENT, "9999-12-31T23:59:59-23:59", "not_a_moment"),
        (tick("d"), 1, "not_a_flag"),
        (tick("d"), "true", "not_a_flag"),
        (select("d", "a"), {"typename": "x"}, "not_a_number"),
        (select("d", "a"), "b", "not_an_option"),
        (select("d", 1), True, "not_an_option"),
        ({"type": "checklist", "key": "d", "values": ["a", "b"]}, "a", "not_a_list"),
        ({"type": "checklist", "key": "d", "values": ["a", "b"]}, ["a", "a"], "chosen_twice"),
        ({"type": "taglist", "key": "d", "values": ["a", "b"]}, ["a", "c"], "not_an_option"),
    ],
)
def test_a_value_of_another_type_is_refused(part: dict[str, Any], given: Any, code: str) -> None:
    assert problems(a_form(part), {"d": given}) == [("d", code)]


@pytest.mark.parametrize(
    ("part", "empty", "code"),
    [
        (text("d"), "   ", "required"),
        (number("d"), None, "required"),
        (tick("d"), False, "must_be_ticked"),
        (select("d", "a"), "", "choose_one"),
        ({"type": "checklist", "key": "d", "values": ["a"]}, [], "choose_at_least_one"),
        ({"type": "filepicker", "key": "d"}, [], "file_required"),
    ],
)
def test_what_is_required_must_be_there(part: dict[str, Any], empty: Any, code: str) -> None:
    form = a_form(part | REQUIRED)

    assert problems(form, {"d": empty}) == [("d", code)]
    assert problems(form, {}) == [("d", code)]


def test_zero_and_no_are_answers() -> None:
    form = a_form(number("n", **REQUIRED), select("yes", True, False, **REQUIRED))

    assert accepted(form, {"n": 0, "yes": False}) == {"n": 0, "yes": False}


@pytest.mark.parametrize(
    ("validate", "given", "code"),
    [
        ({"minLength": 2}, "一", "too_short"),
        ({"maxLength": 2}, "一二三", "too_long"),
        ({"pattern": "^[A-Z]+$"}, "abc", "bad_pattern_value"),
        ({"pattern": r"^\d+$"}, "１２", "bad_pattern_value"),
        ({"validationType": "email"}, "nobody", "not_email"),
        ({"validationType": "phone"}, "12", "not_any_phone"),
    ],
)
def test_texts_keep_to_their_limits(validate: dict[str, Any], given: str, code: str) -> None:
    assert problems(a_form(text("d", validate=validate)), {"d": given}) == [("d", code)]


def test_a_pattern_says_what_its_designer_wrote() -> None:
    english = {"pattern_message_en": "Begin with A"}
    form = a_form(text("d", validate={"pattern": "^A", "patternErrorMessage": "以 A 开头"}, properties=english))

    with pytest.raises(Exception, match="form") as refusal:
        form.accept({"d": "B"}, {})

    (problem,) = refusal.value.problems  # type: ignore[attr-defined]
    assert problem.text == "以 A 开头"
    assert problem_text(problem, "en") == "Begin with A"


@pytest.mark.parametrize(("given", "code"), [(0, "too_small"), (11, "too_large"), (Decimal("2.5"), "not_a_step")])
def test_numbers_keep_to_their_limits(given: Any, code: str) -> None:
    form = a_form(number("n", increment="2", validate={"min": 1, "max": "=most"}))

    assert problems(form, {"n": given}, {"most": 10}) == [("n", code)]
    assert problems(form, {"n": 3}, {"most": 10}) == []


def test_a_long_maximum_raises_the_usual_limit_of_a_text() -> None:
    form = a_form({"type": "textarea", "key": "d", "validate": {"maxLength": 30_000}})

    assert problems(form, {"d": "字" * 25_000}) == []
    assert problems(form, {"d": "字" * 30_001}) == [("d", "too_long")]


def test_dates_that_must_not_have_passed_are_compared_with_today() -> None:
    form = a_form(DAY | {"disallowPassedDates": True})

    assert problems(form, {"d": "2026-11-22"}, {"今天": "2026-11-23"}) == [("d", "in_the_past")]
    assert problems(form, {"d": "2026-11-23"}, {"今天": "2026-11-23"}) == []
