import pytest

from engine.commands.remove_document import DocumentFiled, RemoveDocument
from engine.commands.upload_document import UploadDocument
from engine.documents import DocumentNotFound
from engine.model import Document
from engine.model.document import DocumentStatus
from tests.engine.conftest import Visits


@pytest.fixture
def document_id(visits: Visits) -> str:
    task = visits.take(visits.start(), "plan_visit", "hr")
    command = UploadDocument(
        task_id=task.id, field_key="sketch", filename="a.pdf", media_type="application/pdf", content=b"%PDF-1.7"
    )
    return visits.city.run(command, by="hr")


def test_who_added_a_draft_takes_it_out(visits: Visits, document_id: str) -> None:
    visits.city.run(RemoveDocument(document_id=document_id), by="hr")

    assert visits.city.rows(Document)[0].status == "removed"


def test_for_others_it_does_not_exist(visits: Visits, document_id: str) -> None:
    with pytest.raises(DocumentNotFound):
        visits.city.run(RemoveDocument(document_id=document_id), by="boss")


def test_a_filed_document_stays(visits: Visits, document_id: str) -> None:
    with visits.city.session() as session, session.begin():
        session.get_one(Document, document_id).status = DocumentStatus.FILED

    with pytest.raises(DocumentFiled):
        visits.city.run(RemoveDocument(document_id=document_id), by="hr")
