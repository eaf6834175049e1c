"""Documents on the page of a case."""

import io

import pytest

from tests.city import City
from tests.rounds import a_round
from tests.web.conftest import Visit, Visitor

PDF = b"%PDF-1.7\n" + b"x" * 100
WRONG = [(b"MZ", {}), (PDF, {"sent_on": "昨天"}), (PDF, {"circle": "nobody"})]


@pytest.fixture
def case_id(city: City) -> str:
    return a_round(city)


def send(visitor: Visitor, case_id: str, content: bytes = PDF, **fields: str) -> object:
    visitor.get(f"/cases/{case_id}/documents")
    file = (io.BytesIO(content), "工资 表.pdf")
    return visitor.post(f"/cases/{case_id}/documents", {"file": file, "circle": "everybody", **fields})


def test_a_file_is_added_shown_settled_and_handed_out_safely(visit: Visit, case_id: str) -> None:
    chair = visit("chair")
    assert send(chair, case_id, sent_on="2026-03-01").status_code == 302

    page = chair.get(f"/cases/{case_id}/documents").text
    assert "工资 表.pdf" in page
    assert "3月1日" in page
    document = page.split("/preview")[0].rsplit("/documents/", 1)[1]
    shown = chair.get(f"/documents/{document}/preview")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    kept = chair.get(f"/documents/{document}")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in kept.headers["Content-Security-Policy"]

    chair.post(f"/documents/{document}/settle", {"case_id": case_id, "status": "final"})
    assert "定稿" in chair.get(f"/cases/{case_id}/documents").text
    again = chair.post(f"/documents/{document}/settle", {"case_id": case_id, "status": "final"})
    assert again.status_code == 409


@pytest.mark.parametrize(("content", "fields"), WRONG, ids=["kind", "day", "circle"])
def test_a_wrong_file_is_refused_and_the_days_stay(visit: Visit, case_id: str, content: bytes, fields: dict) -> None:
    refused = send(visit("chair"), case_id, content, **{"received_on": "2026-03-02", **fields})

    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert "2026-03-02" in refused.text
