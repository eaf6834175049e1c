"""What every answer tells the browser, and what is never run as a page."""

import pytest

from tests.city import City
from tests.web.conftest import Visit


@pytest.mark.parametrize("path", ["/login", "/tasks", "/nothing-here"])
def test_pages_allow_no_inline_code_and_no_frames_and_are_not_kept(visit: Visit, path: str) -> None:
    answer = visit("chair").get(path, follow_redirects=True)

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/login", "/tasks", "/cases", "/me", "/cases/new/wage_consultation"])
def test_pages_contain_no_inline_scripts_styles_or_handlers(visit: Visit, path: str) -> None:
    text = visit("chair" if path != "/login" else None).get(path).text

    assert "<script>" not in text
    assert " style=" not in text
    assert " onclick=" not in text


def test_what_people_type_is_shown_as_text(visit: Visit) -> None:
    answer = visit("chair").get("/tasks?q=<script>alert(1)</script>")

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_missing_page_looks_like_the_others_and_says_where_to_go(visit: Visit) -> None:
    answer = visit("chair").get("/nothing-here")

    assert answer.status_code == 404
    assert "没有找到" in answer.text
    assert 'href="/tasks"' in answer.text


def test_a_fault_shows_a_page_without_its_details(visit: Visit, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    chair = visit("chair")
    chair.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("web.notices.notices", lambda *_, **__: 1 / 0)

    answer = chair.get("/notices")

    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "ZeroDivision" not in answer.text


def test_the_evidence_bundle_comes_as_a_download_that_cannot_run(visit: Visit, case_id: str) -> None:
    answer = visit("chair").get(f"/cases/{case_id}/evidence")

    assert answer.data[:2] == b"PK"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
