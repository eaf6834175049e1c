import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from engine.audit import verify_bundle, verify_evidence
from engine.commands.complete_task import CompleteTask
from engine.commands.seal_history import SealHistory
from engine.commands.upload_document import UploadDocument
from engine.model import Answer, HistoryEntry
from engine.queries.evidence import evidence
from tests.engine.conftest import Visits
from tests.engine.moved_visits import WHY, moved

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)


def bundle(visits: Visits, case_id: str, folder: Path) -> str:
    engine = visits.city.engine
    with engine.reading() as session:
        content = evidence(
            session,
            visits.city.actor("hr"),
            case_id,
            catalogue=engine.catalogue,
            store=engine.documents,
            now=engine.now(),
        )
    path = folder / "evidence.zip"
    path.write_bytes(content)
    return str(path)


@pytest.fixture
def case_id(visits: Visits) -> str:
    """A case with answers, a document and a seal."""
    started = visits.start()
    task = visits.take(started, "plan_visit", "hr")
    upload = UploadDocument(
        task_id=task.id, field_key="sketch", filename="图.pdf", media_type="application/pdf", content=b"%PDF-1.7\n"
    )
    document = visits.city.run(upload, by="hr")
    answers = {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": [document]}
    visits.city.run(CompleteTask(task_id=task.id, answers=answers), by="hr")
    visits.city.run(SealHistory(key=KEY), by="system")
    return started


def test_a_true_bundle_verifies(visits: Visits, case_id: str, tmp_path: Path) -> None:
    path = bundle(visits, case_id, tmp_path)

    for verdict in (verify_bundle(path), verify_evidence(path)):
        assert verdict.findings == []
    assert {note.kind for note in verify_evidence(path).notes} >= {"counted", "sealed", "signed"}


@pytest.mark.parametrize("action", ["case_started", "task_completed", "task_opened"])
def test_a_changed_entry_is_named(visits: Visits, case_id: str, tmp_path: Path, action: str) -> None:
    (entry, *_) = visits.city.rows(HistoryEntry, HistoryEntry.stream == case_id, HistoryEntry.action == action)
    with visits.city.session() as session, session.begin():
        this = update(HistoryEntry).where(HistoryEntry.stream == case_id, HistoryEntry.seq == entry.seq)
        session.execute(this.values(actor="boss"))

    finding = verify_bundle(bundle(visits, case_id, tmp_path)).findings[0]

    assert (finding.kind, finding.place.split()[0]) == ("changed", str(entry.seq))


def test_changed_answers_are_named(visits: Visits, case_id: str, tmp_path: Path) -> None:
    with visits.city.session() as session, session.begin():
        session.execute(update(Answer).where(Answer.case_id == case_id).values(answers={"plan": "改过"}))

    assert "answers" in {f.kind for f in verify_bundle(bundle(visits, case_id, tmp_path)).findings}


def test_what_happens_while_it_is_made_does_not_spoil_it(visits: Visits, case_id: str, tmp_path: Path) -> None:
    task = visits.city.task_at(case_id, "check_plan")
    visits.take(case_id, "check_plan", "town_union")
    is_first = [True]

    def meanwhile(context: object) -> None:
        if is_first and "history_entry" in str(getattr(context, "statement", "")):
            is_first.clear()
            visits.city.run(CompleteTask(task_id=task.id, answers={"approved": False}), by="town_union")

    event.listen(Session, "do_orm_execute", meanwhile)
    try:
        path = bundle(visits, case_id, tmp_path)
    finally:
        event.remove(Session, "do_orm_execute", meanwhile)

    assert not is_first
    assert verify_bundle(path).findings == []


def test_a_case_that_was_moved_has_both_diagrams_and_says_why(visits: Visits, tmp_path: Path) -> None:
    case_id = moved(visits)
    path = bundle(visits, case_id, tmp_path)

    assert [verdict.findings for verdict in (verify_bundle(path), verify_evidence(path))] == [[], []]
    with ZipFile(path) as archive:
        first, second = (archive.read(f"diagrams/v{n}-site_visit.bpmn").decode() for n in (1, 2))
        entries = [json.loads(line) for line in archive.read("history.jsonl").splitlines()]
    assert ("plan_visit" in first, "plan_visit" in second, "draft_plan" in second) == (True, False, True)
    assert [entry["reason"] for entry in entries if entry["action"] == "case_migrated"] == [WHY]


def test_a_changed_diagram_is_named(visits: Visits, case_id: str, tmp_path: Path) -> None:
    path = Path(bundle(visits, case_id, tmp_path))
    path.write_bytes(path.read_bytes().replace("制定计划".encode(), "制定规划".encode()))

    assert [(f.kind, f.place) for f in verify_bundle(str(path)).findings] == [
        ("file_changed", "diagrams/v1-site_visit.bpmn")
    ]
