"""The parts of a case: timeline by kind and step, the diagram as it was, people, audit."""

import json
import re

import pytest
from sqlalchemy import update

from engine.model import HistoryEntry
from tests.city import City
from tests.rounds import a_round
from tests.web.conftest import Visit, Visitor


@pytest.fixture
def case_id(city: City) -> str:
    """A case in which ten people are asked and one has taken the question."""
    return a_round(city, names=[f"职工{number}" for number in range(10)])


@pytest.fixture
def chair(visit: Visit) -> Visitor:
    return visit("chair")


def marks_of(page: str) -> dict[str, list]:
    return json.loads(re.search(r'data-state="([^"]*)"', page)[1].replace("&#34;", '"'))


def test_the_timeline_can_be_narrowed(chair: Visitor, case_id: str) -> None:
    everything = chair.get(f"/cases/{case_id}/timeline").text
    decisions = chair.get(f"/cases/{case_id}/timeline?kind=decisions").text
    documents = chair.get(f"/cases/{case_id}/timeline?kind=documents").text
    nonsense = chair.get(f"/cases/{case_id}/timeline?kind=nonsense").text

    assert "产生任务" in everything
    assert "产生任务" not in decisions
    assert "发起案件" in decisions
    assert "没有这样的记录" in documents
    assert nonsense.count("beat-what") == everything.count("beat-what")


def test_a_link_may_name_a_tab_and_the_overview_stands_in_for_one_that_is_not_there(
    chair: Visitor, case_id: str
) -> None:
    named = chair.get(f"/cases/{case_id}?tab=audit")
    missing = [chair.get(f"/cases/{case_id}?tab={tab}") for tab in ("ballots", "overview", "nonsense", "")]

    assert named.location == f"/cases/{case_id}/audit"
    assert [page.status_code for page in missing] == [200] * 4


def test_a_step_tells_what_happened_there(chair: Visitor, city: City, case_id: str) -> None:
    step = city.tasks(case_id)[0].element_id

    beside = chair.get(f"/cases/{case_id}/timeline?element={step}", headers={"HX-Request": "true"}).text
    page = chair.get(f"/cases/{case_id}/timeline?element={step}").text

    assert "<html" not in beside
    assert "产生任务" in beside
    assert "不限步骤" in page


def test_the_diagram_is_shown_as_it_was(chair: Visitor, city: City, case_id: str) -> None:
    film = chair.get(f"/cases/{case_id}/film").json
    waiting = {task.element_id for task in city.tasks(case_id) if not task.discretionary}

    now = chair.get(f"/cases/{case_id}/diagram").text
    first = chair.get(f"/cases/{case_id}/diagram?step=1").text

    assert waiting <= {mark["element_id"] for mark in film[-1]["current"]}
    assert waiting <= {mark["element_id"] for mark in marks_of(now)["current"]}
    assert "发起案件" in film[0]["words"]
    assert {mark["element_id"] for mark in marks_of(first)["current"]} == {
        mark["element_id"] for mark in film[0]["current"]
    }
    for nonsense in ("0", "-1", "99999", "x", "9" * 30):
        assert marks_of(chair.get(f"/cases/{case_id}/diagram?step={nonsense}").text) == marks_of(now)


def test_the_audit_says_which_entry_does_not_follow(chair: Visitor, city: City, case_id: str) -> None:
    assert "首尾相连" in chair.get(f"/cases/{case_id}/audit").text

    with city.session() as session, session.begin():
        third = (HistoryEntry.stream == case_id, HistoryEntry.seq == 3)
        session.execute(update(HistoryEntry).where(*third).values(actor="somebody"))

    page = chair.get(f"/cases/{case_id}/audit").text
    assert "第 3 条记录与前面的记录对不上" in page
    assert "首尾相连" not in page


def test_the_people_stand_by_side(chair: Visitor, case_id: str) -> None:
    page = chair.get(f"/cases/{case_id}/parties").text

    assert "职工方" in page or "其他参与人" in page or "尚未确定参与人" in page


def test_what_cannot_be_done_says_why(chair: Visitor, case_id: str) -> None:
    page = chair.get(f"/cases/{case_id}").text

    assert re.search(r'<button[^>]*disabled aria-describedby="why-suspend">挂起案件', page)
    assert re.search(r'id="why-suspend">[^<]{4,}<', page)
