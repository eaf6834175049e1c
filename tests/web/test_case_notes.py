"""Notes on the page of a case."""

import pytest

from tests.city import City
from tests.rounds import a_round
from tests.web.conftest import Visit


@pytest.fixture
def case_id(city: City) -> str:
    return a_round(city)


def test_a_note_is_written_read_and_withdrawn(visit: Visit, case_id: str) -> None:
    chair = visit("chair")
    chair.get(f"/cases/{case_id}/notes")

    saved = chair.post(f"/cases/{case_id}/notes", {"text": "<b>请核对</b>", "circle": "everybody"})

    assert saved.status_code == 302
    page = chair.get(f"/cases/{case_id}/notes").text
    assert "&lt;b&gt;请核对&lt;/b&gt;" in page
    address = page.split('action="/notes/')[1].split('"')[0]
    chair.post(f"/notes/{address}", {"case_id": case_id})
    assert "（已撤回）" in chair.get(f"/cases/{case_id}/notes").text


def test_what_was_typed_is_kept_when_it_is_refused(visit: Visit, case_id: str) -> None:
    chair = visit("chair")
    chair.get(f"/cases/{case_id}/notes")

    refused = chair.post(f"/cases/{case_id}/notes", {"text": "写了很久的内容", "circle": "nobody"})

    assert refused.status_code == 422
    assert "写了很久的内容" in refused.text
    assert 'role="alert"' in refused.text


def test_who_does_not_read_the_case_finds_no_notes(visit: Visit, case_id: str) -> None:
    assert visit("boss2").get(f"/cases/{case_id}/notes").status_code == 404
