"""Version 2 is published by two designers, running cases are rehearsed and moved, and people find the new step."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import process_drafts
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import answered
from tests.journeys.looking import DESK, PHONE, is_usable, look_at
from tests.mails import work_off
from tests.training_requests import (
    DIAGRAM,
    GONE,
    INSTEAD,
    PROCESS,
    migration,
    second_diagram,
    second_version,
    three_requests,
    versions,
)

PLAN = f"/designer/processes/{PROCESS}/migration?from=1&to=2"


def _published(enter: Enter, city: City) -> Page:
    """The page of the draft after both designers were there; gives the browser of the second."""
    draft_id = process_drafts.begin(city, PROCESS)
    process_drafts.save(city, draft_id, {DIAGRAM: second_diagram()})
    first = enter("designer")
    first.goto(f"/designer/drafts/{draft_id}/review")
    first.get_by_label("改了什么，为什么").fill("审核改为复核，增加批准")
    with answered(first):
        first.get_by_role("button", name="送审").click()
    second = enter("designer2")
    second.goto(f"/designer/drafts/{draft_id}/review")
    with answered(second):
        second.get_by_role("button", name="发布").click()
    work_off(city)
    second.reload()
    return second


def test_three_running_cases_are_moved_to_the_new_version(enter: Enter, city: City, tmp_path: Path) -> None:
    cases = three_requests(city)
    designer = _published(enter, city)

    designer.get_by_role("link", name="迁移 v1 的在办案件").click()
    expect(designer.locator(".verdict-moves dd")).to_have_text("1")
    expect(designer.locator(".verdict-choice dd")).to_have_text("2")
    expect(designer.locator("[data-compare]")).to_have_attribute("data-ready", "1", timeout=20_000)
    expect(designer.locator(f'[data-element-id="{INSTEAD}"].was-added')).to_be_visible()
    designer.get_by_label("迁移理由").fill("审核改为复核")
    designer.locator(f'[name="choice.{GONE}"]').select_option(INSTEAD)
    designer.get_by_role("button", name="按此选择重新计算").click()
    expect(designer.locator(".verdict-moves dd")).to_have_text("3")
    expect(designer.get_by_label("迁移理由")).to_have_value("审核改为复核")
    with answered(designer):
        designer.get_by_role("button", name="试迁（不改变案件）").click()
    work_off(city)
    expect(designer.get_by_role("status")).to_contain_text("可以迁移 3 件")
    assert versions(city, cases) == [1, 1, 1]

    designer.get_by_role("link", name="按此方案正式迁移").click()
    expect(designer.locator(f'[name="choice.{GONE}"]')).to_have_value(INSTEAD)
    with answered(designer):
        designer.get_by_role("button", name="开始迁移").click()
    expect(designer.get_by_role("status")).to_contain_text("已处理 0 / 3")
    work_off(city)
    expect(designer.get_by_role("status")).to_contain_text("已迁移 3 件", timeout=10_000)

    assert versions(city, cases) == [2, 2, 2]
    with designer.expect_download() as download:
        designer.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "result.csv")
    lines = list(csv.reader((tmp_path / "result.csv").read_text("utf-8-sig").splitlines()))
    assert [line[3] for line in lines[1:]] == ["已迁移"] * 3
    union = enter("town_union")
    union.goto("/tasks?view=claimable")
    expect(union.locator(".list-tasks .cell-task", has_text="复核申请")).to_have_count(2)
    union.goto(f"/cases/{cases[0]}")
    expect(union.locator("main")).to_contain_text("复核申请")


def test_a_run_that_is_watched_can_be_paused_and_goes_on(enter: Enter, city: City) -> None:
    cases = three_requests(city)
    second_version(city)
    run_id = migration(city, choices={GONE: INSTEAD})
    designer = enter("designer")
    designer.goto(f"/designer/migrations/{run_id}")

    designer.get_by_role("button", name="暂停").click()
    expect(designer.locator("#progress-title")).to_contain_text("已暂停")
    work_off(city)
    assert versions(city, cases) == [1, 1, 1]
    designer.get_by_role("button", name="继续").click()
    expect(designer.locator("#progress-title")).to_contain_text("正在进行")
    work_off(city)

    expect(designer.locator("#progress-title")).to_contain_text("已完成", timeout=10_000)
    assert versions(city, cases) == [2, 2, 2]


def test_it_works_without_scripts(enter: Enter, city: City) -> None:
    cases = three_requests(city)
    second_version(city)
    designer = enter("designer", scripts=False)
    designer.goto(PLAN)
    designer.get_by_label("选择 PX").first.check()
    designer.get_by_label("只迁移清单中勾选的案件").check()
    designer.get_by_label("迁移理由").fill("审核改为复核")
    designer.locator(f'[name="choice.{GONE}"]').select_option(INSTEAD)

    designer.get_by_role("button", name="按此选择重新计算").click()
    expect(designer.locator(".verdict-moves dd")).to_have_text("3")
    expect(designer.get_by_label("选择 PX").first).to_be_checked()
    designer.get_by_role("button", name="开始迁移").click()
    work_off(city)

    assert "/designer/migrations/" in designer.url
    assert sorted(versions(city, cases)) == [1, 1, 2]


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_are_usable_for_everybody(enter: Enter, city: City, screen: tuple[int, int]) -> None:
    three_requests(city)
    second_version(city)
    designer = enter("designer", width=screen[0], height=screen[1])
    look_at(designer, "/designer/migrations")
    look_at(designer, PLAN)
    designer.get_by_label("迁移理由").fill(" x")
    with answered(designer):
        designer.get_by_role("button", name="开始迁移").click()
    expect(designer.get_by_role("alert")).to_be_visible()
    is_usable(designer)
    run_id = migration(city)
    look_at(designer, f"/designer/migrations/{run_id}")
    work_off(city)
    for address in (f"/designer/migrations/{run_id}", f"/designer/migrations/{run_id}?outcome=stayed"):
        look_at(designer, address)
    look_at(designer, "/designer/migrations")
    look_at(designer, f"/designer/processes/{PROCESS}/versions")
