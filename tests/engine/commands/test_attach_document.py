"""Files beside a case: for one circle of its readers, in versions."""

from datetime import date

import pytest

from engine.circles import Circle, NotInCircle
from engine.commands.attach_document import AttachDocument, CircleUnknown
from engine.commands.upload_document import DocumentKindUnknown
from engine.documents import DocumentNotFound
from engine.model import Document
from engine.model.document import DocumentSettled
from engine.queries.case_file import case_file
from engine.queries.documents import document_content
from engine.scanning import CommandScanner, FileInfected, ScannerUnavailable
from engine.work import CaseNotFound
from tests.engine.conftest import Visits

PDF = b"%PDF-1.7\n" + b"x" * 100


def attach(visits: Visits, case_id: str, by: str, circle: str = Circle.EVERYBODY, **more: object) -> str:
    command = AttachDocument(**{"case_id": case_id, "filename": "文件.pdf", "content": PDF, "circle": circle, **more})
    return visits.city.run(command, by=by)


def seen_by(visits: Visits, case_id: str, username: str) -> set[str]:
    engine = visits.city.engine
    with engine.reading() as session:
        file = case_file(session, visits.city.actor(username), case_id, catalogue=engine.catalogue, now=engine.now())
    return {document.id for document in file.documents}


def content(visits: Visits, document_id: str, username: str) -> bytes:
    engine = visits.city.engine
    kit = {"catalogue": engine.catalogue, "store": engine.documents}
    with engine.reading() as session:
        return document_content(session, visits.city.actor(username), document_id, **kit)[1]


def test_each_circle_sees_its_own_files(visits: Visits) -> None:
    case_id = visits.start()
    inside = attach(visits, case_id, "chair", Circle.WORKER)
    office = attach(visits, case_id, "union", Circle.OFFICE)
    shared = attach(visits, case_id, "chair", sent_on=date(2026, 3, 1))

    assert seen_by(visits, case_id, "chair") == {inside, shared}
    assert seen_by(visits, case_id, "town_union") == {office, shared}
    assert seen_by(visits, case_id, "hr") == {shared}
    assert content(visits, inside, "chair") == PDF
    for username, document in (("union", inside), ("hr", office), ("boss2", shared)):
        with pytest.raises(DocumentNotFound):
            content(visits, document, username)
    assert visits.actions(case_id).count("document_attached") == 1, "only what both sides may see is in the history"


def test_versions_follow_each_other_in_the_same_circle(visits: Visits) -> None:
    case_id = visits.start()
    first = attach(visits, case_id, "chair", Circle.WORKER)

    second = attach(visits, case_id, "chair", replaces=first, content=PDF + b"2")

    rows = {d.id: d for d in visits.city.rows(Document)}
    assert (rows[second].series_id, rows[second].version, rows[second].circle) == (first, 2, Circle.WORKER)
    with pytest.raises(DocumentSettled):
        attach(visits, case_id, "chair", replaces=first)
    for by, replaced in (("union", second), ("chair", "nothing")):
        with pytest.raises(DocumentNotFound):
            attach(visits, case_id, by, replaces=replaced)


def test_who_may_not_and_what_is_no_document(visits: Visits) -> None:
    case_id = visits.start()
    refusals = (
        ("chair", {"circle": Circle.OFFICE}, NotInCircle),
        ("chair", {"circle": "nobody"}, CircleUnknown),
        ("chair", {"content": b"MZ"}, DocumentKindUnknown),
        ("boss2", {}, CaseNotFound),
    )
    for by, wrong, refusal in refusals:
        with pytest.raises(refusal):
            attach(visits, case_id, by, **wrong)

    assert visits.city.rows(Document) == []


@pytest.mark.parametrize(
    ("command", "refusal"),
    [("true", None), ("false", FileInfected), ("sh -c 'exit 2'", ScannerUnavailable), ("no-such", ScannerUnavailable)],
    ids=["clean", "infected", "broken", "not there"],
)
def test_a_scanner_sees_every_file_first(visits: Visits, command: str, refusal: type[Exception] | None) -> None:
    case_id = visits.start()
    visits.city.engine.scanner = CommandScanner(command)

    if refusal is None:
        assert attach(visits, case_id, "chair")
    else:
        with pytest.raises(refusal):
            attach(visits, case_id, "chair")
        assert visits.city.rows(Document) == []
