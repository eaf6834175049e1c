"""What an expert finds on a page of their own, and what they do there."""

import re

import pytest

from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.model import Expert, ExpertOffer, UserTask
from tests.city import City
from tests.experts import appoint_experts
from tests.offered_requests import do, example, offered_request, register_demo_experts, visit_agreed
from tests.web.conftest import Visit

TOMORROW = "2026-03-03T10:00:00+08:00"


@pytest.fixture
def experts(city: City) -> None:
    register_demo_experts(city)


@pytest.fixture
def late(city: City) -> tuple[str, str]:
    """Of four lawyers three had their turn, and one is asked now; gives the case and one of those who were late."""
    appoint_experts(city, "lawyer1", employer="浙江丽州律师事务所", fields=["合同"])
    appoint_experts(city, "lawyer2", "lawyer3", "doctor1", employer="浙江永信律师事务所")
    case_id = offered_request(city, counterparty="浙江丽州律师事务所分所")
    city.clock.advance(days=2)
    city.engine.fire_due_clocks()
    return case_id, "lawyer1"


def _answer(city: City, case_id: str) -> UserTask:
    return city.task_at(case_id, "answer_offer")


def test_who_is_no_expert_is_told_so(visit: Visit) -> None:
    assert "邀约" not in visit("boss").get("/expert").text


@pytest.mark.usefixtures("experts")
def test_an_offer_says_what_is_needed_and_no_more(visit: Visit, city: City) -> None:
    offered_request(city, title="与供应商的加工合同纠纷", detail="合同没有约定违约金，想知道怎样追讨货款。")
    page = visit("lawyer1").get("/expert").text
    assert "与供应商的加工合同纠纷" in page
    assert "先承接的办理" in page
    assert "怎样追讨" not in page
    assert "13800000002" not in page


@pytest.mark.usefixtures("experts")
def test_who_accepts_goes_on_to_the_declaration_and_the_others_learn_who_it_was(visit: Visit, city: City) -> None:
    case_id = offered_request(city)
    first, second = visit("lawyer1"), visit("lawyer2")
    for one in (first, second):
        one.get("/expert")
    task = _answer(city, case_id)

    taken = first.post(f"/expert/offers/{task.id}/accept")
    late = second.post(f"/expert/offers/{task.id}/accept")

    assert taken.location == f"/tasks/{task.id}"
    assert late.location == "/expert"
    assert "另一位专家先承接了" in second.get("/expert").text
    do(city, case_id, "answer_offer", "lawyer1", example("conflict_declaration.valid"))
    assert re.search(r"WS-2026-\d+ 已由 章律之 承接", second.get("/expert").text)


@pytest.mark.usefixtures("experts")
def test_who_declines_says_why(visit: Visit, city: City) -> None:
    case_id = offered_request(city)
    lawyer = visit("lawyer1")
    lawyer.get("/expert")
    task = _answer(city, case_id)
    lawyer.post(f"/expert/offers/{task.id}/decline", {"reason": ""})
    assert city.rows(ExpertOffer, ExpertOffer.outcome == "declined") == []
    lawyer.post(f"/expert/offers/{task.id}/decline", {"reason": "当天开庭"})
    (declined,) = city.rows(ExpertOffer, ExpertOffer.outcome == "declined")
    assert declined.reason == "当天开庭"
    assert "现在没有邀约" in lawyer.get("/expert").text


def test_a_later_round_can_be_taken_by_who_was_late(visit: Visit, city: City, late: tuple[str, str]) -> None:
    case_id, who = late
    lawyer = visit(who)
    page = lawyer.get("/expert").text
    assert "受邀的专家还没有答复" in page
    assert "客户拖欠货款" not in page  # neither the title nor the enterprise
    task = _answer(city, case_id)
    taken = lawyer.post(f"/expert/searches/{task.id}")
    assert taken.location == f"/tasks/{task.id}"
    assert _answer(city, case_id).assignee_id == city.actor(who).person_id


def test_who_may_not_is_told_why_in_general_words(visit: Visit, city: City, late: tuple[str, str]) -> None:
    case_id, who = late
    with city.session() as session, session.begin():
        session.get_one(Expert, city.actor(who).person_id).employer = "浙江丽州律师事务所分所"
    lawyer = visit(who)
    lawyer.get("/expert")
    lawyer.post(f"/expert/searches/{_answer(city, case_id).id}")
    assert "执业机构就是相对方" in lawyer.get("/expert").text


@pytest.mark.usefixtures("experts")
def test_a_visit_stands_on_the_page_and_in_the_calendar_with_its_place(visit: Visit, city: City) -> None:
    visit_agreed(city, at=TOMORROW)
    page = visit("lawyer1").get("/expert").text
    assert "3月3日 10:00" in page
    assert 'href="geo:0,0?q=' in page
    assert "写上门记录" in page

    feed = visit(None).get(f"/calendar/{city.run(OpenCalendarFeed(), by='lawyer1')}.ics").text
    assert "LOCATION:东城街道远山路 6 号" in feed.replace("\r\n ", "")
    assert "DTSTART;TZID=Asia/Shanghai:20260303T100000" in feed
