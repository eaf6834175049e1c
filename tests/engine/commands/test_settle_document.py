import pytest

from engine.circles import Circle
from engine.commands.attach_document import AttachDocument
from engine.commands.remove_document import DocumentFiled, RemoveDocument
from engine.commands.settle_document import SettleDocument, StatusUnknown
from engine.documents import DocumentNotFound
from engine.model import Document
from engine.model.document import DocumentSettled
from engine.permissions import NotInCharge
from tests.engine.conftest import Visits

PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture
def case_id(visits: Visits) -> str:
    return visits.start()


def attach(visits: Visits, case_id: str, **more: str) -> str:
    command = AttachDocument(**{"case_id": case_id, "filename": "纪要.pdf", "content": PDF, **more})
    return visits.city.run(command, by="chair")


def settle(visits: Visits, document_id: str, status: str, by: str = "chair") -> None:
    visits.city.run(SettleDocument(document_id=document_id, status=status), by=by)


def test_working_final_filed_and_never_back(visits: Visits, case_id: str) -> None:
    document = attach(visits, case_id)

    settle(visits, document, "final")
    with pytest.raises(DocumentSettled):
        settle(visits, document, "final")
    with pytest.raises(DocumentSettled):
        attach(visits, case_id, replaces=document)
    with pytest.raises(DocumentFiled):
        visits.city.run(RemoveDocument(document_id=document), by="chair")
    settle(visits, document, "filed", by="town_union")

    assert visits.city.rows(Document)[0].status == "filed"
    assert visits.actions(case_id)[-3:] == ["document_attached", "document_settled", "document_filed"]
    with pytest.raises(DocumentSettled):
        settle(visits, document, "final")


def test_only_offices_in_charge_file(visits: Visits, case_id: str) -> None:
    document = attach(visits, case_id)

    with pytest.raises(NotInCharge):
        settle(visits, document, "filed")


def test_an_earlier_version_and_what_is_not_for_your_eyes(visits: Visits, case_id: str) -> None:
    first = attach(visits, case_id)
    attach(visits, case_id, replaces=first)
    inside = attach(visits, case_id, circle=Circle.WORKER)

    with pytest.raises(DocumentSettled):
        settle(visits, first, "final")
    for by, document in (("union", inside), ("boss2", first), ("chair", "nothing")):
        with pytest.raises(DocumentNotFound):
            settle(visits, document, "final", by=by)
    with pytest.raises(StatusUnknown):
        settle(visits, inside, "draft")


def test_a_working_file_can_be_taken_away_by_who_added_it(visits: Visits, case_id: str) -> None:
    document = attach(visits, case_id)

    with pytest.raises(DocumentNotFound):
        visits.city.run(RemoveDocument(document_id=document), by="union")
    visits.city.run(RemoveDocument(document_id=document), by="chair")

    assert visits.city.rows(Document)[0].status == "removed"
