from decimal import Decimal
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from engine.definitions.form import Form
from tests.web.forms.sample_form import CONTEXT
from web.forms import PostedForm, read_html_form

Fields = list[tuple[str, str]]


def read(form: Form, fields: Fields, files: list[tuple[str, FileStorage]] | None = None) -> PostedForm:
    return read_html_form(form, MultiDict(fields), MultiDict(files or []), CONTEXT)


def a_file(name: str = "a.pdf", content: bytes = b"%PDF") -> FileStorage:
    return FileStorage(BytesIO(content), filename=name, content_type="application/pdf")


def test_fields_become_answers_of_their_types(form: Form) -> None:
    fields = [("side", "worker"), ("amount", " 1,200.50 "), ("proposed", "2026-12-01T09:00"), ("sign", "1")]
    fields += [("topics", "劳动报酬"), ("topics", "工作时间"), ("goal", "一\r\n二 "), ("contact.name", "王")]

    answers = read(form, fields).answers

    assert answers["amount"] == Decimal("1200.50")
    assert answers["goal"] == "一\n二"
    assert answers["sign"] is True
    assert answers["topics"] == ["劳动报酬", "工作时间"]
    assert answers["contact"] == {"name": "王", "id_number": None}
    assert answers["phone"] is None


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("１２３", Decimal(123)),
        ("1 000", Decimal(1000)),
        ("abc", "abc"),
        ("", None),
        ("1e5", "1e5"),
        ("NaN", "NaN"),
    ],
)
def test_numbers_are_read_as_people_type_them(form: Form, typed: str, read_as: object) -> None:
    assert read(form, [("amount", typed)]).answers["amount"] == read_as


def test_codes_are_read_without_spaces_and_in_capitals(form: Form) -> None:
    answers = read(form, [("phone", "138 1234-5678"), ("contact.id_number", "11010519491231002x")]).answers

    assert answers["phone"] == "13812345678"
    assert answers["contact"]["id_number"] == "11010519491231002X"


def test_rows_are_read_by_their_count(form: Form) -> None:
    fields = [
        ("own_reps[#]", "2"),
        ("own_reps[0].person", "hr"),
        ("own_reps[1].chief", "1"),
        ("own_reps[7].person", "x"),
    ]

    rows = read(form, fields).answers["own_reps"]

    assert [(row["person"], row["chief"]) for row in rows] == [("hr", False), (None, True)]


@pytest.mark.parametrize("count", ["", "-1", "x", "９", "99999999999999999999"])
def test_a_strange_count_of_rows_does_no_harm(form: Form, count: str) -> None:
    assert len(read(form, [("own_reps[#]", count)]).answers["own_reps"]) <= 6


def test_values_of_fields_that_have_become_hidden_are_dropped(form: Form) -> None:
    fields = [("side", "employer"), ("goal", "stale"), ("own_reps[#]", "1"), ("own_reps[0].why", "stale")]

    answers = read(form, fields).answers

    assert "goal" not in answers
    assert "why" not in answers["own_reps"][0]


def test_readonly_and_computed_fields_are_not_read(form: Form) -> None:
    answers = read(
        form, [("enterprise_name", "别的"), ("yearly", "1"), ("clauses[#]", "2"), ("clauses[0].head", "x")]
    ).answers

    assert "enterprise_name" not in answers
    assert "yearly" not in answers
    assert "head" not in answers["clauses"][0]


@pytest.mark.parametrize(
    ("fields", "intent"),
    [([], "submit"), ([("_draft", "1")], "draft"), ([("_refresh", "1")], "redraw"), ([("_add", "own_reps")], "redraw")],
)
def test_buttons_say_what_is_meant(form: Form, fields: Fields, intent: str) -> None:
    assert read(form, fields).intent == intent


ROWS: Fields = [("own_reps[#]", "3"), *((f"own_reps[{n}].person", name) for n, name in enumerate("abc"))]


@pytest.mark.parametrize(
    ("button", "persons"),
    [
        (("_add", "own_reps"), ["a", "b", "c", None]),
        (("_remove", "own_reps[1]"), ["a", "c"]),
        (("_up", "own_reps[1]"), ["b", "a", "c"]),
        (("_down", "own_reps[1]"), ["a", "c", "b"]),
        (("_up", "own_reps[0]"), ["a", "b", "c"]),
        (("_down", "own_reps[2]"), ["a", "b", "c"]),
        (("_remove", "own_reps[9]"), ["a", "b", "c"]),
        (("_remove", "nothing[0]"), ["a", "b", "c"]),
        (("_remove", "own_reps"), ["a", "b", "c"]),
        (("_add", "contact"), ["a", "b", "c"]),
        (("_add", "own_reps[0].person"), ["a", "b", "c"]),
        (("_add", "../x"), ["a", "b", "c"]),
    ],
)
def test_row_buttons_change_the_rows(form: Form, button: tuple[str, str], persons: list[str | None]) -> None:
    rows = read(form, [*ROWS, button]).answers["own_reps"]

    assert [row["person"] for row in rows] == persons


def test_a_new_file_stands_in_the_answers_as_soon_as_it_is_stored(form: Form) -> None:
    posted = read(form, [("others", "d1")], [("others", a_file()), ("others", a_file("b.png"))])

    for n, upload in enumerate(posted.uploads):
        posted = posted.with_document(upload, f"new{n}")

    assert posted.answers["others"] == ["d1", "new0", "new1"]
    assert posted.uploads == ()
    assert posted.removed_documents == ()


def test_an_upload_knows_its_field_and_content(form: Form) -> None:
    (upload,) = read(form, [("clauses[#]", "2")], [("clauses[1].file", a_file(content=b"x"))]).uploads

    assert (upload.path, upload.field, upload.filename, upload.content) == (
        "clauses[1].file",
        "clauses.file",
        "a.pdf",
        b"x",
    )


def test_a_refused_file_leaves_nothing_behind(form: Form) -> None:
    posted = read(form, [], [("others", a_file())])

    assert posted.with_document(posted.uploads[0], None).answers["others"] == []


def test_where_one_file_fits_the_new_one_replaces_the_old(form: Form) -> None:
    posted = read(form, [("mandate", "d1")], [("mandate", a_file())])

    assert posted.with_document(posted.uploads[0], "d2").answers["mandate"] == ["d2"]
    assert posted.removed_documents == ("d1",)


def test_a_file_can_be_taken_away(form: Form) -> None:
    posted = read(form, [("others", "d1"), ("others", "d2"), ("_remove_file", "others|d1")])

    assert (posted.answers["others"], posted.removed_documents, posted.intent) == (["d2"], ("d1",), "redraw")


def test_an_empty_file_field_is_no_upload(form: Form) -> None:
    assert read(form, [], [("mandate", a_file(name=""))]).uploads == ()
