"""A diagram of another tool is brought in: what is left to do stands beside the drawing, leads there, and is mended."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import is_usable
from tests.journeys.test_designer import MODELLING

SAMPLES = Path(__file__).parents[1] / "engine" / "definitions" / "importing" / "samples"


def _bring_in(page: Page, sample: str) -> None:
    page.goto("/designer")
    page.locator("input[type=file]").first.set_input_files(SAMPLES / sample)
    page.locator("form:has(input[type=file]) button").last.click()
    page.wait_for_url("**/designer/drafts/*")
    expect(page.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)


@pytest.fixture
def purchase(enter: Enter) -> Page:
    designer = enter("designer")
    _bring_in(designer, "camunda7.bpmn")
    return designer


def _entry(page: Page, words: str) -> Locator:
    return page.locator("[data-part=gaps] li").filter(has_text=words)


def test_every_gap_of_the_import_is_listed_and_leads_to_its_place(purchase: Page) -> None:
    expect(purchase.locator("[data-designer]")).to_have_attribute("data-mode", "gaps")
    told = purchase.evaluate(
        "() => JSON.parse(document.querySelector('#draft-data').textContent).gaps.map(({ message }) => message)"
    )
    listed = purchase.locator("[data-part=gaps] li").all_inner_texts()
    assert len(told) > 20
    assert [words for words in told if not any(words in line for line in listed)] == []

    purchase.get_by_role("button", name="去看看：rate").first.click()

    assert purchase.evaluate(f"() => {MODELLING}.current.get('selection').get()[0].id") == "rate"
    expect(purchase.locator("[data-part=gaps]")).to_be_visible()


def test_a_gap_is_mended_by_its_button_and_comes_back_with_undo(purchase: Page) -> None:
    gap = _entry(purchase, "groovy")

    gap.get_by_role("button", name="改为人工任务").click()

    expect(gap).to_have_count(0)
    assert purchase.evaluate(f"() => {MODELLING}.current.element('count').type") == "bpmn:UserTask"
    assert purchase.evaluate(f"() => {MODELLING}.settle()")
    purchase.locator("[data-act=undo]").click()
    expect(gap).to_have_count(1, timeout=20_000)
    purchase.locator("[data-act=redo]").click()
    expect(gap).to_have_count(0, timeout=20_000)
    assert purchase.evaluate(f"() => {MODELLING}.settle()")
    purchase.reload()
    expect(purchase.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)
    expect(gap).to_have_count(0)


def test_a_missing_form_is_made_and_what_was_read_goes(purchase: Page) -> None:
    missing = _entry(purchase, "embedded:app:forms/approve.html")
    read = _entry(purchase, "已生成表单 start_form")
    count = purchase.locator("[data-part=gaps] li").count()

    missing.get_by_role("button", name="新建表单").click()
    expect(missing).to_have_count(0)
    read.get_by_role("button", name="知道了").click()
    expect(read).to_have_count(0)

    expect(purchase.locator("[data-part=gaps-count]")).to_have_text(str(count - 2))
    assert purchase.evaluate(f"() => {MODELLING}.settle()")
    assert purchase.evaluate(f"() => {MODELLING}.draft.paths('.form').length") == 2
    is_usable(purchase)


def test_what_is_not_executed_becomes_its_nearest_kind(enter: Enter) -> None:
    designer = enter("designer")
    _bring_in(designer, "bizagi.bpmn")
    entry = _entry(designer, "系统不执行这种元素")

    entry.get_by_role("button", name="改为子流程").click()

    expect(entry).to_have_count(0)
    expect(designer.locator(".not-executed-sign")).to_have_count(0)


def test_on_the_phone_the_gaps_are_read_with_the_problems(purchase: Page, enter: Enter) -> None:
    phone = enter("designer", width=390, height=844)

    phone.goto(purchase.url)

    expect(phone.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)
    expect(phone.locator("[data-part=problems]")).to_contain_text("没有原样带入的内容")
    expect(phone.locator("[data-part=gaps]")).to_be_hidden()
    expect(phone.locator("[data-play-proof], [data-fix], [data-mode-choice=simulate]:visible")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
