"""Thirty tasks of one step are one line wherever a person reads them."""

from tests.city import City
from tests.rounds import a_round
from tests.web.conftest import Visit

THIRTY = [f"职工{number}" for number in range(1, 31)]


def test_the_case_page_says_it_in_one_sentence_and_one_row(visit: Visit, city: City) -> None:
    page = visit("chair").get(f"/cases/{a_round(city, names=THIRTY)}").text

    assert "等待 30 人办理「填写意见」，其中 0 人已签收。" in page
    assert page.count("等待") == 1
    assert page.count('class="row-many"') == 1
    assert "填写意见（职工30）" in page


def test_three_are_told_one_by_one_in_the_table(visit: Visit, city: City) -> None:
    page = visit("chair").get(f"/cases/{a_round(city)}").text

    assert 'class="row-many"' not in page
    assert "等待 3 人办理" in page


def test_the_timeline_counts_what_is_the_same(visit: Visit, city: City) -> None:
    page = visit("chair").get(f"/cases/{a_round(city, names=THIRTY)}/timeline").text

    assert page.count("产生任务") == 1
    assert "× 30" in page


def test_in_english_too(visit: Visit, city: City) -> None:
    chair = visit("chair")
    chair.get("/locale/en")

    page = chair.get(f"/cases/{a_round(city, names=THIRTY)}").text

    assert "“Give an opinion” waits for 30 people; 0 have claimed it." in page
