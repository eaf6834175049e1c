"""我的诉求: an enterprise sees where its requests stand, does what is asked of it, and nobody else's."""

import re

import pytest

from tests.city import City
from tests.requests_for_experts import Requests
from tests.web.conftest import Visit

TITLE = "客户拖欠货款的合同纠纷"


@pytest.fixture
def requests(city: City) -> Requests:
    return Requests(city)


def test_a_new_request_says_who_has_it_and_until_when(visit: Visit, requests: Requests) -> None:
    requests.play("single_satisfied", until="accept_request")
    page = visit("boss2").get("/requests").text

    assert TITLE in page
    assert "工商联正在受理" in page
    assert re.search(r'aria-current="step"><span>受理<', page)
    assert "等待工商联签收并办理「受理诉求」" in page
    assert "归档" not in page


def test_who_comes_is_named_and_what_to_do_is_a_button(visit: Visit, requests: Requests, city: City) -> None:
    case_id = requests.play("single_satisfied", until="confirm_visit")
    page = visit("boss2").get("/requests").text

    task = city.task_at(case_id, "confirm_visit")
    assert "现在需要您办理" in page
    assert f'href="/tasks/{task.id}"' in page
    assert "章律之" in page
    assert ">律师<" in page
    assert "最迟 3月23日 办结" in page
    assert "期限「办结诉求」" not in page  # said once
    assert "撤回诉求" in page
    assert "请求协调" in page


def test_a_closed_one_shows_outcome_advice_and_own_points(visit: Visit, requests: Requests) -> None:
    requests.play("single_satisfied")
    boss = visit("boss2")

    assert TITLE not in boss.get("/requests").text
    page = boss.get("/requests?state=closed").text
    assert "部分解决" in page
    assert "先还一半，其余分期。" in page
    assert "出具书面意见" in page
    assert page.count("5 分") == 3
    assert "很及时。" in page


def test_ended_early_says_how_and_draws_no_further(visit: Visit, requests: Requests) -> None:
    requests.play("rejected")
    requests.play("withdrawn_before_dispatch")
    page = visit("boss2").get("/requests?state=closed").text

    assert "诉求正在法院审理，不属于服务范围。" in page
    assert all(words in page for words in ("不予受理", "已撤回"))
    assert "<span>服务</span>" not in page


def test_only_the_own_enterprise_and_who_filed_it(visit: Visit, requests: Requests) -> None:
    requests.play("single_satisfied", until="confirm_triage")  # HILL, by boss2
    requests.play("team_of_three", until="confirm_triage")  # STAR, by the 联企干部

    assert TITLE in visit("boss2").get("/requests").text
    assert "股权转让" not in visit("boss2").get("/requests").text
    assert "股权转让" in visit("hr").get("/requests").text
    filed = visit("liaison").get("/requests").text
    assert "股权转让" in filed
    assert TITLE not in filed
    for other in ("rep1", "chair", "lawyer1", "federation", "union"):
        assert visit(other).get("/requests").status_code == 404
        assert 'href="/requests"' not in visit(other).get("/me").text


def test_the_list_goes_on_page_by_page(visit: Visit, requests: Requests, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.requests.ROWS", 2)
    for _ in range(3):
        requests.play("single_satisfied", until="accept_request")
        requests.city.clock.advance(minutes=1)
    boss = visit("boss2")
    first = boss.get("/requests").text
    more = re.search(r'href="(/requests\?cursor=[^"]*)"', first)
    assert more is not None

    rest = boss.get(more[1], headers={"HX-Request": "true"}).text
    numbers = [re.findall(r"WS-2026-\d{5}", text) for text in (first, rest, boss.get(more[1]).text)]

    assert numbers == [["WS-2026-00003", "WS-2026-00002"], ["WS-2026-00001"], ["WS-2026-00001"]]


def test_the_code_opens_the_form_with_its_channel_chosen(visit: Visit, requests: Requests) -> None:
    boss = visit("boss2")
    sheet = boss.get("/requests/qr").text
    address = re.search(r'class="qr-address">http://localhost(/[^<]*)<', sheet)
    assert address is not None
    assert "<svg" in sheet
    assert "永康市远山门业有限公司" in sheet

    form = boss.get(address[1].replace("&amp;", "&")).text
    assert re.search(r'value="qr" checked', form)


def test_a_link_ticks_what_is_offered_and_writes_nothing(visit: Visit, requests: Requests) -> None:
    boss = visit("boss2")
    form = boss.get("/cases/new/expert_dispatch?channel=nothing&title=被人写好的标题&urgency=urgent&has_dispute=1").text

    assert "被人写好的标题" not in form
    assert re.findall(r'value="(\w+)" checked', form) == ["urgent"]


def test_a_liaison_official_prints_a_code_for_an_enterprise_of_the_town(visit: Visit, requests: Requests) -> None:
    official = visit("liaison")
    plain = official.get("/requests/qr").text
    choices = re.findall(r'<option value="([0-9a-f]{32})"', plain)
    assert "古山镇" in plain

    chosen = choices[0] if choices else ""
    assert f"enterprise={chosen}" in official.get(f"/requests/qr?enterprise={chosen}").text or not choices
    assert "enterprise=" not in official.get("/requests/qr?enterprise=somebody").text.split("qr-address")[1][:200]


def test_points_are_given_with_buttons_none_of_which_is_chosen(visit: Visit, requests: Requests, city: City) -> None:
    case_id = requests.play("single_satisfied", until="evaluate_service")
    task, boss = city.task_at(case_id, "evaluate_service"), visit("boss2")
    page = boss.get(f"/tasks/{task.id}").text
    boss.post(f"/tasks/{task.id}/take")
    page = boss.get(f"/tasks/{task.id}").text

    assert page.count('role="radiogroup"') == 4
    assert len(re.findall(r'name="speed" value="[1-5]"', page)) == 5
    assert not re.search(r'name="(speed|skill|manner|solved)" value="\w*" checked', page)
    answers = {"speed": "2", "skill": "", "manner": "5", "solved": "no", "comment": "等了很久"}
    boss.post(f"/tasks/{task.id}", answers)
    shown = boss.get("/requests").text
    assert re.search(r"响应速度.*?2 分", shown, re.DOTALL)
    assert re.search(r"专业水平.*?未评", shown, re.DOTALL)
    assert "没有解决" in shown
