"""An enterprise follows its request on a phone to a rating that is not good; the federation reads its board."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import hand_in
from tests.journeys.looking import DESK, PHONE, look_at
from tests.requests_for_experts import Requests

SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def requests(city: City) -> Requests:
    return Requests(city)


def take(page: Page, name: str) -> None:
    """From the list of requests to a task that is theirs to do."""
    page.goto("/requests")
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).click()
    claim = page.locator("#do-claim, button:has-text('领取')").first
    if claim.is_visible():
        with page.expect_navigation():
            claim.click()


@SCREENS
def test_the_enterprise_confirms_rates_and_is_not_satisfied(
    enter: Enter, requests: Requests, city: City, screen: tuple[int, int]
) -> None:
    case_id = requests.play("single_satisfied", until="confirm_visit")
    boss = enter("boss2", width=screen[0], height=screen[1])
    look_at(boss, "/requests")
    expect(boss.locator(".request")).to_contain_text("章律之")
    expect(boss.locator(".request .stage-current")).to_contain_text("服务")

    take(boss, "企业确认上门")
    for label in boss.locator("form.task-form .form-flag label, form.task-form .form-signature label").all():
        label.click()
    hand_in(boss)
    for step in ("write_advice", "confirm_advice", "close_request"):
        requests.go_on("single_satisfied", case_id, step)

    take(boss, "企业评价")
    look_at(boss, boss.url)
    speed = boss.get_by_role("radiogroup", name=re.compile("响应速度"))
    speed.get_by_role("radio").first.focus()
    boss.keyboard.press("Space")
    boss.keyboard.press("ArrowRight")
    expect(speed.get_by_role("radio").nth(1)).to_be_checked()
    boss.get_by_role("radiogroup", name=re.compile("专业水平")).get_by_role("radio").nth(2).check()
    boss.get_by_label("没有解决").check()
    hand_in(boss)
    unsatisfied = {"task": "call_back", "as": "federation", "answers_from": "callback.valid.unsatisfied"}
    requests.do("reopened", case_id, **unsatisfied)

    boss.goto("/requests")
    expect(boss.locator(".request")).to_contain_text("重新办理")
    expect(boss.locator(".request-points")).to_contain_text("2 分")
    expect(boss.locator(".request-points")).to_contain_text("没有解决")


@SCREENS
def test_numbers_of_the_board_lead_to_lists(enter: Enter, requests: Requests, screen: tuple[int, int]) -> None:
    requests.play("team_of_three", until="answer_offer")
    requests.play("single_satisfied", until="first_contact")
    federation = enter("federation", width=screen[0], height=screen[1])
    look_at(federation, "/dispatch")

    federation.locator(".figure", has_text="等待专家答复").click()
    expect(federation.get_by_role("heading", level=1)).to_have_text("等待专家答复的诉求")
    expect(federation.locator("td.cell-task")).to_have_count(1)
    look_at(federation, federation.url)
    federation.goto("/dispatch")
    federation.get_by_role("link", name=re.compile("^1 服务 在办$")).click()
    expect(federation.locator("td.cell-task")).to_contain_text("客户拖欠货款的合同纠纷")


@SCREENS
def test_an_official_of_a_town_sees_the_own_town_only(
    enter: Enter, requests: Requests, screen: tuple[int, int]
) -> None:
    requests.play("team_of_three", until="answer_offer")
    requests.play("single_satisfied", until="answer_offer")
    official = enter("liaison2", width=screen[0], height=screen[1])
    look_at(official, "/dispatch")

    expect(official.locator(".tile-town")).to_have_text(["东城街道"])
    expect(official.locator(".figure").first).to_contain_text("1")
    official.locator(".figure").first.click()
    expect(official.locator("td.cell-task")).to_have_count(1)
    expect(official.locator("main")).not_to_contain_text("古山镇")


@SCREENS
def test_the_sheet_with_the_code(enter: Enter, requests: Requests, screen: tuple[int, int]) -> None:
    boss = enter("boss2", width=screen[0], height=screen[1])
    look_at(boss, "/requests/qr")
    expect(boss.locator(".qr-picture svg")).to_be_visible()

    boss.get_by_role("link", name="打开表单").click()

    expect(boss.get_by_label("扫码")).to_be_checked()


def test_without_scripts_points_are_given_as_well(enter: Enter, requests: Requests) -> None:
    requests.play("single_satisfied", until="evaluate_service")
    boss = enter("boss2", scripts=False)
    take(boss, "企业评价")

    boss.locator('input[name="manner"][value="4"]').check()
    hand_in(boss)
    boss.goto("/requests")

    expect(boss.locator(".request-points")).to_contain_text("4 分")
