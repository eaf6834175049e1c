from typing import Any

import pytest

from engine.definitions.form.identifiers import is_id_number, is_mobile, is_uscc, uscc_flaw
from tests.engine.definitions.form.small_forms import REQUIRED, a_form, accepted, problems, rows, select, text, tick

PEOPLE = [
    {"label": "王建国（企业经办人）", "value": "hr", "scopes": ["enterprise", "enterprise_hr"]},
    {"label": "李秀兰（工会主席）", "value": "chair", "scopes": ["enterprise"]},
    {"label": "周律师", "value": "lawyer1", "scopes": ["expert_lawyer"]},
]
PDF = {"id": "d1", "name": "委托书.PDF", "size": 1000, "media_type": "application/pdf"}
PHOTO = {"id": "d2", "name": "a.jpg", "size": 1000, "media_type": "image/jpeg"}
HUGE = {"id": "d3", "name": "b.pdf", "size": 30 * 1024 * 1024, "media_type": "application/pdf"}
FILE = {"type": "filepicker", "key": "f"}


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L"])
def test_a_social_credit_code_has_its_check_sign(code: str) -> None:
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")

    assert is_uscc(code)
    assert not is_uscc(wrong)
    assert not is_uscc(code[1] + code[0] + code[2:])
    assert not is_uscc(code.lower())


@pytest.mark.parametrize(
    ("code", "flaw"),
    [
        ("9135010", ("uscc_length", {"length": 7})),
        ("9I350100M000100Y43", ("uscc_sign", {"place": 2, "sign": "I"})),
        ("91350A00M000100Y43", ("uscc_region", {"place": 6, "sign": "A"})),
        ("91350100M000100Y44", ("uscc_check", {"sign": "4"})),
        ("91350100M000100y43", ("uscc_sign", {"place": 16, "sign": "y"})),
    ],
)
def test_a_wrong_social_credit_code_is_wrong_at_a_place(code: str, flaw: tuple[str, dict[str, Any]]) -> None:
    assert uscc_flaw(code) == flaw


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_an_id_number_has_its_check_sign_and_a_real_birth_date(number: str) -> None:
    is_old_enough_to_be_refused = number[6:10] < "1900"

    assert is_id_number(number) is not is_old_enough_to_be_refused
    assert not is_id_number(number[:-1] + "5")


@pytest.mark.parametrize("number", ["110105194913310029", "11010519491231002x", "1101051949123100", "", "１" * 18])
def test_a_wrong_id_number_is_refused(number: str) -> None:
    assert not is_id_number(number)


@pytest.mark.parametrize(("number", "fits"), [("13812345678", True), ("12812345678", False), ("1381234567", False)])
def test_a_mobile_number_has_eleven_digits(number: str, fits: bool) -> None:
    assert is_mobile(number) is fits


@pytest.mark.parametrize(
    ("widget", "code"), [("phone", "not_phone"), ("uscc", "uscc_length"), ("id_number", "not_id_number")]
)
def test_widgets_check_their_format(widget: str, code: str) -> None:
    assert problems(a_form(text("d", properties={"widget": widget})), {"d": "123"}) == [("d", code)]


def test_a_person_must_be_among_those_of_the_scope() -> None:
    form = a_form(select("who", properties={"widget": "person", "person_scope": "enterprise, expert_tax"}))
    context = {"people": PEOPLE}

    assert problems(form, {"who": "chair"}, context) == []
    assert problems(form, {"who": "lawyer1"}, context) == [("who", "not_among_people")]
    assert problems(form, {"who": "nobody"}, context) == [("who", "not_among_people")]
    assert problems(form, {"who": "hr"}, {}) == [("who", "not_among_people")]


def test_several_persons_are_each_checked() -> None:
    form = a_form({"type": "taglist", "key": "who", "properties": {"widget": "persons"}} | REQUIRED)

    assert problems(form, {"who": ["hr", "lawyer1"]}, {"people": PEOPLE}) == []
    assert problems(form, {"who": ["hr", "x"]}, {"people": PEOPLE}) == [("who", "not_among_people")]
    assert problems(form, {"who": ["hr", "hr"]}, {"people": PEOPLE}) == [("who", "chosen_twice")]


def test_persons_in_rows_are_checked_in_their_row() -> None:
    form = a_form(rows("reps", select("person", properties={"widget": "person", "person_scope": "enterprise"})))

    assert problems(form, {"reps": [{"person": "hr"}, {"person": "lawyer1"}]}, {"people": PEOPLE}) == [
        ("reps[1].person", "not_among_people")
    ]


def test_a_signature_is_a_plain_yes() -> None:
    form = a_form(tick("sign", properties={"widget": "signature"}, **REQUIRED))

    assert accepted(form, {"sign": True}) == {"sign": True}
    assert problems(form, {"sign": {"signed": True}}) == [("sign", "not_a_flag")]


def test_a_signature_of_an_earlier_round_is_not_shown_as_given() -> None:
    form = a_form(tick("sign", properties={"widget": "signature"}), tick("note"))

    shown = {node.key: node.value for node in form.view(None, {"sign": True, "note": True}).nodes}

    assert shown == {"sign": False, "note": True}


@pytest.mark.parametrize(
    ("more", "given", "codes"),
    [
        ({}, ["d1"], []),
        ({}, ["d1", "d2"], ["too_many_files"]),
        ({"multiple": True}, ["d1", "d2"], []),
        ({"multiple": True, "properties": {"max_files": "1"}}, ["d1", "d2"], ["too_many_files"]),
        ({}, ["other-case"], ["unknown_document"]),
        ({"accept": ".pdf"}, ["d2"], ["file_not_accepted"]),
        ({"accept": "image/*"}, ["d2"], []),
        ({"accept": "image/png,.pdf"}, ["d1"], []),
        ({}, ["d3"], ["file_too_large"]),
        ({"properties": {"max_size_mb": "40"}}, ["d3"], []),
    ],
)
def test_files_are_documents_of_the_task(more: dict[str, Any], given: list[str], codes: list[str]) -> None:
    found = problems(a_form(FILE | more), {"f": given}, {"documents": [PDF, PHOTO, HUGE]})

    assert [code for _, code in found] == codes
