"""The page of the diagram of a case that was moved: both versions to choose from, and a slider over the border."""

import json
import re
from html import unescape

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.set_locale import SetLocale
from tests.city import City
from tests.moved_rounds import WHY, move_round
from tests.rounds import a_round
from tests.web.conftest import Visit, Visitor
from tests.web.test_diagram_sheets import data


@pytest.fixture
def case_id(city: City) -> str:
    """One of three has answered when the case is moved, another one afterwards."""
    case_id = a_round(city, names=["王", "李", "张"])
    answer(city, case_id, "give_opinion")
    move_round(city, case_id)
    answer(city, case_id, "write_opinion")
    return case_id


def answer(city: City, case_id: str, element_id: str) -> None:
    task = next(task for task in city.tasks(case_id) if task.element_id == element_id)
    city.run(ClaimTask(task_id=task.id), by="hr")
    city.run(CompleteTask(task_id=task.id, answers={"态度": "yes"}), by="hr")


@pytest.fixture
def chair(visit: Visit) -> Visitor:
    return visit("chair")


def versions(page: str) -> list[tuple[str, str, bool]]:
    nav = page.partition('aria-label="流程版本"')[2].partition("</nav>")[0]
    found = re.findall(r'<a href="([^"]*)"( aria-current="page")?>.*?</svg>([^<]*)</a>', nav)
    return [(unescape(address), words, bool(current)) for address, current, words in found]


def standing(page: str) -> set[str]:
    return {mark["element_id"] for mark in data(page, "state")["current"]}


def step_of(page: str) -> int:
    found = re.search(r'name="step" min="1" max="\d+" value="(\d+)"', page)
    assert found
    return int(found[1])


def test_the_former_version_can_be_looked_at(chair: Visitor, case_id: str) -> None:
    now = chair.get(f"/cases/{case_id}/diagram").text
    former = chair.get(f"/cases/{case_id}/diagram?version=1").text

    assert [(words[:3], is_open) for _, words, is_open in versions(now)] == [("第1版", False), ("第2版", True)]
    assert [(words[:3], is_open) for _, words, is_open in versions(former)] == [("第1版", True), ("第2版", False)]
    assert versions(now)[0][0] == f"/cases/{case_id}/diagram?version=1"
    assert versions(former)[1][0] == f"/cases/{case_id}/diagram"
    assert {"give_opinion", "asking"} <= standing(former)
    assert {"write_opinion", "asking"} <= standing(now)
    assert "round_wanted" in data(former, "state")["done"]
    for words in ("将案件由第1版转到第2版办理", WHY, "只供查看", "当时所在"):
        assert words in former
        assert words not in now


def test_the_list_of_steps_is_that_of_the_version(chair: Visitor, case_id: str) -> None:
    now = chair.get(f"/cases/{case_id}/diagram").text.partition('id="outline"')[2]
    former = chair.get(f"/cases/{case_id}/diagram?version=1").text.partition('id="outline"')[2]

    assert ("公开征求" in now, "公开征求" in former) == (True, False)
    assert 'element=give_opinion"' in former


def test_the_drawing_is_that_of_the_version(chair: Visitor, case_id: str) -> None:
    page = chair.get(f"/cases/{case_id}/diagram?version=1").text
    found = re.search(r'data-src="([^"]*)"', page)
    assert found

    former = chair.get(unescape(found[1])).text
    now = chair.get(f"/cases/{case_id}/diagram.bpmn").text

    assert ("give_opinion" in former, "write_opinion" in former) == (True, False)
    assert ("give_opinion" in now, "write_opinion" in now) == (False, True)


def test_whoever_goes_back_over_the_border_sees_the_other_sheet(chair: Visitor, case_id: str) -> None:
    film = chair.get(f"/cases/{case_id}/film").json
    first_of_new = next(number for number, act in enumerate(film, 1) if act["sheet"] == 1)
    left = chair.get(f"/cases/{case_id}/diagram?version=1").text
    before = chair.get(f"/cases/{case_id}/diagram?step={first_of_new - 1}").text
    after = chair.get(f"/cases/{case_id}/diagram?step={first_of_new}").text

    assert [act["sheet"] for act in film] == sorted(act["sheet"] for act in film)
    assert "案件由第1版转到第2版办理" in film[first_of_new - 1]["words"]
    assert "填写意见" in film[first_of_new - 2]["words"]
    assert step_of(left) == first_of_new - 1
    assert standing(before) == standing(left)
    assert "give_opinion" in standing(before)
    assert "write_opinion" in standing(after)
    assert versions(after)[1][2]
    assert {m["element_id"] for m in film[-1]["current"]} <= standing(chair.get(f"/cases/{case_id}/diagram").text)


def test_the_slider_knows_the_sheets(chair: Visitor, case_id: str) -> None:
    page = chair.get(f"/cases/{case_id}/diagram").text
    found = re.search(r'data-sheets="([^"]*)" data-sheet="(\d)"', page)
    assert found

    sheets = json.loads(unescape(found[1]))
    drawn = [chair.get(sheet["source"]).text for sheet in sheets]

    assert found[2] == "1"
    assert ["give_opinion" in xml for xml in drawn] == [True, False]
    assert [json.loads(sheet["links"])["check_round"]["href"] for sheet in sheets] == [
        f"/cases/{case_id}/diagram?diagram=opinion_check&version=1",
        f"/cases/{case_id}/diagram?diagram=opinion_review",
    ]


def test_a_called_diagram_of_one_version_only(chair: Visitor, case_id: str) -> None:
    address = f"/cases/{case_id}/diagram"

    assert chair.get(f"{address}?diagram=opinion_check").status_code == 404
    assert chair.get(f"{address}?diagram=opinion_check&version=1").status_code == 200
    assert "give_opinion" in standing(chair.get(f"{address}?diagram=opinion_review&step=1").text) | {"give_opinion"}
    assert chair.get(f"{address}?diagram=opinion_review&step=1").status_code == 200
    assert chair.get(f"{address}?version=7").status_code == 404


def test_a_fragment_brings_its_head(chair: Visitor, case_id: str) -> None:
    part = chair.get(f"/cases/{case_id}/diagram?step=1", headers={"HX-Request": "true"}).text

    head = part.partition("<template data-sheet-head>")[2].partition("</template>")[0]
    assert [is_open for *_, is_open in versions(head)] == [True, False]
    assert WHY in head


def test_what_happened_before_has_its_names(chair: Visitor, case_id: str) -> None:
    timeline = chair.get(f"/cases/{case_id}/timeline").text
    at_step = chair.get(f"/cases/{case_id}/timeline?element=give_opinion").text
    decisions = chair.get(f"/cases/{case_id}/timeline?kind=decisions").text
    audit = chair.get(f"/cases/{case_id}/audit").text
    overview = chair.get(f"/cases/{case_id}").text

    assert re.findall("<h3>([^<]*)</h3>", timeline) == ["公开征求", "征求"]
    assert "填写意见" in at_step.partition('class="chips"')[2].partition("</nav>")[0]
    for page in (timeline, decisions, audit, overview):
        assert "案件由第1版转到第2版办理" in page
        assert WHY in page
    assert not re.search(r'<td class="cell-step">(give|write)_opinion', audit)
    assert "give_opinion" not in re.sub(r'(href|hx-get)="[^"]*"', "", timeline)


def test_in_english(chair: Visitor, city: City, case_id: str) -> None:
    city.run(SetLocale(locale="en"), by="chair")
    page = chair.get(f"/cases/{case_id}/diagram?version=1").text

    assert "moved the case from version 1 to version 2" in page


def test_a_case_that_was_never_moved_offers_no_choice(chair: Visitor, city: City) -> None:
    case_id = a_round(city)

    page = chair.get(f"/cases/{case_id}/diagram").text

    assert versions(page) == []
    assert "moved-on" not in page
