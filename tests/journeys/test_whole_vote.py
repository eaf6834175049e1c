"""The congress votes online, from the call of the chair to the recount: forty seats, 27 take part, 21 say yes.

Some voters go through every screen or meet with trouble on the way; the others take the shortest way through the pages.
"""

import base64
import json
from collections.abc import Mapping
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Page, expect
from sqlalchemy import select

from cli.ballot import ballot as ballot_command
from engine.ballots.votes import KEY_BYTES
from engine.model import Ballot, BallotTray
from playing.player import Player
from playing.scenario_file import Scenario
from seeds.demo_data import PASSWORD
from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import EXAMPLES, fill_form, hand_in
from tests.journeys.page_player import advance, take, work_off
from tests.journeys.voter import DESK, PHONE, cast, choose, kept, shown

STORY = Scenario.read(ROOT / "bpmn" / "wage_consultation" / "scenarios" / "happy_path.yml")
SHORT_WAY = {**{f"rep{number}": "同意" for number in range(4, 21)}, "rep21": "弃权"}
AGAINST = tuple(f"rep{number}" for number in range(22, 27))
LAST = "rep27"


@pytest.fixture
def ballot(enter: Enter, city: City) -> Ballot:
    """The chair calls the congress to vote online, and the day of the vote comes."""
    people = Player(lambda: city.engine)
    case_id = people.start(STORY)
    for step in takewhile(lambda step: step.get("task") != "convene_congress", STORY.story["steps"]):
        people.do(step, STORY, case_id)
    chair = enter("chair")
    take(chair, "召开职代会")
    fill_form(chair, json.loads((EXAMPLES / "congress_session.valid.online.json").read_text("utf-8")))
    hand_in(chair)
    hand_in(chair)  # having read that the notice is short
    expect(chair.get_by_text("已提交").first).to_be_visible()
    advance(chair, days=1)
    work_off(city)
    (opened,) = city.rows(Ballot)
    return opened


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_forty_seats_vote_two_scrutineers_close_and_the_case_goes_on(
    enter: Enter, city: City, ballot: Ballot, tmp_path: Path
) -> None:
    vote, closing = f"/ballots/{ballot.id}/vote", f"/ballots/{ballot.id}/closing"
    first = through_every_screen(come(enter, "rep1", "/notices"))
    with_a_lost_connection(come(enter, "rep2", vote))
    in_two_windows(come(enter, "rep3", vote))
    for voter, answer in {**SHORT_WAY, **dict.fromkeys(AGAINST, "不同意")}.items():
        the_shortest_way(come(enter, voter, vote), answer)
    scrutineers = come(enter, "rep5", closing), come(enter, "rep6", closing, screen=DESK)
    expect(scrutineers[0].get_by_text("距法定人数还差 1 人")).to_be_visible()
    the_shortest_way(come(enter, LAST, vote), "同意")

    close(*scrutineers, city=city)
    chair = come(enter, "chair", f"/cases/{ballot.case_id}", screen=DESK)
    expect(chair.locator(".now")).to_contain_text("办理「职工方签署合同」")
    find_the_paper(first)
    recount_and_change(first, city, tmp_path)


def come(enter: Enter, person: str, to: str, *, screen: Mapping[str, int] = PHONE) -> Page:
    """Somebody follows a link with a browser of their own, and logs in on the way."""
    page = enter(None, **screen)
    page.goto(to)
    page.get_by_label("用户名").fill(person)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"**{to}")
    return page


def through_every_screen(page: Page) -> Page:
    """From the notice to the receipt; the last page is the worklist."""
    page.get_by_role("link", name="去投票").first.click()
    expect(page.get_by_role("heading", name="您可以参加本次表决")).to_be_visible()
    page.get_by_role("link", name="先看表决内容").click()
    expect(page.get_by_role("heading", name="对我的工资意味着什么")).to_be_visible()
    page.get_by_role("link", name="去投票").click()
    page.get_by_role("button", name="领取选票").click()
    shown(page, "choose")
    choose(page, "同意")
    cast(page)
    shown(page, "receipt")
    page.get_by_role("link", name="回到待办").click()
    return page


def with_a_lost_connection(page: Page) -> None:
    """What the voter has asked for is done when the connection is back, without being asked for again."""
    page.context.set_offline(True)
    page.get_by_role("button", name="领取选票").click()
    shown(page, "no-answer")
    page.context.set_offline(False)
    shown(page, "choose")
    choose(page, "同意")
    page.context.set_offline(True)
    cast(page)
    shown(page, "sending")
    page.context.set_offline(False)
    shown(page, "receipt")


def in_two_windows(page: Page) -> None:
    """Both windows ask for the ticket and cast at once; going back finds the receipt, and no vote to cast."""
    other = page.context.new_page()
    other.goto(page.url)
    for window in (page, other):
        expect(window.get_by_role("button", name="领取选票")).to_be_visible()
    at_once("[data-act=take]", page, other)
    for window in (page, other):
        shown(window, "choose")
        choose(window, "同意")
    at_once("[data-act=cast]", page, other)
    for window in (page, other):
        shown(window, "receipt")
    page.go_back()
    shown(page, "receipt")


def at_once(button: str, *windows: Page) -> None:
    """Neither waits for the other, as it would if they were clicked one after the other."""
    for window in windows:
        window.evaluate("button => setTimeout(() => document.querySelector(button).click(), 100)", button)


def the_shortest_way(page: Page, answer: str) -> None:
    page.get_by_role("button", name="领取选票").click()
    shown(page, "choose")
    choose(page, answer)
    cast(page)
    shown(page, "receipt")
    page.context.close()


def close(one: Page, other: Page, *, city: City) -> None:
    """Before the time. The one who confirms first sees that the second is awaited; then both see the result."""
    for page in (one, other):
        page.reload()
        early = page.get_by_text("要提前结束，请展开")
        if early.count():
            early.click()
        page.get_by_label("提前结束投票").check()
        page.get_by_role("button", name="确认关闭").click()
        page.wait_for_load_state()
    one.reload()
    expect(one.get_by_text("正在开箱计票")).to_be_visible()
    expect(one.locator(".closing-now")).not_to_contain_text("同意")
    work_off(city)
    other.get_by_role("link", name="查看结果单").click()  # the page has asked by itself
    expect(other.get_by_text("全部通过")).to_be_visible()
    facts, motion = other.locator(".sheet-table").nth(1), other.locator(".sheet-table").nth(2)
    expect(facts.locator("td")).to_have_text(["40", "27", "27", "27"])
    expect(motion.locator("td")).to_have_text(["27", "21", "5", "1", "0"])


def find_the_paper(page: Page) -> None:
    """From the worklist to the own paper on the board."""
    page.reload()
    page.get_by_role("link", name="查对").click()
    page.get_by_role("button", name="查找并核对").click()
    expect(page.get_by_role("heading", name="找到了，和投出时一样，已经计入")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-choice] > :not([hidden])")).to_have_text(["同意"])


def recount_and_change(page: Page, city: City, folder: Path) -> None:
    """The board that this voter downloads is right; it is not when one paper is changed, there or in the database."""
    number = kept(page)["receipt"]["number"]
    board = download(page, folder / "board.jsonl")
    assert verified(board).exit_code == 0
    assert "选票 27 张" in verified(board).output
    place = paper_numbers(board).index(number) + 1

    changed = verified(with_a_change_at(board, paper=place))
    assert (changed.exit_code, f"第 {place} 张票被改动" in changed.output) == (1, True)

    change_in_the_box(city, number)
    again = verified(download(page, folder / "again.jsonl"))
    assert (again.exit_code, f"第 {place} 张票被改动" in again.output) == (1, True)
    page.get_by_role("button", name="查找并核对").click()
    expect(page.get_by_role("heading", name="找到了，但是核对不上")).to_be_visible(timeout=20_000)


def download(page: Page, path: Path) -> Path:
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载公示表").click()
    begun.value.save_as(path)
    return path


def verified(board: Path) -> Result:
    return CliRunner().invoke(ballot_command, ["verify", str(board)])


def paper_numbers(board: Path) -> list[str]:
    papers = [json.loads(line).get("number") for line in board.read_text("utf-8").splitlines()]
    return [number for number in papers if number]


def with_a_change_at(board: Path, *, paper: int) -> Path:
    lines = board.read_text("utf-8").splitlines()
    number = paper_numbers(board)[paper - 1]
    place = next(place for place, line in enumerate(lines) if json.loads(line).get("number") == number)
    told = json.loads(lines[place])
    told["sealed"] = base64.b64encode(changed(base64.b64decode(told["sealed"]), at=-1)).decode()
    lines[place] = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path = board.with_name("changed.jsonl")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def change_in_the_box(city: City, number: str) -> None:
    """What somebody does who may write into the database."""
    with city.session() as session, session.begin():
        (tray,) = session.scalars(select(BallotTray)).all()
        width = len(tray.papers) // 27
        starts = range(0, len(tray.papers), width)
        mine = next(at for at in starts if sha256(tray.papers[at : at + KEY_BYTES]).hexdigest() == number)
        tray.papers = changed(tray.papers, at=mine + width - 1)


def changed(content: bytes, *, at: int) -> bytes:
    """One bit is another."""
    bytes_ = bytearray(content)
    bytes_[at] ^= 1
    return bytes(bytes_)
