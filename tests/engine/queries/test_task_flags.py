"""What is special about a task is told to those who may know it."""

from engine.commands.add_note import AddNote
from engine.commands.complete_task import CompleteTask
from engine.commands.save_draft import SaveDraft
from engine.commands.upload_document import UploadDocument
from tests.engine.conftest import Visits
from tests.engine.queries.lists import list_of_tasks

PNG = b"\x89PNG\r\n\x1a\n"


def flags(visits: Visits, by: str) -> tuple[str, ...]:
    (task,) = list_of_tasks(visits, by).items
    return task.flags


def test_a_draft_is_marked_for_who_writes_it(visits: Visits) -> None:
    task = visits.take(visits.start(), "plan_visit", "hr")
    visits.city.run(SaveDraft(task_id=task.id, answers={"plan": "未写完"}), by="hr")

    assert (flags(visits, "hr"), flags(visits, "union")) == (("draft",), ())


def test_a_filed_document_is_marked(visits: Visits) -> None:
    task = visits.take(visits.start(), "plan_visit", "hr")
    upload = UploadDocument(task_id=task.id, field_key="sketch", filename="图.png", media_type="", content=PNG)
    document = visits.city.run(upload, by="hr")
    assert flags(visits, "union") == ()

    answers = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": [document]}
    visits.city.run(CompleteTask(task_id=task.id, answers=answers), by="hr")

    assert flags(visits, "union") == ("attachment",)


def test_a_note_of_one_side_leaves_no_trace_for_the_other(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.run(AddNote(case_id=case_id, text="底线是三千", circle="worker"), by="chair")
    assert {by: flags(visits, by) for by in ("chair", "union", "hr")} == {"chair": ("note",), "union": (), "hr": ()}

    visits.city.run(AddNote(case_id=case_id, text="周五到厂", circle="everybody"), by="union")
    assert {by: flags(visits, by) for by in ("chair", "union", "hr")} == dict.fromkeys(
        ("chair", "union", "hr"), ("note",)
    )
