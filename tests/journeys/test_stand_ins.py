"""`liaison2` and `town_union` each stand in for a colleague of another town who is away, from naming to the record."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import StartCase
from engine.definitions.catalogue_sources import bundle_files
from tests.city import City
from tests.factories import EXAMPLE, SUGGESTION
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import fill_form, hand_in
from tests.journeys.looking import DESK, PHONE, look_at
from tests.mails import work_off
from tests.registry import id_of
from tests.stand_ins import name_stand_in

FIVE_DAYS = {"starts_on": "2026-03-02", "ends_on": "2026-03-06", "reason": "年休假"}


def of_two_offices() -> dict[str, bytes]:
    """The process of the how-to, with its two steps in the hands of offices of the town."""
    files = dict(bundle_files(EXAMPLE))
    name = next(path for path in files if path.endswith(".bpmn"))
    drawn = files[name].decode()
    for enterprise, office in (("enterprise_hr", "liaison"), ("enterprise_manager", "town_union")):
        drawn = drawn.replace(f'candidateGroups="{enterprise}"', f'candidateGroups="{office}"')
    return files | {name: drawn.encode()}


@pytest.fixture
def two_offices(city: City) -> City:
    city.deploy(of_two_offices())
    return city


@pytest.fixture
def suggestion(two_offices: City) -> str:
    """In 东城街道, which is the town of `town_union2`."""
    return two_offices.run(StartCase(process=EXAMPLE.name, answers=SUGGESTION), by="rep2_1")


def rows(page: Page) -> Locator:
    return page.locator("#worklist tbody tr")


def test_a_liaison_takes_over_what_a_colleague_had_taken(enter: Enter, two_offices: City) -> None:
    """In 古山镇, where `liaison` looks after the enterprises and `liaison2` does not."""
    suggestion = two_offices.run(StartCase(process=EXAMPLE.name, answers=SUGGESTION), by="rep1")
    away, deputy = enter("liaison"), enter("liaison2")
    assert deputy.goto(f"/cases/{suggestion}").status == 404

    away.goto("/tasks?view=claimable")
    away.get_by_role("button", name="领取").click()
    away.goto("/me")
    away.get_by_role("link", name="我不在时由谁代理").click()
    away.get_by_role("link", name="安排代理").click()
    fill_form(away, {"stand_in": "liaison2", **FIVE_DAYS})
    hand_in(away)
    expect(away.locator(".rows-stand-ins li")).to_contain_text("应晓岚 代 楼晓峰")

    deputy.goto("/tasks")
    deputy.get_by_role("link", name="代楼晓峰 1 件").click()
    expect(rows(deputy)).to_contain_text("不在")
    rows(deputy).get_by_role("link", name="评审建议").first.click()
    expect(deputy.get_by_text("您可以代为接办")).to_be_visible()
    deputy.locator("#do-claim").click()
    expect(deputy.get_by_text("您正在代 楼晓峰 办理。")).to_be_visible()
    fill_form(deputy, {"verdict": "accepted"})
    hand_in(deputy)

    deputy.goto(f"/cases/{suggestion}/timeline")
    expect(deputy.get_by_text("应晓岚（代楼晓峰）").first).to_be_visible()
    deputy.goto("/tasks?view=done")
    expect(rows(deputy)).to_have_count(1)


def test_a_town_union_stands_in_on_a_phone_for_a_colleague_who_fell_ill(
    enter: Enter, city: City, suggestion: str
) -> None:
    city.run(ClaimTask(task_id=city.task_at(suggestion, "review_suggestion").id), by="liaison2")
    task = city.task_at(suggestion, "review_suggestion")
    city.run(CompleteTask(task_id=task.id, answers={"verdict": "accepted"}), by="liaison2")
    security = enter("security")
    security.goto(f"/people/{id_of(city, 'town_union2')}")
    security.get_by_role("link", name="安排代理").click()
    fill_form(security, {"stand_in": "town_union", **FIVE_DAYS, "reason": "因病住院，无法自行安排"})
    hand_in(security)
    expect(security.locator(".rows-stand-ins")).to_contain_text("吕秋菊 代 应国平")
    work_off(city)

    deputy = enter("town_union", width=390, height=844)
    deputy.goto("/notices")
    expect(deputy.get_by_text("吕秋菊 代理 应国平")).to_be_visible()
    deputy.goto("/tasks")
    deputy.get_by_role("link", name=re.compile("代应国平 1 件")).click()
    rows(deputy).get_by_role("link", name="落实建议").first.click()
    deputy.locator("#do-claim").click()
    fill_form(deputy, {"result": "已装回水箱，每月节水三百吨。", "actual_saving": 30000})
    hand_in(deputy)

    union = enter("union")
    union.goto(f"/cases/{suggestion}/timeline")
    expect(union.get_by_text("吕秋菊（代应国平）").first).to_be_visible()
    deputy.goto("/me/stand-ins")
    deputy.get_by_role("button", name="不再代理").click()
    deputy.goto("/tasks")
    expect(deputy.locator(".stead")).to_have_count(0)
    assert deputy.goto(f"/cases/{suggestion}").status == 404


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_its_pages_are_usable_for_everybody(enter: Enter, city: City, suggestion: str, screen: tuple[int, int]) -> None:
    task = city.task_at(suggestion, "review_suggestion")
    city.run(ClaimTask(task_id=task.id), by="liaison2")
    name_stand_in(city, "liaison2", "liaison")
    deputy = enter("liaison", width=screen[0], height=screen[1])
    security = enter("security", width=screen[0], height=screen[1])

    for path in ("/me/stand-ins", "/me/stand-ins/new", "/tasks?view=group&stead=liaison2", f"/tasks/{task.id}"):
        look_at(deputy, path)
    look_at(security, f"/people/{id_of(city, 'liaison2')}")
    look_at(security, f"/people/{id_of(city, 'liaison2')}/stand-ins")
