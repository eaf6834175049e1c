"""One whole wage consultation through the pages, by the people of the happy path; nothing on the way may go wrong."""

import re
import zipfile
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, expect

from engine.audit.verify import verify_bundle
from engine.definitions.bundle import Bundle
from engine.definitions.catalogue_sources import bundle_files
from playing.player import Player
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import example, fill_form, hand_in
from tests.journeys.page_player import PagePlayer, take

FOLDER = ROOT / "bpmn" / "wage_consultation"
HAPPY_PATH = Scenario.read(FOLDER / "scenarios" / "happy_path.yml")
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def watched(enter: Enter) -> Iterator[Enter]:
    """As `enter`, and no browser may see an error of the server or of a script."""
    troubles: list[str] = []

    def open_page(username: str | None, **screen: Any) -> Page:
        page = enter(username, **screen)
        _watch(page.context, troubles)
        return page

    yield open_page
    assert not troubles


@pytest.fixture
def player(watched: Enter) -> PagePlayer:
    process = Bundle.load(bundle_files(FOLDER)).process
    return PagePlayer(enter=watched, process=process, readers=("chair", "hr", "union"))


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_whole_consultation_from_the_offer_to_the_end_of_the_contract(player: PagePlayer, tmp_path: Path) -> None:
    player.start(HAPPY_PATH.story["start"])
    for step in HAPPY_PATH.story["steps"]:
        player.do(step)
    bundle = _download(player.page_of("chair"), player.case, tmp_path)

    assert verify_bundle(bundle).ok
    fault = verify_bundle(_with_one_changed_byte(bundle)).findings[0]
    assert fault.kind == "changed"
    assert fault.place.startswith("20 ")


def test_offer_and_reply_on_a_phone(player: PagePlayer) -> None:
    chair, boss = player.page_of("chair", **PHONE), player.page_of("boss", **PHONE)

    player.start(HAPPY_PATH.story["start"])
    _fits(chair)
    player.complete(boss, "reply_by_enterprise", answers="reply")
    _fits(boss)

    chair.goto(player.case)
    expect(chair.locator(".now")).to_contain_text("办理「确认企业档案」")
    _fits(chair)


def test_a_long_list_of_people_is_narrowed_by_typing_and_says_who_is_chosen(player: PagePlayer, city: City) -> None:
    _up_to(city, "record_election")
    chair = player.page_of("chair")
    take(chair, "选举职工方代表")
    tellers = chair.get_by_role("group", name="监票人、计票人")

    one, other = city.actor("rep8").name, city.actor("rep9").name
    tellers.get_by_role("searchbox").fill(one)
    expect(tellers.get_by_role("checkbox")).to_have_count(1)
    tellers.get_by_role("checkbox").check()
    tellers.get_by_role("searchbox").fill(other)
    tellers.get_by_role("searchbox").press("Enter")
    tellers.get_by_role("checkbox").check()

    expect(tellers.locator("output")).to_have_text(re.compile(f"已选：.*{one}.*{other}|已选：.*{other}.*{one}"))
    tellers.get_by_role("searchbox").fill("")
    expect(tellers.get_by_role("checkbox")).not_to_have_count(1)


def test_the_record_of_a_meeting_begins_with_the_representatives_and_the_clauses(
    player: PagePlayer, city: City
) -> None:
    _up_to(city, "record_meeting")
    recorder = player.page_of("worker60")
    take(recorder, "记录协商会议")

    expect(recorder.locator('[name="meeting_start"]')).to_have_value("2026-03-16T14:00")
    expect(recorder.locator('[name="attendees[#]"]')).to_have_value("9")
    expect(recorder.locator('[name="attendees[0].person"]')).to_have_value("chair")
    expect(recorder.locator('[name="attendees[0].signed_in_at"]')).to_have_value("2026-03-16T14:00")
    expect(recorder.locator('[name="meeting_items[0].topic"]')).to_have_value("劳动定额与计件单价")
    expect(recorder.locator('[name="meeting_items[0].worker_view"]')).to_have_value(re.compile("定额工时加计件单价"))


def test_who_signs_reads_the_text_and_who_files_finds_the_figures_of_the_case(player: PagePlayer, city: City) -> None:
    _up_to(city, "sign_contract_by_worker")
    chair, boss, hr = player.page_of("chair"), player.page_of("boss"), player.page_of("hr")
    for page, task, answers in ((chair, "职工方签署合同", "worker"), (boss, "企业方签署合同", "employer")):
        take(page, task)
        expect(page.get_by_role("table", name="条款")).to_contain_text("每月 15 日前以银行转账支付上月工资。")
        fill_form(page, example(f"contract_signature_{answers}"))
        hand_in(page)
    take(hr, "报送合同材料")

    expect(hr.get_by_label("上年度平均工资")).to_have_value("78000")
    expect(hr.get_by_label("本年度调整比例")).to_have_value("6")
    expect(hr.get_by_label("覆盖职工数")).to_have_value("210")


def test_a_table_of_skill_wages_begins_with_the_usual_levels_and_the_term(player: PagePlayer, city: City) -> None:
    _up_to(city, "set_skill_wages")
    hr = player.page_of("hr")
    take(hr, "拟定能级工资表")

    expect(hr.locator('[name="allowances[#]"]')).to_have_value("3")
    expect(hr.locator('[name="allowances[2].level_code"]')).to_have_value("senior_technician")
    expect(hr.locator('[name="allowances[0].valid_to"]')).to_have_value("2027-03-31")


def test_an_election_and_its_record_are_registered_without_scripts(player: PagePlayer, city: City) -> None:
    _up_to(city, "record_election")
    chair = player.page_of("chair", scripts=False)

    chair.get_by_role("row").filter(has_text="选举职工方代表").get_by_role("button", name="领取").click()
    fill_form(chair, example("rep_election"))
    hand_in(chair)

    expect(chair.get_by_text("已提交").first).to_be_visible()
    expect(chair.get_by_role("heading", level=1)).to_have_text("登记职工方代表")


def _up_to(city: City, task: str) -> None:
    """Everything before a task, without the pages: another test goes there through them."""
    people = Player(lambda: city.engine)
    case_id = people.start(HAPPY_PATH)
    for step in takewhile(lambda step: step.get("task") != task, HAPPY_PATH.story["steps"]):
        people.do(step, HAPPY_PATH, case_id)


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def _download(page: Page, case: str, folder: Path) -> Path:
    page.goto(case)
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载证据包").click()
    path = folder / begun.value.suggested_filename
    begun.value.save_as(path)
    return path


def _with_one_changed_byte(bundle: Path) -> Path:
    """One letter in the twentieth line of the history; everything else as it was."""
    changed = bundle.with_name("changed.zip")
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "history.jsonl":
                content = _with_another_actor(content, line=20)
            target.writestr(name, content)
    return changed


def _with_another_actor(history: bytes, *, line: int) -> bytes:
    lines = history.split(b"\n")
    before, actor = lines[line - 1].split(b'"actor":"')
    lines[line - 1] = before + b'"actor":"' + bytes([actor[0] ^ 1]) + actor[1:]
    return b"\n".join(lines)


def _watch(context: BrowserContext, troubles: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 422" not in message.text:
            troubles.append(f"{message.page and message.page.url}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 500:
            troubles.append(f"{response.status} {response.url}")

    context.on("console", heard)
    context.on("response", answered)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
