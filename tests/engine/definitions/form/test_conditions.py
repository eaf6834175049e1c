from decimal import Decimal

import pytest

from engine.definitions.form import FormExpressionFailed
from tests.engine.definitions.form.small_forms import (
    REQUIRED,
    a_form,
    accepted,
    computed,
    group,
    hidden_when,
    number,
    problems,
    rows,
    select,
    text,
    tick,
)

REASON = text("reason", **hidden_when("=accept = true"), **REQUIRED)
REPLY = (tick("accept"), REASON)


def test_a_hidden_field_is_not_required() -> None:
    assert accepted(a_form(*REPLY), {"accept": True}) == {"accept": True, "reason": None}


def test_a_hidden_field_is_not_accepted() -> None:
    assert problems(a_form(*REPLY), {"accept": True, "reason": "x"}) == [("reason", "hidden_field")]


def test_a_visible_field_is_required_again() -> None:
    assert problems(a_form(*REPLY), {"accept": False}) == [("reason", "required")]


@pytest.mark.parametrize("blank", [None, "", False, [], {}])
def test_blank_values_of_hidden_fields_say_nothing(blank: object) -> None:
    form = a_form(tick("accept"), tick("sure", **hidden_when("=accept = true"), **REQUIRED))

    values = accepted(form, {"accept": True, "sure": None if blank == "" else blank or None})

    assert values == {"accept": True, "sure": None}


def test_a_wrong_value_of_a_hidden_field_is_only_called_hidden() -> None:
    form = a_form(tick("accept"), number("n", **hidden_when("=accept = true")))

    assert problems(form, {"accept": True, "n": "abc"}) == [("n", "hidden_field")]


def test_a_hidden_group_takes_its_fields_along() -> None:
    form = a_form(tick("has_union"), group("union", text("name", **REQUIRED), **hidden_when("=has_union != true")))

    assert accepted(form, {"has_union": False}) == {"has_union": False, "union": None}
    assert problems(form, {"has_union": False, "union": {"name": 5}}) == [("union", "hidden_field")]
    assert problems(form, {"has_union": True}) == [("union.name", "required")]


def test_a_group_without_a_path_hides_keys_of_the_level_around_it() -> None:
    form = a_form(tick("more"), group(None, text("note", **REQUIRED), **hidden_when("=more != true")))

    assert accepted(form, {}) == {"more": False, "note": None}
    assert problems(form, {"more": True}) == [("note", "required")]


def test_conditions_see_hidden_fields_as_null() -> None:
    form = a_form(
        tick("first"),
        text("second", **hidden_when("=first != true")),
        text("third", **hidden_when("=second = null"), **REQUIRED),
    )

    assert problems(form, {"first": True, "second": "x"}) == [("third", "required")]
    assert problems(form, {"first": True}) == []


def test_a_condition_may_read_the_case() -> None:
    form = a_form(text("why", **hidden_when('=case.stage != "重新表决"'), **REQUIRED))

    assert problems(form, {}, {"case": {"stage": "重新表决"}}) == [("why", "required")]
    assert problems(form, {}, {"case": {"stage": "首次表决"}}) == []
    assert problems(form, {}) == []


def test_required_may_depend_on_other_answers() -> None:
    form = a_form(select("kind", "其他", "年度"), text("which", validate={"required": '=kind = "其他"'}))

    assert problems(form, {"kind": "其他"}) == [("which", "required")]
    assert problems(form, {"kind": "年度"}) == []


def test_computed_values_are_worked_out_exactly_and_never_taken() -> None:
    form = a_form(number("wage"), computed("year", "=wage * 12"), computed("half", "=year / 2"))

    assert accepted(form, {"wage": Decimal("0.1")}) == {
        "wage": Decimal("0.1"),
        "year": Decimal("1.2"),
        "half": Decimal("0.6"),
    }
    assert problems(form, {"wage": 1, "year": 13}) == [("year", "computed_field")]
    assert problems(form, {"wage": 1, "year": 12}) == []


def test_computed_money_is_rounded_to_cents() -> None:
    form = a_form(number("a"), computed("third", "=a / 3", properties={"widget": "money"}))

    assert accepted(form, {"a": 100})["third"] == Decimal("33.33")


def test_a_computed_value_beyond_all_money_is_left_as_it_is() -> None:
    form = a_form(number("a"), computed("much", "=10 ** a", properties={"widget": "money"}))

    assert accepted(form, {"a": 100})["much"] == Decimal(10) ** 100


def test_a_readonly_field_shows_the_case_and_is_not_written() -> None:
    form = a_form(text("enterprise", disabled=True), text("note"))

    assert form.written_keys == {"note"}
    assert accepted(form, {"note": "x"}, {"enterprise": "星月模具"}) == {"note": "x"}
    assert problems(form, {"enterprise": "别的"}, {"enterprise": "星月模具"}) == [("enterprise", "readonly_field")]
    assert problems(form, {"enterprise": "星月模具"}, {"enterprise": "星月模具"}) == []


def test_a_field_that_is_readonly_by_rule_keeps_what_the_case_says() -> None:
    form = a_form(tick("locked"), number("pay", readonly="=locked"))

    assert accepted(form, {"locked": True}, {"pay": 5}) == {"locked": True, "pay": 5}
    assert problems(form, {"locked": True, "pay": 6}, {"pay": 5}) == [("pay", "readonly_field")]
    assert accepted(form, {"pay": 6}, {"pay": 5})["pay"] == 6


def test_options_may_come_from_the_case() -> None:
    form = a_form(select("head", valuesExpression="=for h in heads return h.name"), select("town", valuesKey="towns"))
    context = {"heads": [{"name": "报酬"}], "towns": [{"label": "古山镇", "value": "gs"}]}

    assert problems(form, {"head": "报酬", "town": "gs"}, context) == []
    assert problems(form, {"head": "工时", "town": "xx"}, context) == [
        ("head", "not_an_option"),
        ("town", "not_an_option"),
    ]


def test_an_expression_that_fails_is_the_form_s_fault_not_the_person_s() -> None:
    form = a_form(number("n", properties={"check": "=n + 1", "check_message": "x"}))

    with pytest.raises(FormExpressionFailed) as failure:
        form.accept({"n": 1}, {})

    assert failure.value.details["where"] == "n"


def test_rows_have_their_own_conditions() -> None:
    form = a_form(
        rows("reps", tick("external"), text("mandate", **hidden_when("=external != true"), **REQUIRED)),
    )

    assert problems(form, {"reps": [{"external": True}, {"external": False}]}) == [("reps[0].mandate", "required")]
    assert problems(form, {"reps": [{"external": False, "mandate": "x"}]}) == [("reps[0].mandate", "hidden_field")]
