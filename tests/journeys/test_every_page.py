"""Pages in special states: usable for everybody (axe, WCAG 2.2 AA), on a desk and on a phone."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from engine.commands.claim_task import ClaimTask
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import hand_in
from tests.journeys.looking import DESK, PHONE, is_usable, look_at
from tests.rounds import a_round, offer_of, round_files


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_task_open_claimed_and_with_problems(enter: Enter, city: City, case_id: str, screen: tuple[int, int]) -> None:
    boss = enter("boss", width=screen[0], height=screen[1])
    task = city.task_at(case_id, "reply_by_enterprise")
    look_at(boss, f"/tasks/{task.id}")
    city.run(ClaimTask(task_id=task.id), by="boss")
    look_at(boss, f"/tasks/{task.id}")

    hand_in(boss)

    expect(boss.get_by_role("alert")).to_contain_text("处需要修改")
    is_usable(boss)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_what_people_may_start_many_tasks_and_called_diagrams(
    enter: Enter, city: City, screen: tuple[int, int]
) -> None:
    case_id = a_round(city, names=[f"职工{number}" for number in range(30)])
    chair = enter("chair", width=screen[0], height=screen[1])
    for path in ("", "/timeline", "/diagram", "/diagram?diagram=opinion_check"):
        look_at(chair, f"/cases/{case_id}{path}")
    for path in ("/processes/opinion_round", "/processes/opinion_round?diagram=opinion_check"):
        look_at(chair, path)
    look_at(chair, f"/tasks/{offer_of(city, case_id, 'stop_early')}")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_of_designers(enter: Enter, screen: tuple[int, int]) -> None:
    designer = enter("designer", width=screen[0], height=screen[1])
    look_at(designer, "/designer/check")
    for files in (round_files(), {"opinion_round.bpmn": round_files()["opinion_round.bpmn"]}):
        designer.set_input_files("#files", [_upload(name, content) for name, content in files.items()])
        expect(designer.locator("#verdict")).to_be_focused()
        if screen is DESK:
            expect(designer.locator("[data-check-viewer] .djs-shape").first).to_be_visible()
        is_usable(designer)


def _upload(path: str, content: bytes) -> FilePayload:
    return {"name": path.rpartition("/")[2], "mimeType": "application/octet-stream", "buffer": content}


def test_a_finding_leads_to_its_element(enter: Enter) -> None:
    designer = enter("designer")
    designer.goto("/designer/check")
    designer.set_input_files("#files", [_upload("opinion_round.bpmn", round_files()["opinion_round.bpmn"])])

    designer.locator('[data-show="give_opinion"]').first.click()

    expect(designer.locator('[data-element-id="give_opinion"].is-shown')).to_be_visible()
    expect(designer.locator('[data-element-id="give_opinion"].has-error')).to_be_visible()


def test_a_call_activity_leads_to_the_diagram_it_calls(enter: Enter, city: City) -> None:
    chair = enter("chair")
    chair.goto(f"/cases/{a_round(city)}/diagram")

    chair.get_by_role("link", name="打开流程图 复核意见").click()

    expect(chair.locator('[data-element-id="check_opinions"]')).to_be_visible(timeout=20_000)


def test_what_is_started_is_handed_in_at_once(enter: Enter, city: City) -> None:
    case_id = a_round(city)
    chair = enter("chair", width=PHONE[0], height=PHONE[1])
    chair.goto(f"/cases/{case_id}")

    chair.get_by_role("link", name="发起 提前结束征求").click()
    chair.get_by_label("结束理由").fill("意见已经够了")
    hand_in(chair)

    expect(chair.get_by_role("heading", level=1)).to_contain_text("已提交")
    assert [task.element_id for task in city.tasks(case_id) if not task.discretionary] == ["check_opinions"]


def test_the_diagram_shows_where_the_case_is_and_keeps_its_makers_mark_visible(enter: Enter, case_id: str) -> None:
    chair = enter("chair")

    look_at(chair, f"/cases/{case_id}/diagram")

    expect(chair.locator('[data-element-id="reply_by_enterprise"].is-current')).to_be_visible()
    on_top = """mark => {
        mark.scrollIntoView({block: "center", behavior: "instant"});
        const box = mark.getBoundingClientRect();
        return mark.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    }"""
    assert chair.locator(".bjs-powered-by").evaluate(on_top)
    expect(chair.locator(".outline-step.outline-current")).to_contain_text("企业方书面答复")


def test_the_page_of_the_pill_can_be_read_with_the_keyboard(enter: Enter, case_id: str) -> None:
    boss = enter("boss")
    boss.goto(f"/cases/{case_id}")

    boss.locator("#main-clock").locator("..").focus()

    expect(boss.locator("#main-clock")).to_be_visible()
    expect(boss.locator("#main-clock")).to_contain_text("《浙江省集体合同条例》第七条")


def test_english_is_one_tap_away_and_stays(enter: Enter, case_id: str) -> None:
    boss = enter("boss")

    boss.get_by_role("link", name="English").click()

    expect(boss.locator("html")).to_have_attribute("lang", "en")
    expect(boss.get_by_role("navigation", name="Main navigation")).to_contain_text("Cases")
    look_at(boss, f"/cases/{case_id}")
    expect(boss.locator(".stage-current")).to_contain_text("Offer")
    boss.get_by_role("link", name="中文").click()
    expect(boss.locator("html")).to_have_attribute("lang", "zh-CN")


def test_a_case_opens_at_the_tab_one_last_looked_at(enter: Enter, case_id: str) -> None:
    chair = enter("chair")
    chair.goto(f"/cases/{case_id}/timeline")

    chair.goto("/cases")
    chair.locator(".list-cases .cell-task a").click()
    expect(chair.locator(".tabs [aria-current]")).to_have_text("时间线")
    chair.get_by_role("link", name="概览").click()
    expect(chair.locator(".tabs [aria-current]")).to_have_text("概览")
    chair.goto("/cases")
    expect(chair.locator(".list-cases .cell-task a")).to_have_attribute("href", f"/cases/{case_id}")
    chair.goto(f"/cases/{case_id}?tab=ballots")
    expect(chair.locator(".tabs [aria-current]")).to_have_text("概览")


def test_single_keys_can_be_switched_off(enter: Enter, case_id: str) -> None:
    boss = enter("boss")
    boss.keyboard.press("?")
    boss.get_by_label("使用单键操作").uncheck()
    boss.keyboard.press("Escape")

    boss.keyboard.press("j")
    expect(boss.locator(".list-tasks .is-current")).to_have_count(0)
    boss.get_by_role("button", name="键盘操作").click()
    boss.get_by_label("使用单键操作").check()
    boss.keyboard.press("Escape")
    boss.keyboard.press("j")
    expect(boss.locator(".list-tasks .is-current")).to_have_count(1)


def test_wishes_about_notices_are_set_with_the_keyboard_alone(enter: Enter) -> None:
    boss = enter("boss")
    boss.goto("/me/notices")

    _tab_to(boss, '[name="way-mentioned"]')
    boss.keyboard.press("End")
    _tab_to(boss, 'form[action="/me/notices"] button')
    boss.keyboard.press("Enter")

    expect(boss.get_by_text("消息设置已保存。")).to_be_visible()
    expect(boss.locator('[name="way-mentioned"]')).to_have_value("off")


def _tab_to(page: Page, selector: str) -> None:
    """Goes on with the tabulator until this element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached with the tabulator")


def test_the_demo_people_fit_a_phone_in_english(enter: Enter) -> None:
    """English roles are longer than Chinese ones."""
    stranger = enter(None, width=PHONE[0], height=PHONE[1])
    stranger.goto("/locale/en")

    look_at(stranger, "/login")

    expect(stranger.get_by_role("heading", level=1)).to_have_text("Log in to Tongban")
