"""派单看板 on pages and over HTTP: who may open it, numbers that lead to lists, files."""

import html
import io
import re

import pytest
import python_calamine

from tests.city import City
from tests.requests_for_experts import Requests
from tests.web.conftest import Visit, Visitor

API = "/api/v1/dispatch/board"


@pytest.fixture
def requests(city: City) -> Requests:
    """One is offered in each of two towns, one is worked on."""
    made = Requests(city)
    made.play("team_of_three", until="answer_offer")
    made.play("single_satisfied", until="answer_offer")
    made.play("single_satisfied", until="first_contact")
    return made


def listed(visitor: Visitor, address: str) -> int:
    return len(re.findall(r'<td class="cell-task">', visitor.get(html.unescape(address)).text))


def test_every_number_of_the_page_leads_to_as_many_requests(visit: Visit, requests: Requests) -> None:
    federation = visit("federation")
    page = federation.get("/dispatch").text

    figures = re.findall(r'href="(/dispatch/requests[^"]*)"><strong>(\d+)</strong>', page)
    assert [int(count) for _, count in figures] == [3, 0, 3, 2]
    stages = re.findall(r'href="(/dispatch/requests\?stage=[^"]*)"><meter[^>]*></meter><strong>(\d+)</strong>', page)
    towns = re.findall(r'href="(/dispatch/requests\?town=[^"]*)"><b>(\d+)</b>', page)
    assert len(stages) == 6
    for address, count in [*figures, *stages, *towns]:
        assert listed(federation, address) == int(count), address


def test_a_town_sees_itself_and_no_register(visit: Visit, requests: Requests) -> None:
    page = visit("town_office").get("/dispatch").text

    assert "古山镇" in page
    assert "东城街道" not in page
    assert "专家在办" not in page
    assert "专业力量" not in page
    assert listed(visit("town_office"), "/dispatch/requests") == 1


def test_it_is_for_who_coordinates(visit: Visit, requests: Requests) -> None:
    for name in ("boss", "lawyer1", "union", "admin", "security", "hrss"):
        other = visit(name)
        for path in ("/dispatch", "/dispatch/requests", "/dispatch/board.xlsx", "/dispatch/requests.xlsx", API):
            assert other.get(path).status_code == 403
        assert 'href="/dispatch"' not in other.get("/me").text
    assert 'href="/dispatch"' in visit("federation").get("/me").text


def test_neither_the_other_side_nor_why_somebody_stood_aside_is_on_it(visit: Visit, city: City) -> None:
    Requests(city).play("recused", until="first_contact")
    federation = visit("federation")

    shown = [federation.get(path).text for path in ("/dispatch", "/dispatch/requests", API)]

    for text in shown:
        assert "义乌市某贸易公司" not in text
        assert "回避" not in text
        assert "recuse" not in text


def test_the_interface_gives_the_same_numbers(visit: Visit, requests: Requests) -> None:
    board = visit("federation").get(f"{API}?order=load&limit=3").json
    own = visit("town_office").get(API).json

    assert board is not None
    assert own is not None
    assert (board["requests"]["total"], board["offers"]["cases"], board["towns_in_scope"]) == (3, 2, None)
    assert (len(board["experts"]["items"]), board["experts"]["items"][0]["name"]) == (3, "章律之")
    assert board["period"]["points"] == {
        "enough": False, "count": None, "means": {"speed": None, "skill": None, "manner": None}, "solved": None,
    }  # fmt: skip
    assert (own["requests"]["total"], own["towns_in_scope"]) == (1, ["古山镇"])
    assert own["experts"] is own["professions"] is None
    assert visit("federation").get(f"{API}?order=points").status_code == 400


def test_board_and_list_are_files_too(visit: Visit, requests: Requests) -> None:
    federation = visit("federation")
    board = _rows(federation.get("/dispatch/board.xlsx").data)
    listed = _rows(federation.get("/dispatch/requests.xlsx?town=古山镇").data)

    assert board[1] == ["在办", "合计", 3]
    assert ["可派专家", "律师", 2] in board
    assert [row[3] for row in listed] == ["镇街", "古山镇"]
    assert federation.get("/dispatch/requests.csv").text.count("WS-2026") == 3


def test_experts_are_sorted_by_name_or_by_load_and_by_nothing_else(visit: Visit, requests: Requests) -> None:
    federation = visit("federation")
    by_load = federation.get("/dispatch?order=load").text

    assert by_load.index("章律之</a>") < by_load.index("俞敏法</a>")
    assert "?order=load" in federation.get("/dispatch?order=points").text  # as by name: the other order is offered
    assert "不按专家排名" in by_load


def test_experts_go_on_page_by_page(visit: Visit, requests: Requests, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.dispatch_board.MOST_EXPERTS", 6)
    federation = visit("federation")
    first = federation.get("/dispatch").text
    more = re.search(r'href="(/dispatch\?cursor=[^"]*)"', first)
    assert more is not None

    rest = federation.get(html.unescape(more[1]), headers={"HX-Request": "true"}).text

    names = [set(re.findall(r'/experts/([0-9a-f]{32})"', text)) for text in (first, rest)]
    assert (len(names[0]), names[0] & names[1]) == (6, set())
    assert names[1]


def test_a_topic_that_is_gone_is_not_found(visit: Visit, requests: Requests) -> None:
    assert visit("federation").get("/dispatch/requests?topic=somebody").status_code == 404
    assert visit("federation").get("/dispatch/requests?due=never&stage=nowhere").status_code == 200


def test_the_page_is_english_for_who_reads_english(visit: Visit, requests: Requests) -> None:
    federation = visit("federation")
    federation.get("/locale/en")

    page = federation.get("/dispatch").text

    assert all(words in page for words in ("Dispatch board", "Waiting for an expert", "Whole city", "Dispatch"))


def _rows(content: bytes) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
