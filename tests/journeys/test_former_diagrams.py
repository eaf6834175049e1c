"""The diagram of a case that was moved to another version: looked at as it was, and played over the border."""

import pytest
from playwright.sync_api import Page, expect

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from tests.city import City
from tests.journeys.conftest import Enter
from tests.moved_rounds import WHY, move_round
from tests.rounds import a_round


@pytest.fixture
def round_id(city: City) -> str:
    case_id = a_round(city, names=["王", "李", "张"])
    task = next(task for task in city.tasks(case_id) if task.element_id == "give_opinion")
    city.run(ClaimTask(task_id=task.id), by="hr")
    city.run(CompleteTask(task_id=task.id, answers={"态度": "yes"}), by="hr")
    move_round(city, case_id)
    return case_id


def drawn(page: Page, element_id: str) -> bool:
    """Whether the open sheet has this element."""
    return page.locator(f'[data-bpmn-viewer] [data-element-id="{element_id}"]').count() > 0


def ready(page: Page) -> None:
    page.locator('[data-bpmn-viewer][data-ready="1"]').wait_for()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_former_version_is_one_click_away(enter: Enter, round_id: str, width: int) -> None:
    chair = enter("chair", width=width)
    chair.goto(f"/cases/{round_id}/diagram")
    ready(chair)
    assert drawn(chair, "write_opinion")

    chair.get_by_role("navigation", name="流程版本").get_by_role("link", name="第1版").click()
    ready(chair)

    assert drawn(chair, "give_opinion")
    assert not drawn(chair, "write_opinion")
    expect(chair.locator('[data-element-id="give_opinion"].is-current').first).to_be_attached()
    expect(chair.locator(".moved-on")).to_contain_text(WHY)
    assert chair.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    chair.goto(f"/cases/{round_id}/timeline")
    expect(chair.get_by_text("案件由第1版转到第2版办理")).to_be_visible()


def test_the_sheet_changes_where_the_slider_crosses_the_border(enter: Enter, round_id: str) -> None:
    chair = enter("chair")
    chair.goto(f"/cases/{round_id}/diagram")
    ready(chair)
    versions = chair.get_by_role("navigation", name="流程版本")
    open_one = versions.locator("[aria-current]")

    chair.get_by_role("link", name="上一步").click()
    expect(chair.locator('[data-element-id="give_opinion"].is-current').first).to_be_attached()
    expect(open_one).to_contain_text("第1版")
    expect(chair.locator(".moved-on")).to_contain_text(WHY)
    expect(chair.locator("#outline")).not_to_contain_text("公开征求")
    assert not drawn(chair, "write_opinion")

    chair.get_by_role("link", name="下一步").click()
    expect(chair.locator('[data-element-id="write_opinion"].is-current').first).to_be_attached()
    expect(open_one).to_contain_text("第2版")
    expect(chair.locator("#outline")).to_contain_text("公开征求")
    assert not drawn(chair, "give_opinion")


def test_a_play_runs_over_the_border(enter: Enter, round_id: str) -> None:
    chair = enter("chair")
    chair.goto(f"/cases/{round_id}/diagram")
    ready(chair)

    chair.get_by_role("button", name="连续播放").click()

    expect(chair.locator('[data-element-id="give_opinion"]').first).to_be_attached()
    expect(chair.locator('[data-element-id="write_opinion"].is-current').first).to_be_attached(timeout=20_000)
    expect(chair.locator("[data-now]")).to_be_hidden()
