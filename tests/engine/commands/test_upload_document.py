import pytest

from engine.commands.complete_task import CompleteTask
from engine.commands.upload_document import MAX_BYTES, DocumentKindUnknown, DocumentTooLarge, UploadDocument
from engine.definitions.form import AnswersRejected
from engine.model import Document
from engine.model.task_refusals import NotTheAssignee
from tests.engine.conftest import Visits

PDF = b"%PDF-1.7\n" + b"x" * 100


def _upload(visits: Visits, task_id: str, *, by: str = "hr", content: bytes = PDF, name: str = "草图.pdf") -> str:
    command = UploadDocument(
        task_id=task_id, field_key="sketch", filename=name, media_type="application/pdf", content=content
    )
    return visits.city.run(command, by=by)


def test_a_file_is_a_draft_until_the_form_that_names_it_is_handed_in(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")
    named, dropped = _upload(visits, task.id), _upload(visits, task.id, content=PDF + b"2")
    assert {d.status for d in visits.city.rows(Document)} == {"draft"}

    answers = {"plan": "上午", "visit_on": "2026-03-20", "sketch": [named]}
    visits.city.run(CompleteTask(task_id=task.id, answers=answers), by="hr")

    states = {d.id: d.status for d in visits.city.rows(Document)}
    assert states == {named: "filed", dropped: "removed"}
    assert "document_filed" in visits.actions(case_id)


def test_a_file_of_somebody_else_cannot_be_named(visits: Visits) -> None:
    mine, other = visits.start(), visits.start()
    task = visits.take(mine, "plan_visit", "hr")
    foreign = _upload(visits, visits.take(other, "plan_visit", "hr").id)

    with pytest.raises(AnswersRejected):
        visits.city.run(
            CompleteTask(task_id=task.id, answers={"plan": "x", "visit_on": "2026-03-20", "sketch": [foreign]}), by="hr"
        )


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<html><script>", b"PK\x03\x04broken", b""])
def test_the_content_decides_what_a_file_is(visits: Visits, content: bytes) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(DocumentKindUnknown):
        _upload(visits, task.id, content=content, name="harmless.pdf")


def test_size_and_holder_are_checked(visits: Visits) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    with pytest.raises(DocumentTooLarge):
        _upload(visits, task.id, content=PDF + b"x" * MAX_BYTES)
    with pytest.raises(NotTheAssignee):
        _upload(visits, task.id, by="town_union")


@pytest.mark.parametrize(
    ("given", "kept"), [("../../etc/passwd", "passwd"), ("C:\\x\\合同.pdf", "合同.pdf"), ("", "file")]
)
def test_a_name_is_only_a_name(visits: Visits, given: str, kept: str) -> None:
    case_id = visits.start()
    task = visits.take(case_id, "plan_visit", "hr")

    _upload(visits, task.id, name=given)

    assert visits.city.rows(Document)[0].name == kept
