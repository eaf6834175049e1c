"""Several diagrams of one case: the main one with its tokens, the called ones to choose from."""

import json
from html import unescape
from re import search

import pytest

from tests.city import City
from tests.rounds import a_round, all_opinions
from tests.web.conftest import Visit


@pytest.fixture
def round_id(city: City) -> str:
    found = a_round(city)
    all_opinions(city, found)
    return found


def data(page: str, name: str) -> dict:
    found = search(f'data-{name}="([^"]*)"', page)
    assert found, name
    return json.loads(unescape(found[1]))


def test_the_main_diagram_marks_the_call_and_leads_to_what_is_called(visit: Visit, round_id: str) -> None:
    page = visit("chair").get(f"/cases/{round_id}/diagram").text

    assert "check_round" in {mark["element_id"] for mark in data(page, "state")["current"]}
    assert data(page, "links")["check_round"]["href"] == f"/cases/{round_id}/diagram?diagram=opinion_check"
    chooser = page.partition('<nav class="sheets"')[2].partition("</nav>")[0]
    assert chooser.count('class="sheet-here"') == 2
    assert "主流程" in page


def test_the_called_diagram_shows_where_the_case_is(visit: Visit, round_id: str) -> None:
    chair = visit("chair")
    page = chair.get(f"/cases/{round_id}/diagram?diagram=opinion_check").text
    source = chair.get(f"/cases/{round_id}/diagram.bpmn?diagram=opinion_check")

    assert "check_opinions" in {mark["element_id"] for mark in data(page, "state")["current"]}
    assert data(page, "links") == {}
    assert b'<bpmn:process id="opinion_check"' in source.data


def test_an_unknown_diagram_is_not_found(visit: Visit, round_id: str) -> None:
    assert visit("chair").get(f"/cases/{round_id}/diagram?diagram=none").status_code == 404
    assert visit("chair").get("/processes/opinion_round?diagram=none").status_code == 404


def test_the_process_page_shows_the_called_diagrams_too(visit: Visit, round_id: str) -> None:
    chair = visit("chair")
    main = chair.get("/processes/opinion_round").text
    called = chair.get("/processes/opinion_round?diagram=opinion_check").text

    assert "/processes/opinion_round?diagram=opinion_check" in main
    assert 'data-src="/processes/opinion_round.bpmn?diagram=opinion_check"' in called
    assert b'id="opinion_check"' in chair.get("/processes/opinion_round.bpmn?diagram=opinion_check").data


def test_a_process_with_one_diagram_offers_no_choice(visit: Visit, city: City) -> None:
    assert 'class="sheets"' not in visit("chair").get("/processes/improvement_suggestion").text


def test_thirty_tokens_at_one_step_are_one_mark(visit: Visit, city: City) -> None:
    case_id = a_round(city, names=[f"职工{n}" for n in range(30)])

    page = visit("chair").get(f"/cases/{case_id}/diagram").text

    marks = [mark for mark in data(page, "state")["current"] if mark["element_id"] == "give_opinion"]
    assert marks == [{"element_id": "give_opinion", "label": "30 项"}]
