"""A case is played again on its diagram: by itself, stopped, step by step."""

from playwright.sync_api import expect

from engine.commands.claim_task import ClaimTask
from engine.commands.release_task import ReleaseTask
from tests.city import City
from tests.journeys.conftest import Enter


def test_a_case_plays_again_and_stops_where_it_stands(enter: Enter, city: City, case_id: str) -> None:
    task = city.task_at(case_id, "reply_by_enterprise")
    for command in (ClaimTask, ReleaseTask, ClaimTask):  # acts enough to watch
        city.clock.advance(minutes=5)
        city.run(command(task_id=task.id), by="hr")
    chair = enter("chair")
    chair.goto(f"/cases/{case_id}/diagram")
    expect(chair.locator("[data-bpmn-viewer]")).to_have_attribute("data-ready", "1", timeout=30_000)
    replay, play = chair.locator("[data-replay]"), chair.locator("[data-play]")
    last = replay.locator("[name=step]").get_attribute("max")

    play.click()

    expect(play).to_have_attribute("aria-pressed", "true")
    expect(replay.locator("[data-step]")).to_have_text(str(last), timeout=10_000)
    expect(play).not_to_have_attribute("aria-pressed", "true")
    expect(chair.locator('.is-current[data-element-id="reply_by_enterprise"]')).to_have_count(1)
    expect(chair.locator(".token-badge")).to_have_count(1)
    replay.locator("[data-go=back]").click()
    expect(replay.locator("[data-words]")).to_contain_text("放回待领取")
