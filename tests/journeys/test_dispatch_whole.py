"""五师助企 as its users would try it: a 联企干部 asks on a phone, a conflict is caught, a team comes.

The enterprise is not satisfied, the request is worked on again and closed, and the evidence of it all is verified.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine.definitions.bundle import Bundle
from engine.definitions.catalogue_sources import bundle_files
from playing.player import Player
from playing.scenario_file import Scenario
from seeds.seeding import enter_demo_experts
from tests.architecture.source_tree import ROOT
from tests.city import HILL, City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import fill_form, hand_in
from tests.journeys.page_player import PagePlayer, advance, take, work_off

FOLDER = ROOT / "bpmn" / "expert_dispatch"
EXAMPLES = ROOT / "forms" / "expert_dispatch" / "examples"
PHONE = {"width": 390, "height": 844}
ON_A_PHONE = ("liaison", "lawyer1", "lawyer3", "tax1", "accountant1", "boss", "boss2")
CLEAR = {"served_enterprise": "no", "served_counterparty": "no", "own_interest": False, "declaration_sign": True}
ADVICE = {
    "lawyer1": "先对账并固定送货证据，再发律师函，必要时申请支付令。",
    "tax1": "货款未收回不影响纳税义务的时间，逾期的坏账要留存催收记录。",
}
REQUEST = {
    "channel": "liaison", "reporter": "程远山", "phone": "13800000002", "category": "law", "urgency": "normal",
    "title": "合同纠纷和税务问题", "detail": "客户收货四个月没有付款，发票已经开出，想知道怎样追讨、税怎样处理。",
    "professions": ["lawyer", "tax_adviser"], "mode_wanted": "team", "has_dispute": True,
    "counterparty": "台州某建材市场经营户", "share_consent": True,
}  # fmt: skip
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


class DispatchPlayer(PagePlayer):
    """Experts, enterprises and 联企干部 have a phone, the federation a desk. Every page they end on fits its screen."""

    def page_of(self, username: str, **screen: Any) -> Page:
        return super().page_of(username, **(PHONE if username in ON_A_PHONE else {}), **screen)

    def hand_in(self, username: str, task: str, answers: Mapping[str, Any]) -> None:
        page = self.page_of(username)
        take(page, self.process.elements[task].name)
        _fits(page)
        fill_form(page, answers)
        hand_in(page)
        expect(page.locator("#form-problems")).to_have_count(0)
        expect(page.get_by_text("已提交").first).to_be_visible()
        _fits(page)

    def ask_for_help(self, username: str, *, enterprise: str, answers: Mapping[str, Any]) -> None:
        page = self.page_of(username)
        page.goto("/cases/new/expert_dispatch")
        _fits(page)
        page.get_by_label("为哪家企业发起").select_option(label=enterprise)
        page.get_by_role("button", name="确定").click()
        fill_form(page, answers)
        hand_in(page)
        page.wait_for_url("**/cases/*")
        self.case = page.url


@pytest.fixture
def player(enter: Enter, city: City) -> DispatchPlayer:
    enter_demo_experts(city.engine)
    process = Bundle.load(bundle_files(FOLDER)).process
    return DispatchPlayer(enter=enter, process=process, readers=("federation",))


def test_a_team_of_two_helps_twice_until_the_enterprise_is_satisfied(
    player: DispatchPlayer, city: City, tmp_path: Path
) -> None:
    player.ask_for_help("liaison", enterprise=f"{HILL}（东城街道）", answers=REQUEST)
    player.hand_in("federation", "accept_request", example("acceptance.valid"))
    player.hand_in("federation", "confirm_triage", {"level": "city"})
    _a_conflict_is_caught(player)
    player.hand_in("lawyer1", "answer_offer", CLEAR)
    player.hand_in("tax1", "answer_offer", {**CLEAR, "audit_client": False})
    player.hand_in("federation", "choose_lead", {"lead": "lawyer1"})
    _the_team_visits(player, city)
    for username, advice in ADVICE.items():
        player.hand_in(username, "write_advice", {**example("written_advice.valid"), "advice": advice})
    player.hand_in("lawyer1", "write_joint_report", example("joint_report.valid"))
    player.hand_in("boss2", "confirm_advice", example("advice_receipt.valid"))

    _closed_and_called_back(player, "unsatisfied")
    player.hand_in("lawyer1", "rework_request", example("rework.valid"))
    _closed_and_called_back(player, "satisfied")
    player.hand_in("federation", "archive_request", example("archive.valid"))

    federation = player.page_of("federation")
    federation.goto(player.case)
    expect(federation.locator(".now")).to_contain_text("案件已办结")
    assert _verified_with_plain_python(_download(federation, tmp_path), tmp_path / "opened")


def _a_conflict_is_caught(player: DispatchPlayer) -> None:
    """Whoever declares a conflict has read neither the question nor who asks, and is out of the case."""
    lawyer = player.page_of("lawyer3")
    take(lawyer, "应邀和利益冲突声明")
    expect(lawyer.get_by_text(REQUEST["detail"])).to_have_count(0)
    fill_form(lawyer, {**CLEAR, "own_interest": True})
    hand_in(lawyer)

    lawyer.goto(player.case)
    expect(lawyer.get_by_text(REQUEST["detail"])).to_have_count(0)
    federation = player.page_of("federation")
    federation.goto(f"{player.case}/dispatch")
    expect(federation.get_by_text("回避").first).to_be_visible()


def _the_team_visits(player: DispatchPlayer, city: City) -> None:
    planned = {"visit_planned_at": "2026-03-03T10:00", "visit_plan_place": "东城街道远山路 6 号"}
    player.hand_in("lawyer1", "first_contact", {**example("first_contact.valid.visit"), **planned})
    advance(player.page_of("federation"), days=1)
    work_off(city)
    visited = {**example("visit_record.valid"), "visit_at": "2026-03-03T08:00"}
    photo = {"visit_photos": ["现场.jpg"], "visit_faces_consent": True}
    for username, answers in {"lawyer1": {**visited, **photo}, "tax1": visited}.items():
        player.hand_in(username, "record_visit", answers)
        _confirmed_on_the_spot(player, shown_by=username)


def _confirmed_on_the_spot(player: DispatchPlayer, *, shown_by: str) -> None:
    """The expert shows a code and waits; the enterprise opens its address, as a scan does, and confirms as itself."""
    expert, boss = player.page_of(shown_by), player.page_of("boss2")
    expert.get_by_role("link", name="请企业当场确认").click()
    expert.get_by_role("button", name="出示确认码").click()
    expect(expert.locator(".qr-picture svg")).to_be_visible()
    expect(expert.get_by_text("等待企业确认")).to_be_visible()
    _fits(expert)
    code = expert.locator("#spot-code").inner_text()

    assert expert.request.get(f"/spot/{code}").status == 403  # an expert does not confirm for the enterprise
    boss.goto(f"/spot/{code}")
    _fits(boss)
    fill_form(boss, example("visit_confirmation.valid"))
    boss.get_by_role("button", name="确认", exact=True).click()
    expect(boss.get_by_text("已提交").first).to_be_visible()
    expect(expert.get_by_text("程远山 已于")).to_be_visible()
    expert.goto("/expert")
    expect(expert.get_by_role("link", name="请企业当场确认")).to_have_count(0)


def _closed_and_called_back(player: DispatchPlayer, outcome: str) -> None:
    kind = ".unsatisfied" if outcome == "unsatisfied" else ""
    player.hand_in("lawyer1", "close_request", example("closing.valid"))
    player.hand_in("boss2", "evaluate_service", example(f"evaluation.valid{kind}"))
    player.hand_in("federation", "call_back", example(f"callback.valid{kind}"))


def test_three_experts_come_as_a_team_with_one_lead(player: DispatchPlayer, city: City) -> None:
    story = Scenario.read(FOLDER / "scenarios" / "team_of_three.yml")
    before = Player(lambda: city.engine)
    case_id = before.start(story)
    for step in takewhile(lambda step: step.get("task") != "answer_offer", story.story["steps"]):
        before.do(step, story, case_id)

    for username in ("lawyer1", "tax1", "accountant1"):
        answers = CLEAR if username == "lawyer1" else {**CLEAR, "audit_client": False}
        player.hand_in(username, "answer_offer", answers)
    player.hand_in("federation", "choose_lead", {"lead": "lawyer1"})
    planned = {"visit_planned_at": "2026-03-03T10:00", "visit_plan_place": "古山镇工业功能区星月路 18 号"}
    player.hand_in("lawyer1", "first_contact", {**example("first_contact.valid.visit"), **planned})
    advance(player.page_of("federation"), days=1)
    visited = {**example("visit_record.valid"), "visit_at": "2026-03-03T08:00"}
    for username in ("lawyer1", "tax1", "accountant1"):
        player.hand_in(username, "record_visit", visited)
        player.hand_in("boss", "confirm_visit", example("visit_confirmation.valid"))
        player.hand_in(username, "write_advice", example("written_advice.valid"))
    player.hand_in("lawyer1", "write_joint_report", example("joint_report.valid"))
    player.hand_in("boss", "confirm_advice", example("advice_receipt.valid"))

    boss = player.page_of("boss")
    boss.goto(f"/cases/{case_id}")
    expect(boss.locator(".stage-current")).to_contain_text("办结")
    _fits(boss)


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return found


def _fits(page: Page) -> None:
    """Nothing has to be pushed sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def _download(page: Page, folder: Path) -> Path:
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载证据包").click()
    path = folder / begun.value.suggested_filename
    begun.value.save_as(path)
    return path


def _verified_with_plain_python(bundle: Path, folder: Path) -> bool:
    """By the verifier that lies in the bundle itself, with nothing installed."""
    with zipfile.ZipFile(bundle) as archive:
        verifier = archive.extract("verify.py", folder)
    command = [sys.executable, "-I", "-S", verifier, str(bundle)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return True
