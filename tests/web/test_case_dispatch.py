"""派单依据: those in charge see why a case was offered to whom; nobody else does."""

from typing import Any

import pytest

from engine.dispatching import offers
from engine.dispatching.shortlists import shortlist
from engine.model import ExpertRanking
from tests.city import City
from tests.experts import appoint_experts
from tests.services.test_in_a_case import Acting
from tests.web.conftest import Visit


@pytest.fixture
def dispatched(city: City, case_id: str) -> str:
    """Two lawyers were asked and one declined; a third is suspended."""
    appoint_experts(city, "lawyer1", fields=["劳动争议"])
    appoint_experts(city, "lawyer2", fields=["公司"])
    appoint_experts(city, "lawyer3", status="suspended")
    _act(city, case_id, lambda folder: shortlist(folder, {"profession": "lawyer", "number": 2, "field": "劳动争议"}))
    declined = {"person_id": city.actor("lawyer1").person_id, "reason": "下周开庭"}
    _act(city, case_id, lambda folder: offers.note_declined(folder, **declined))
    return case_id


def _act(city: City, case_id: str, act: Any) -> None:
    city.run(Acting(case_id=case_id, act=act), by="system")


def test_those_in_charge_see_everybody_with_their_reasons(visit: Visit, dispatched: str) -> None:
    union = visit("union")

    assert f"/cases/{dispatched}/dispatch" in union.get(f"/cases/{dispatched}/parties").text
    page = union.get(f"/cases/{dispatched}/dispatch").text

    assert "擅长劳动争议" in page
    assert "已谢绝" in page
    assert "下周开庭" in page
    assert "已暂停派单" in page
    assert "3 人中 2 人可派" in page
    assert page.index("lawyer2") < page.index("lawyer3")


def test_the_page_is_english_for_who_reads_english(visit: Visit, dispatched: str) -> None:
    union = visit("union")
    union.get("/locale/en")

    page = union.get(f"/cases/{dispatched}/dispatch").text

    assert "knows 劳动争议" in page
    assert "Excluded" in page


def test_a_party_of_the_case_may_not_and_for_strangers_there_is_none(visit: Visit, dispatched: str) -> None:
    assert visit("chair").get(f"/cases/{dispatched}/dispatch").status_code == 403
    assert "派单依据" not in visit("chair").get(f"/cases/{dispatched}/parties").text
    for stranger in ("town_union2", "lawyer3", "auditor"):
        assert visit(stranger).get(f"/cases/{dispatched}/dispatch").status_code == 404


def test_an_earlier_round_stays_readable(visit: Visit, city: City, dispatched: str) -> None:
    city.clock.advance(days=1)
    _act(city, dispatched, lambda folder: shortlist(folder, {"profession": "lawyer", "round": 2}))
    first = next(r.id for r in city.rows(ExpertRanking, ExpertRanking.case_id == dispatched) if r.round == 1)
    union = visit("union")

    newest = union.get(f"/cases/{dispatched}/dispatch").text
    earlier = union.get(f"/cases/{dispatched}/dispatch?ranking={first}").text

    assert "0 人可派" in newest
    assert "本案已询问，逾期未答复" in newest
    assert "2 人可派" in earlier
    assert union.get(f"/cases/{dispatched}/dispatch?ranking=nonsense").status_code == 404


def test_a_long_list_goes_on_page_by_page(visit: Visit, city: City, dispatched: str) -> None:
    (kept,) = city.rows(ExpertRanking)
    many = [kept.entries[0] | {"username": f"expert{number}", "rank": number} for number in range(120)]
    with city.session() as session, session.begin():
        session.get_one(ExpertRanking, kept.id).entries = many
    union = visit("union")

    pages = [union.get(f"/cases/{dispatched}/dispatch?behind={behind}").text for behind in ("", "50", "100", "x")]

    assert ["expert49<" in page for page in pages] == [True, False, False, True]
    assert ["expert50<" in page for page in pages] == [False, True, False, False]
    assert ["behind=" in page for page in pages] == [True, True, False, True]


def test_a_case_that_was_never_dispatched_says_so(visit: Visit, case_id: str) -> None:
    union = visit("union")

    assert "还没有派单" in union.get(f"/cases/{case_id}/dispatch").text
    assert f"/cases/{case_id}/dispatch" not in union.get(f"/cases/{case_id}/parties").text
