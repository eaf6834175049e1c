"""Surveys and demands where people come across them: among their notices, and not among the votes of a case."""

import pytest

from engine.letters import place_of
from engine.model import Notice
from tests.city import City
from tests.gatherings import ASKING, DEMANDING, gather
from tests.web.conftest import Visit


@pytest.mark.parametrize(("text", "page", "words"), [(ASKING, "surveys", "去填写"), (DEMANDING, "demands", "查看")])
def test_a_notice_leads_to_the_page_of_what_it_is_about(
    city: City, visit: Visit, text: str, page: str, words: str
) -> None:
    gathering = gather(city, text)
    gathering.work_off()
    address = f"/{page}/{gathering.id}"

    worker = visit("worker1")
    told = worker.get("/notices").text

    assert f'href="{address}">{words}</a>' in told
    assert worker.get(address).status_code == 200
    assert {place_of(notice) for notice in city.rows(Notice) if notice.params.get("ballot_id")} == {address}


def test_a_survey_is_no_vote_on_the_page_of_its_case(city: City, visit: Visit) -> None:
    asking = gather(city, ASKING)

    page = visit("hr").get(f"/cases/{asking.case_id}")

    assert page.status_code == 200
    assert f"/cases/{asking.case_id}/ballots" not in page.text
