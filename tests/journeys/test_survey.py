"""The union asks the workers before an offer: a survey is called, answered on phones, counted and answered."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from engine.model import Ballot
from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.gatherings import Gathering, workers
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import fill_form, hand_in
from tests.journeys.page_player import advance, take, work_off
from tests.journeys.voter import PHONE, shown


def answers(form: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "forms/staff_survey/examples" / f"{form}.valid.json").read_text("utf-8"))
    return found


def call(chair: Page) -> str:
    """Gives the address of the case."""
    chair.goto("/cases/new")
    chair.get_by_role("link", name="职工意见征集").click()
    fill_form(chair, answers("survey_call"))
    hand_in(chair)
    expect(chair.get_by_text("案件已发起。")).to_be_visible()
    return chair.url


def answer_on_the_phone(worker: Page) -> None:
    """From the notice to the thanks; nothing at all is no answer, and what was meant is shown before it goes."""
    worker.goto("/notices")
    worker.get_by_role("link", name="去填写").click()
    worker.get_by_role("button", name="开始填写").click()
    shown(worker, "choose")
    worker.get_by_role("button", name="核对答卷").click()
    expect(worker.get_by_text("还没有回答任何问题。")).to_be_visible()
    worker.get_by_role("radio", name="能级津贴").check()
    worker.get_by_role("textbox", name="其他意见").fill("夜班多发补贴")
    worker.get_by_role("button", name="核对答卷").click()
    shown(worker, "review")
    expect(worker.locator("[data-review]")).to_have_text(["能级津贴", "没有回答", "夜班多发补贴"])
    worker.get_by_role("button", name="确认送出").click()
    shown(worker, "receipt")


def test_the_workers_are_asked_before_an_offer_and_told_what_goes_into_it(enter: Enter, city: City) -> None:
    chair, worker = enter("chair"), enter("worker1", **PHONE)
    case = call(chair)
    work_off(city)
    answer_on_the_phone(worker)
    (row,) = city.rows(Ballot)
    for name in workers(19, first=2):
        Gathering(city, row.case_id, row.id).answer(name, {"q1": "c2", "q3": "夜班多发补贴"})

    chair.goto(case)
    advance(chair, days=15)
    work_off(city)
    take(chair, "汇总并答复意见")
    expect(chair.get_by_text("101 人收到，20 人答复，2026-03-10 17:00 截止")).to_be_visible()
    expect(chair.get_by_text("能级津贴 20 人")).to_be_visible()
    fill_form(chair, answers("survey_answer"))
    hand_in(chair)
    chair.goto(case)
    expect(chair.locator(".now")).to_contain_text("案件已办结")

    work_off(city)
    worker.goto("/notices")
    expect(worker.get_by_text("提高能级津贴（纳入协商要约）")).to_be_visible()
    worker.goto(f"/surveys/{row.id}")
    expect(worker.get_by_role("heading", name="征集已经结束，结果如下")).to_be_visible()
    expect(worker.get_by_role("definition").filter(has_text="20 人")).to_be_visible()
