"""The list with its rail, its filters in the address, its states."""

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.start_case import StartCase
from tests.city import City
from tests.journeys.form_filler import example
from tests.web.conftest import Visit
from tests.web.worklist.owed import owed, statements

AS_PART = {"HX-Request": "true"}


def test_without_a_view_the_list_shows_where_work_is(visit: Visit, case_id: str) -> None:
    page = visit("boss").get("/tasks").text

    assert '<b id="count-claimable" class="rail-count">1</b>' in page
    assert '<b id="count-mine" class="rail-count">0</b>' in page
    assert "永康市星月模具有限公司" in page
    assert 'id="preview"' in page


def test_a_filter_in_the_field_becomes_a_chip_in_the_address(visit: Visit, city: City, case_id: str) -> None:
    boss, task = visit("boss"), owed(city, case_id)

    sent = boss.get("/tasks?view=claimable&q=任务:" + task.name)
    page = boss.get(sent.location).text
    offered = boss.get("/tasks/suggest?view=claimable&typed=企业:星月", headers=AS_PART).text

    assert sent.location.endswith(f"step={task.element_id}")
    assert 'id="chip-step"' in page
    assert "清除条件" in page
    assert "永康市星月模具有限公司</div>" in offered or "永康市星月模具有限公司<b>1</b>" in offered


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("view=claimable&q=没有这个词", "没有符合条件的待办"),
        ("view=followed", "还没有关注的任务"),
        ("view=paused", "没有暂停的任务"),
        ("view=nonsense&due=x&sort=y", "查看 1 件待领取"),
    ],
)
def test_every_empty_list_says_why_and_what_to_do(visit: Visit, case_id: str, address: str, words: str) -> None:
    assert words in visit("boss").get(f"/tasks?{address}").text


def test_what_others_do_is_told_and_not_swapped_in(visit: Visit, city: City, case_id: str) -> None:
    task = owed(city, case_id)
    since, shown = city.clock.now.isoformat(), f"{task.id}~open~"
    chair = visit("boss")
    quiet = chair.get("/tasks/news", query_string={"view": "claimable", "since": since, "rows": shown}).json
    city.clock.advance(minutes=1)
    city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")
    city.run(ClaimTask(task_id=task.id), by="boss")

    told = chair.get("/tasks/news", query_string={"view": "claimable", "since": since, "rows": shown}).json

    assert (quiet["new"], quiet["changed"], quiet["counts"]) == (0, {}, {})
    assert told["news"] == "1 条新任务 – 显示"
    assert told["changed"][task.id]["said"] == "已由您领取"
    assert told["counts"]["mine"] == 1


def test_one_row_is_claimed_and_taken_back_without_leaving_the_list(visit: Visit, city: City, case_id: str) -> None:
    task, boss = owed(city, case_id), visit("boss")

    refused = boss.post(f"/tasks/{task.id}/unclaim?view=claimable", headers=AS_PART).text
    claimed = boss.post(f"/tasks/{task.id}/claim?view=claimable", headers=AS_PART).text
    undone = boss.post(f"/tasks/{task.id}/unclaim?view=claimable&undo=1", headers=AS_PART).text

    assert "已领取" in claimed
    assert "撤销" in claimed
    assert 'id="count-mine" class="rail-count" hx-swap-oob="true">1<' in claimed
    assert "said-bad" in refused
    assert f'id="task-{task.id}"' in undone
    assert owed(city, case_id).state == "open"


def test_the_preview_says_why_it_waits_and_a_stranger_sees_none(visit: Visit, city: City, case_id: str) -> None:
    task = owed(city, case_id)

    shown = visit("boss").get(f"/tasks/{task.id}/preview?view=claimable", headers=AS_PART)
    plain = visit("boss").get(f"/tasks/{task.id}/preview?view=claimable")

    assert "为什么在等" in shown.text
    assert f"open={task.id}" in plain.location
    assert visit("boss2").get(f"/tasks/{task.id}/preview", headers=AS_PART).status_code == 404


def test_a_list_costs_the_same_number_of_statements_for_one_row_and_for_many(visit: Visit, city: City) -> None:
    boss = visit("boss")
    city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")
    boss.get("/tasks?view=claimable")
    with statements(city) as for_one:
        boss.get("/tasks?view=claimable")
    for _ in range(3):
        city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")

    with statements(city) as for_many:
        boss.get("/tasks?view=claimable")
    with statements(city) as for_news:
        boss.get("/tasks/news?view=claimable&since=2026-03-02T01:00:00%2B00:00")

    assert len(for_many) == len(for_one)
    assert len(for_many) <= 11
    assert len(for_news) <= 3
