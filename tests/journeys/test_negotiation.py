"""Both sides agree clause by clause in two browsers: neither sees the other's notes, and no words are lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.looking import DESK, PHONE, look_at
from tests.talks import Talks, open_talks

HEAD = "工资标准"
QUICK = 12_000  # the page asks every five seconds what is new


@pytest.fixture
def talks(city: City) -> Talks:
    return open_talks(city)


def open_clause(page: Page, talks: Talks, head: str = HEAD) -> None:
    page.goto(f"/cases/{talks.case_id}/negotiation")
    page.get_by_role("row").filter(has_text=head).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=head)).to_be_visible()


def propose(page: Page, text: str) -> None:
    page.get_by_label("文本", exact=True).fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="提出文本").click()


def test_chair_and_boss_agree_without_seeing_each_others_notes(enter: Enter, talks: Talks) -> None:
    chair, boss = enter("chair"), enter("boss")
    open_clause(chair, talks)
    chair.get_by_label("写一条内部记录").fill("底线百分之六")
    chair.get_by_role("button", name="记下").click()
    expect(chair.locator(".notes")).to_contain_text("底线百分之六")
    propose(chair, "平均工资上调百分之八，自四月一日起。")

    boss.goto(f"/cases/{talks.case_id}/negotiation")
    expect(boss.locator(".room-worker .is-here")).to_contain_text("李卫国", timeout=QUICK)
    open_clause(boss, talks)
    boss.get_by_label("文本", exact=True).fill("平均工资上调百分之五，自七月一日起。")
    expect(chair.locator("#clause-live")).to_contain_text("胡建华正在写这一条", timeout=QUICK)
    propose(boss, "平均工资上调百分之五，自七月一日起。")

    expect(boss.locator(".differences del").first).to_have_text("八")
    expect(boss.locator(".differences ins").first).to_have_text("五")
    expect(boss.locator("body")).not_to_contain_text("底线百分之六")
    expect(chair.locator(".text-employer")).to_contain_text("上调百分之五", timeout=QUICK)
    chair.get_by_role("button", name=re.compile("^同意对方文本")).click()
    expect(chair.get_by_text("双方已达成一致，文本已锁定。")).to_be_visible()
    assert talks.clause(HEAD).status == "agreed"


def test_the_first_text_of_the_other_side_comes_in_while_the_page_stands_open(enter: Enter, talks: Talks) -> None:
    chair = enter("chair")
    open_clause(chair, talks)
    expect(chair.locator("#clause-steps")).to_be_hidden()

    talks.propose(HEAD, "上调百分之五", by="boss")

    expect(chair.locator("#clause-steps")).to_contain_text("上调百分之五", timeout=QUICK)
    expect(chair.locator(".text-employer")).to_contain_text("上调百分之五")


def test_who_was_slower_sees_both_texts_and_has_lost_nothing(enter: Enter, talks: Talks) -> None:
    chair = enter("chair", width=PHONE[0], height=PHONE[1])
    open_clause(chair, talks)
    talks.propose(HEAD, "每月二十日支付", by="boss")

    propose(chair, "每月十日支付，遇节假日提前")

    expect(chair.get_by_role("alert")).to_contain_text("这一条刚刚有了变化")
    expect(chair.get_by_role("alert").locator("del")).to_have_text("二")
    expect(chair.get_by_label("文本", exact=True)).to_have_value("每月十日支付，遇节假日提前")
    propose(chair, "每月十日支付，遇节假日提前")
    expect(chair.get_by_text("已提出文本，等待对方回应。")).to_be_visible()
    assert [step.text for step in talks.steps(HEAD)] == ["每月二十日支付", "每月十日支付，遇节假日提前"]


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_the_text(enter: Enter, talks: Talks, screen: tuple[int, int]) -> None:
    talks.propose(HEAD, "上调百分之八", by="chair", reason="物价上涨")
    talks.propose(HEAD, "上调百分之六", by="boss")
    talks.settle("支付办法")
    chair = enter("chair", width=screen[0], height=screen[1])

    look_at(chair, f"/cases/{talks.case_id}/negotiation")
    for head in (HEAD, "支付办法"):
        look_at(chair, f"/cases/{talks.case_id}/negotiation/clauses/{talks.clause(head).id}")


def test_without_scripts_the_sides_agree_as_well(enter: Enter, talks: Talks) -> None:
    boss = enter("boss", scripts=False)
    talks.propose(HEAD, "上调百分之八", by="chair")
    boss.goto(f"/cases/{talks.case_id}/negotiation")

    boss.get_by_role("button", name=f"同意对方文本 {HEAD}").click()

    expect(boss.get_by_text("双方已达成一致，文本已锁定。")).to_be_visible()
