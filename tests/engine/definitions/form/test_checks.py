import pytest

from engine.definitions.form import problem_text
from tests.engine.definitions.form.small_forms import a_form, group, number, problems, refused, text

CHECKED = number(
    "yes",
    properties={
        "check": "=yes <= back",
        "check_message": "同意票不能多于收回的 {{back}} 张",
        "check_message_en": "Only {{back}} ballots came back",
        "warn": "=yes >= back / 2",
        "warn_message": "同意票不到一半",
        "warn_message_en": "Less than half",
    },
)
BALLOT = (number("back"), CHECKED)


def test_a_check_that_is_false_is_a_problem_in_the_designer_s_words() -> None:
    (problem,) = refused(a_form(*BALLOT), {"back": 10, "yes": 11})

    assert (problem.path, problem.code) == ("yes", "check_failed")
    assert problem_text(problem) == "同意票不能多于收回的 10 张"
    assert problem_text(problem, "en") == "Only 10 ballots came back"


def test_a_warning_lets_the_answers_pass() -> None:
    taken = a_form(*BALLOT).accept({"back": 10, "yes": 3}, {})

    assert [(w.path, w.code, problem_text(w), problem_text(w, "en")) for w in taken.warnings] == [
        ("yes", "warning", "同意票不到一半", "Less than half")
    ]


def test_a_check_that_is_null_has_nothing_to_judge_yet() -> None:
    assert problems(a_form(*BALLOT), {"yes": 3}) == []


def test_a_field_with_a_problem_of_its_own_is_not_checked_further() -> None:
    assert problems(a_form(*BALLOT), {"back": 1, "yes": "x"}) == [("yes", "not_a_number")]


def test_the_form_as_a_whole_may_have_checks() -> None:
    properties = {"check": "=a < b", "check_message": "a 应小于 b"}
    form = a_form(number("a"), number("b"), properties=properties)

    assert problems(form, {"a": 2, "b": 1}) == [("", "check_failed")]


def test_groups_without_a_path_may_have_checks() -> None:
    form = a_form(group(None, number("a"), number("b"), properties={"check": "=a < b", "check_message": "a 应小于 b"}))

    assert problems(form, {"a": 2, "b": 1}) == [("", "check_failed")]


def test_all_problems_are_named_at_once_in_the_order_of_the_form() -> None:
    form = a_form(text("a", validate={"required": True}), number("b"), text("c", validate={"maxLength": 1}))

    assert problems(form, {"zz": 1, "b": "x", "c": "12", "aa": 1}) == [
        ("a", "required"),
        ("b", "not_a_number"),
        ("c", "too_long"),
        ("aa", "unknown_field"),
        ("zz", "unknown_field"),
    ]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_problem_without_a_designer_s_message_has_our_sentence(locale: str) -> None:
    (problem,) = refused(a_form(number("n", validate={"min": 3})), {"n": 1})

    assert "3" in problem_text(problem, locale)
