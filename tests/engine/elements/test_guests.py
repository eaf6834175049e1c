"""People who may start something in a case without being a party of it see their own part, and nothing of others."""

import pytest

from engine.commands.upload_document import UploadDocument
from engine.documents import DocumentNotFound
from engine.queries.case_file import case_file
from engine.queries.cases import CaseFilter, cases
from engine.queries.diagram import diagram
from engine.queries.documents import document_content
from engine.queries.evidence import evidence
from engine.queries.history import history
from engine.queries.task_file import task_file
from engine.work import CaseNotFound, TaskNotFound
from tests.engine.elements.conftest import Street

CLAIMED = """
begin -> work -> finish
user work: form plan
whenever claim:
    claimed -> check -> decided
    start claimed: message; form wish; groups worker; goes on
    user check
"""


@pytest.fixture
def case_id(street: Street) -> str:
    street.deploy(CLAIMED, guests="worker", plan="plan", wish="level certificate")
    case_id = street.start()
    street.do(case_id, "claimed", by="worker1", level="高级工", certificate="33-0001")
    return case_id


def _seen(street: Street, case_id: str, by: str):
    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor(by), street.city.engine.catalogue
        return case_file(session, actor, case_id, catalogue=catalogue, now=street.city.clock.now)


def test_a_guest_finds_the_case_and_what_he_may_start(street: Street, case_id: str) -> None:
    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor("worker2"), street.city.engine.catalogue
        listed = cases(session, actor, filters=CaseFilter(), catalogue=catalogue).items

    file = _seen(street, case_id, "worker2")

    assert [row.id for row in listed] == [case_id]
    assert [task.element_id for task in file.initiatives] == ["claimed"]
    assert (file.is_guest, file.tasks, file.documents, file.clocks, file.waiting) == (True, (), (), (), ())


def test_a_party_sees_all_of_it(street: Street, case_id: str) -> None:
    file = _seen(street, case_id, "hr")

    assert not file.is_guest
    assert {task.element_id for task in file.tasks} == {"check", "work"}


def test_a_guest_reads_his_own_acts_and_no_others(street: Street, case_id: str) -> None:
    with street.city.engine.reading() as session:
        catalogue = street.city.engine.catalogue
        mine = history(session, street.city.actor("worker1"), case_id, catalogue=catalogue)
        others = history(session, street.city.actor("worker2"), case_id, catalogue=catalogue)

    assert {row.actor for row in mine.items} == {"worker1"}
    assert (others.items, others.total) == ((), 0)


def test_the_form_begins_empty_for_the_next(street: Street, case_id: str) -> None:
    task = street.city.task_at(case_id, "claimed")

    with street.city.engine.reading() as session:
        actor, catalogue = street.city.actor("worker2"), street.city.engine.catalogue
        file = task_file(session, actor, task.id, catalogue=catalogue, now=street.city.clock.now)

    assert street.variables(case_id)["certificate"] == "33-0001"
    assert (file.context["certificate"], file.context["level"]) == (None, None)


def test_diagram_evidence_and_the_tasks_of_others_do_not_exist_for_a_guest(street: Street, case_id: str) -> None:
    engine, guest = street.city.engine, street.city.actor("worker1")
    work = street.city.task_at(case_id, "work")

    with engine.reading() as session:
        with pytest.raises(CaseNotFound):
            diagram(session, guest, case_id, catalogue=engine.catalogue)
        with pytest.raises(CaseNotFound):
            evidence(
                session, guest, case_id, catalogue=engine.catalogue, store=engine.documents, now=street.city.clock.now
            )
        with pytest.raises(TaskNotFound):
            task_file(session, guest, work.id, catalogue=engine.catalogue, now=street.city.clock.now)


def test_files_of_others_cannot_be_read(street: Street, case_id: str) -> None:
    task = street.city.task_at(case_id, "claimed")
    upload = UploadDocument(
        task_id=task.id,
        field_key="level",
        filename="证书.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7\n%%EOF",
    )
    document_id = street.city.run(upload, by="worker1")

    with street.city.engine.reading() as session:
        kit = {"catalogue": street.city.engine.catalogue, "store": street.city.engine.documents}
        assert document_content(session, street.city.actor("worker1"), document_id, **kit)[0].name == "证书.pdf"
        with pytest.raises(DocumentNotFound):
            document_content(session, street.city.actor("worker2"), document_id, **kit)
