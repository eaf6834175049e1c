"""People vote on their phones: with answers lost, on another device, in two windows; then each finds the own paper."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, Route, expect

from engine.ballots.verify import verify_board
from tests.ballots import Congress, prepared_congress
from tests.city import City
from tests.conftest import DatabaseHosts
from tests.journeys.conftest import Enter
from tests.journeys.looking import is_usable
from tests.journeys.voter import DESK, PHONE, cast, choose, kept, shown, take_ticket
from tests.wage_votes import wage_vote

# What came after Chromium 87 and iOS 14.5, as far as somebody might use it.
OLD_BROWSER = """
delete Array.prototype.at; delete String.prototype.at; delete Uint8Array.prototype.at; delete Array.prototype.findLast;
delete Array.prototype.toSorted; delete Array.fromAsync; delete Object.hasOwn; delete Object.groupBy;
delete Promise.withResolvers; delete Uint8Array.fromBase64; delete Uint8Array.fromHex;
delete Uint8Array.prototype.toHex;
delete window.structuredClone; delete Crypto.prototype.randomUUID; delete Navigator.prototype.locks;
delete ArrayBuffer.prototype.transfer;
for (const act of ['importKey', 'generateKey']) {
  const real = SubtleCrypto.prototype[act];
  SubtleCrypto.prototype[act] = function (...given) {
    if (/25519|448/.test(JSON.stringify(given))) throw new DOMException('no such algorithm', 'NotSupportedError');
    return real.apply(this, given);
  };
}
"""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voting")


@pytest.fixture
def vote(edges: Flask, database_hosts: DatabaseHosts, keys: Path, tmp_path: Path) -> Iterator[Congress]:
    """An open ballot on a wage contract and an election."""
    make = partial(wage_vote, election=True)
    with prepared_congress(database_hosts, "sqlite", secrets=keys, data_dir=tmp_path, make=make) as opened:
        edges.extensions["tongban"] = opened.city.engine
        yield opened


@pytest.fixture
def city(vote: Congress) -> City:
    return vote.city


def until_kept(page: Page, what: str) -> None:
    for _ in range(300):
        if what in kept(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no {what} in {kept(page)}")


def no_answers(page: Page) -> None:
    """Votes arrive, but the connection is gone before their answers."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/votes", lose)


def requests_of(page: Page) -> list[Request]:
    found: list[Request] = []

    def note(request: Request) -> None:
        found.append(request)

    page.on("requestfinished", note)
    return found


def received(asked: list[Request]) -> int:
    """Bytes of all answers; what the browser had already counts below zero and would hide others."""
    return sum(max(0, request.sizes()["responseBodySize"]) for request in asked)


def read_what_is_voted_on(page: Page) -> None:
    page.get_by_role("link", name="去投票").click()
    expect(page.get_by_role("heading", name="您可以参加本次表决")).to_be_visible()
    is_usable(page)
    page.get_by_role("link", name="先看表决内容").click()
    page.get_by_label("技师（二级） 550 元/月", exact=True).check()
    expect(page.get_by_label("每月能级津贴")).to_have_text("550.00")
    page.get_by_text("合同草案").last.click()
    is_usable(page)
    page.get_by_role("link", name="去投票").click()


def change_ones_mind(page: Page) -> None:
    """First nothing, then yes, then, back from the review, no."""
    page.get_by_role("button", name="核对选择").click()
    expect(page.get_by_text("请选择一项；不想表态的，请选“弃权”。").first).to_be_visible()
    expect(page.get_by_role("radio", name="同意", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    choose(page, "同意", "李秀英", "陈小红")
    expect(page.locator("[data-review]")).to_have_text(["同意", "李秀英、陈小红"])
    page.go_back()
    shown(page, "choose")
    choose(page, "不同意", "李秀英", "陈小红")


def test_from_the_worklist_to_the_paper_on_the_board(enter: Enter, vote: Congress) -> None:
    page = enter("rep1", **PHONE)
    read_what_is_voted_on(page)
    take_ticket(page, vote.ballot_id)
    is_usable(page)
    change_ones_mind(page)
    cast(page)
    shown(page, "receipt")
    is_usable(page)
    receipt = kept(page)["receipt"]
    assert set(kept(page)) == {"receipt"}
    page.goto("/tasks")
    expect(page.get_by_text("您已领取选票")).to_be_visible()

    for number in range(2, 6):
        vote.vote(f"rep{number}", {"m1": "yes", "m2": "abstain"})
    vote.close()
    page.goto(f"/ballots/{vote.ballot_id}/receipt")
    page.get_by_role("button", name="查找并核对").click()

    expect(page.get_by_role("heading", name="找到了，和投出时一样，已经计入")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-choice] > :not([hidden])")).to_have_text(["不同意", "李秀英", "陈小红"])
    is_usable(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载公示表").click()
    board = saved.value.path().read_bytes()
    assert verify_board(board).ok
    assert receipt["entry"] in board.decode()


def test_a_lost_answer_a_reload_and_a_second_window_make_one_vote(enter: Enter, vote: Congress) -> None:
    page = enter("rep1", **PHONE)
    page.goto(f"/ballots/{vote.ballot_id}/vote")
    page.route("**/tickets", lambda route: (route.fetch(), route.abort()))
    page.add_init_script(OLD_BROWSER)
    page.add_init_script("window.setTimeout = ((wait) => (act, ms) => wait(act, Math.min(ms, 300)))(window.setTimeout)")
    page.reload()
    page.get_by_role("button", name="领取选票").click()
    shown(page, "no-answer")
    page.unroute("**/tickets")
    shown(page, "choose")

    no_answers(page)
    choose(page, "同意")
    cast(page)
    shown(page, "vote")
    waiting = kept(page)["vote"]
    is_usable(page)
    other = page.context.new_page()
    other.goto(f"/ballots/{vote.ballot_id}/vote")  # sends the same vote, and its answer comes
    shown(other, "receipt")
    shown(page, "receipt")
    page.reload()
    shown(page, "receipt")

    (paper,) = vote.papers()
    assert paper.as_json() == waiting
    assert set(kept(page)) == {"receipt"}


def test_a_vote_that_waits_goes_out_from_the_next_page(enter: Enter, vote: Congress) -> None:
    page = enter("rep1", **PHONE)
    take_ticket(page, vote.ballot_id)
    choose(page, "同意")
    page.route("**/votes", lambda route: route.abort())
    cast(page)
    until_kept(page, "vote")
    page.unroute("**/votes")
    page.goto("/cases")

    until_kept(page, "receipt")
    assert len(vote.papers()) == 1


def test_a_ticket_goes_to_another_device_as_a_file(enter: Enter, vote: Congress) -> None:
    lost, found = enter("rep1", **PHONE), enter("rep1", **PHONE)
    take_ticket(lost, vote.ballot_id)
    lost.get_by_text("另存选票，以防手机丢失").locator("visible=true").click()
    with lost.expect_download() as saved:
        lost.get_by_role("button", name="下载选票文件").locator("visible=true").click()
    ticket = saved.value.path().read_text("utf-8")
    found.goto(f"/ballots/{vote.ballot_id}/vote")
    shown(found, "elsewhere")
    found.get_by_text("我有选票文件").locator("visible=true").click()
    found.get_by_label("或者粘贴选票文字").locator("visible=true").fill("没有这样的票")
    found.get_by_role("button", name="载入选票").click()
    expect(found.get_by_text("这不是本次投票的选票").locator("visible=true")).to_be_visible()
    is_usable(found)
    found.get_by_label("或者粘贴选票文字").locator("visible=true").fill(ticket)
    found.get_by_role("button", name="载入选票").click()
    shown(found, "choose")
    choose(found, "弃权")
    cast(found)
    shown(found, "receipt")

    choose(lost, "同意")
    cast(lost)
    shown(lost, "used")
    is_usable(lost)
    assert (vote.close()["back"], lost.evaluate("localStorage.length")) == (1, 1)


def test_too_late_is_said_plainly(enter: Enter, vote: Congress) -> None:
    page = enter("rep1", **PHONE)
    take_ticket(page, vote.ballot_id)
    choose(page, "同意")
    vote.city.clock.advance(days=1, hours=3, minutes=5)
    cast(page)

    shown(page, "late")
    expect(page.get_by_role("heading", name="没有计入：投票已经截止")).to_be_focused()


def test_what_a_browser_lacks_is_said_before_anything_is_asked_for(enter: Enter, vote: Congress) -> None:
    """Each lack comes on top of the others; the one that matters most is told."""
    page = enter("rep1", **PHONE)
    for lack, view in (
        ("Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }})", "storage"),
        ("delete window.BigInt", "browser"),
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", "insecure"),
    ):
        page.add_init_script(lack)
        page.goto(f"/ballots/{vote.ballot_id}/vote")
        shown(page, view)
        expect(page.get_by_role("button", name="领取选票")).to_have_count(0)


def test_without_scripts_the_page_says_how_to_vote_instead(enter: Enter, vote: Congress) -> None:
    page = enter("rep1", **PHONE, scripts=False)
    page.goto(f"/ballots/{vote.ballot_id}/matter")
    page.get_by_label("技师（二级） 550 元/月", exact=True).check()
    page.get_by_role("button", name="算一算").click()
    expect(page.get_by_label("每月能级津贴")).to_have_text("550.00")
    page.get_by_role("link", name="去投票").click()

    expect(page.get_by_role("heading", name="这里没有开启脚本，不能网上投票")).to_be_visible()
    expect(page.locator("[data-view]:visible")).to_have_count(0)


@pytest.mark.parametrize("way", ["the notice", "the worklist"])
def test_little_comes_to_a_phone_before_somebody_has_voted(enter: Enter, vote: Congress, way: str) -> None:
    page = enter(None, **PHONE)
    asked = requests_of(page)
    page.goto(f"/ballots/{vote.ballot_id}" if way == "the notice" else "/")  # both lead through the login
    page.locator('form:has(input[name="username"][value="rep1"]) button').click()
    if way == "the worklist":
        page.get_by_role("link", name="去投票").click()
    page.wait_for_url(f"**/ballots/{vote.ballot_id}")
    page.wait_for_load_state("networkidle")
    assert received(asked) < 130_000
    asked.clear()

    take_ticket(page, vote.ballot_id)
    choose(page, "同意")
    cast(page)
    shown(page, "receipt")

    assert received(asked) < 90_000


def test_on_a_desk_and_with_letters_twice_as_large(enter: Enter, vote: Congress) -> None:
    desk, large = enter("rep1", **DESK), enter("rep2", **PHONE)
    for page in ("", "/matter", "/vote", "/receipt"):
        desk.goto(f"/ballots/{vote.ballot_id}{page}")
        is_usable(desk)
        large.goto(f"/ballots/{vote.ballot_id}{page}")
        large.evaluate("document.documentElement.style.fontSize = '200%'")
        assert large.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page} is too wide"
