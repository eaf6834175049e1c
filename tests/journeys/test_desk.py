"""A reviewer at the labour office: a full queue is emptied without a mouse, and a filing goes two steps back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from engine.model import HistoryEntry, Job, UserTask
from engine.outbox.doing import do_job
from tests.city import City, SharedDefinitions, open_city
from tests.conftest import DatabaseHosts
from tests.filings import CHECKED_NEXT, FILED, FILINGS, papers_of
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import example, fill_form, hand_in


@pytest.fixture
def city(edges: Flask, database_hosts: DatabaseHosts, definitions: SharedDefinitions) -> Iterator[City]:
    """Fifteen filings wait for the check of their papers, and after it for their review."""
    with database_hosts.of("sqlite").fresh(FILINGS) as database:
        opened = open_city(database, data_dir=papers_of(database), is_demo=True, definitions=definitions)
        edges.extensions["tongban"] = opened.engine
        yield opened
        opened.engine.database.dispose()


@dataclass
class Keyboard:
    """Presses keys, and counts them."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def hand_in(self, *keys: str) -> int:
        """Fills in and hands in a task; gives how many presses that took."""
        before, task = self.pressed, self.page.url
        self.press(*keys, "Control+Enter")
        self.page.wait_for_url(lambda url: url != task)
        return self.pressed - before


CHECK = ("Space",)
REVIEW = ("e", *("Space", "Tab", "Tab") * 3, "Space")


@pytest.mark.slow
def test_hrss_empties_a_queue_of_thirty_tasks_with_the_keyboard_alone(enter: Enter, city: City) -> None:
    page = enter("hrss")
    keys = Keyboard(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("待领取")

    _read_the_keys(keys)
    _narrow(keys, "任务:核对", to="核对材料齐全")
    beside = _beside_the_list(keys)
    _claim_all(keys, city, FILED - 1)
    checks = _one_after_the_other(keys, FILED - 1, CHECK)
    expect(page.get_by_text("已提交。这个列表里没有您可以办理的任务了。")).to_be_visible()
    keys.press("g", "q")
    page.wait_for_url("**view=claimable*")
    reviews = _one_after_the_other(keys, FILED, REVIEW)

    for view in ("mine", "claimable"):
        expect(page.locator(f"#count-{view}")).to_have_text("0")
    expect(page.locator("#total")).to_have_text("共 0 件")
    assert (beside, set(checks), set(reviews)) == (3, {2}, {12})
    assert keys.pressed < 300
    acts = city.rows(HistoryEntry, HistoryEntry.actor == city.actor("hrss").username)
    assert sum(entry.action == "task_claimed" for entry in acts) == 2 * FILED
    assert sum(entry.action == "task_completed" for entry in acts) == 2 * FILED
    keys.press("g", "d")
    expect(page.locator("#total")).to_have_text(f"共 {2 * FILED} 件")


def _read_the_keys(keys: Keyboard) -> None:
    keys.press("?")
    expect(keys.page.get_by_role("dialog", name="键盘操作")).to_contain_text("从上次选择处选到这里")
    keys.press("Escape")
    expect(keys.page.get_by_role("dialog")).to_have_count(0)


def _narrow(keys: Keyboard, typed: str, *, to: str) -> None:
    keys.press("/")
    keys.type(typed)
    expect(keys.page.get_by_role("option").first).to_contain_text(to)
    keys.press("ArrowDown", "Enter")
    expect(keys.page.locator(".chip")).to_contain_text(to)


def _claim_all(keys: Keyboard, city: City, number: int) -> None:
    """As officials do it: tick the page, give one reason, see what became of each."""
    keys.press("A", "c")
    expect(keys.page.locator("#batch-reason")).to_be_focused()
    expect(keys.page.get_by_role("dialog")).to_contain_text(f"将处理 {number} 件")
    keys.type("本周集中核对")
    keys.press("Control+Enter")
    keys.page.wait_for_url(re.compile("/batches/"))
    for job in city.rows(Job, Job.kind == "batch"):
        do_job(city.engine, job.id)
    expect(keys.page.locator("#progress-title")).to_contain_text("处理完毕")
    keys.press("b")
    expect(keys.page.locator("#total")).to_have_text("共 0 件")
    keys.press("g", "t")
    keys.page.wait_for_url("**view=mine*")
    expect(keys.page.locator("#total")).to_have_text(f"共 {number} 件")


def _beside_the_list(keys: Keyboard) -> int:
    """The first one is claimed and done in the preview; then the next row is looked at, and has the focus."""
    keys.press("j")
    expect(keys.page.locator(".list-tasks .is-current")).to_be_visible()
    keys.press("Space")
    expect(keys.page.locator("#preview .state")).to_have_text("待领取")
    keys.press("c")
    expect(keys.page.locator("#preview #task-form")).to_be_visible()
    presses = keys.hand_in("e", *CHECK)
    expect(keys.page.locator(".list-tasks .is-current .row-link")).to_be_focused()
    keys.press("Escape")
    expect(keys.page.locator("#preview")).to_be_hidden()
    return presses


def _one_after_the_other(keys: Keyboard, number: int, answers: tuple[str, ...]) -> list[int]:
    """From the list with n into the first task, and each leads to the next."""
    keys.press("n")
    keys.page.wait_for_url("**queue=*")
    presses = [keys.hand_in(*answers) for _ in range(number)]
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("待领取" if "e" in answers else "我的")
    return presses


def test_hrss_sends_a_filing_two_steps_back_and_it_comes_right_again(enter: Enter, city: City) -> None:
    (filing, *_others) = city.rows(UserTask, UserTask.element_id == CHECKED_NEXT)
    desk = Filing(city, filing.case_id)
    hrss, hr, leader = enter("hrss"), enter("hr", width=390, height=844), enter("hrss_leader")
    desk.do(hrss, "check_completeness", example("completeness"))

    desk.open(hrss, "review_contract")
    _send_back(hrss, "报送合同材料", reason="合同文本与职代会决议不一致，请重新报送。")
    _clocks_are(hrss, {"报送审查": "4月7日"})
    hrss.get_by_role("link", name="时间线", exact=True).click()
    for step in ("报送合同材料", "核对材料齐全"):
        undone = hrss.locator(".taken-back").filter(has_text="办结任务").filter(has_text=step)
        expect(undone.locator(".beat-what strong").first).to_have_css("text-decoration-line", "line-through")
        expect(undone.get_by_role("link", name="查看填写内容")).to_be_visible()

    desk.open(hr, "file_contract")
    expect(hr.locator(".sent-back")).to_contain_text("合同文本与职代会决议不一致，请重新报送。")
    desk.do(hr, "file_contract", {"explanation": "已按职代会决议更正合同文本，其余材料不变。"})
    desk.open(hrss, "check_completeness")
    expect(hrss.locator("#task-form")).to_contain_text("已按职代会决议更正合同文本")
    desk.do(hrss, "check_completeness", example("completeness"))
    desk.do(hrss, "review_contract", example("review"))
    desk.do(leader, "approve_review", example("review_approval"))
    leader.goto(f"/cases/{desk.case_id}")
    expect(leader.locator(".stage-current")).to_contain_text("公布")


@dataclass(frozen=True)
class Filing:
    """One of the cases, done step by step on the pages of its tasks."""

    city: City
    case_id: str

    def open(self, page: Page, step: str) -> None:
        page.goto(f"/tasks/{self.city.task_at(self.case_id, step).id}")
        claim = page.get_by_role("button", name="领取任务").first
        if claim.is_visible():
            claim.click()
        expect(page.locator("#task-form")).to_be_visible()

    def do(self, page: Page, step: str, answers: dict[str, Any]) -> None:
        self.open(page, step)
        fill_form(page, answers)
        hand_in(page)
        expect(page.get_by_text("已提交").first).to_be_visible()


def _send_back(page: Page, step: str, *, reason: str) -> None:
    """What the preview says, before it is done."""
    page.get_by_text("更多操作").click()
    page.get_by_role("link", name="退回").click()
    page.get_by_role("radio", name=step).check()
    told = page.locator("#going-back .plan-part")
    expect(told.filter(has_text="不再有效，保留备查").locator("s")).to_have_text([step, "核对材料齐全"])
    expect(told.filter(has_text="不再办理").locator("b")).to_have_text("三项审查")
    expect(told.filter(has_text="期限").locator("s")).to_have_text("审查")
    expect(told.filter(has_text="期限")).to_contain_text("继续计算，截止 4月7日")
    expect(told.filter(has_text="会收到通知")).to_contain_text("吴晓芸")
    page.get_by_label("理由").fill(reason)
    page.get_by_role("button", name="确认退回").click()
    expect(page.get_by_text("已退回，对方会收到通知。")).to_be_visible()


def _clocks_are(page: Page, running: dict[str, str]) -> None:
    table = page.locator("section[aria-labelledby=clocks-title] > table tbody tr")
    expect(table).to_have_count(len(running))
    for name, due_on in running.items():
        expect(table.filter(has_text=name)).to_contain_text(due_on)
