"""Forms as people use them, in a real browser on a desk and on a phone."""

import re
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from engine.definitions.form import Form
from tests.web.forms.sample_form import sample_app

pytestmark = pytest.mark.browser

DESK, PHONE = (1200, 900), (390, 844)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@pytest.fixture(scope="session")
def base_url(form: Form) -> Iterator[str]:
    """The sample form on a free port; `page.goto` takes paths of it."""
    server = make_server("127.0.0.1", 0, sample_app(form), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def shown(page: Page) -> Iterator[Page]:
    """The fresh form; a script error fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/")
    yield page
    assert errors == []


def test_a_condition_changes_the_form_while_it_is_filled_in(shown: Page) -> None:
    shown.get_by_label("经办人手机").fill("138")
    shown.get_by_label("要约方").select_option("employer")

    expect(shown.get_by_label("要求与理由")).to_have_count(0)
    expect(shown.get_by_label("经办人手机")).to_have_value("138")


def test_computed_values_follow(shown: Page) -> None:
    shown.locator("#f-amount").fill("1000.5")
    shown.locator("#f-amount").blur()

    expect(shown.locator("#f-yearly")).to_have_text("12,006.00")


def test_a_new_row_takes_the_focus(shown: Page) -> None:
    shown.get_by_role("button", name="增加一行").click()

    expect(shown.locator("#f-own_reps-1-person")).to_be_focused()
    shown.get_by_role("button", name="删除第 1 行").click()
    expect(shown.locator("#f-own_reps-1-person")).to_have_count(0)


def test_the_click_right_after_a_change_is_not_lost(shown: Page) -> None:
    shown.locator("#f-amount").fill("5")
    shown.get_by_role("button", name="提交").click()

    summary = shown.locator("#form-problems")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="协商方式").click()
    expect(shown.locator("#f-mode")).to_be_focused()


def test_characters_are_counted(shown: Page) -> None:
    shown.get_by_label("要求与理由").fill("四个字😀")

    expect(shown.locator("#f-goal-c")).to_have_text("4 / 2000")


def test_a_file_is_there_as_soon_as_it_is_chosen(shown: Page) -> None:
    shown.locator("#f-mandate").set_input_files({"name": "委托.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})

    expect(shown.get_by_role("link", name="委托.pdf").first).to_be_visible()
    shown.get_by_role("button", name=re.compile("移除")).first.click()
    expect(shown.get_by_role("button", name=re.compile("移除"))).to_have_count(0)


def test_a_draft_is_saved_by_itself(page: Page) -> None:
    page.clock.install()
    page.goto("/")
    page.get_by_label("经办人手机").fill("138")
    with page.expect_request("**/draft") as sent:
        page.clock.fast_forward(5000)

    assert "138" in (sent.value.post_data or "")
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile(r"已保存 \d\d:\d\d"))


def test_what_could_not_be_sent_can_be_restored(page: Page) -> None:
    page.clock.install()
    page.goto("/")
    page.get_by_role("button", name="增加一行").click()
    expect(page.locator("#f-own_reps-1-person")).to_be_focused()
    page.get_by_label("经办人手机").fill("139")
    page.route("**/draft", lambda route: route.abort("internetdisconnected"))
    page.clock.fast_forward(5000)
    expect(page.locator("[data-draft-status]")).to_have_text("网络中断，内容暂存在本机")
    page.on("dialog", lambda dialog: dialog.accept())

    page.goto("/")
    page.get_by_role("button", name="恢复").click()

    expect(page.get_by_label("经办人手机")).to_have_value("139")
    expect(page.locator("#f-own_reps-1-person")).to_have_count(1)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("is_refused", [False, True], ids=["fresh", "refused"])
def test_everybody_can_use_it(shown: Page, size: tuple[int, int], is_refused: bool) -> None:
    shown.set_viewport_size({"width": size[0], "height": size[1]})
    if is_refused:
        shown.get_by_role("button", name="提交").click()
        expect(shown.locator("#form-problems")).to_be_visible()

    found = Axe().run(shown, options=WCAG)

    assert found.violations_count == 0, found.generate_report()
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_thumb_can_hit_everything_on_a_phone(shown: Page) -> None:
    shown.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    measure = """elements => elements.map(e => [e.id || e.className, e.getBoundingClientRect().height,
                                                parseFloat(getComputedStyle(e).fontSize)])"""

    boxes = shown.locator(".form-control, .form-select").evaluate_all(measure)
    others = shown.locator(".tick, .form-tool, .form-add").evaluate_all(measure)

    assert [box for box in boxes if box[1] < 44 or box[2] < 16] == []
    assert [box for box in others if box[1] < 44] == []


def test_it_works_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/")

    page.get_by_label("经办人手机").fill("138")
    page.get_by_role("button", name="增加一行").click()

    expect(page.locator("#f-own_reps-1-person")).to_have_count(1)
    expect(page.get_by_label("经办人手机")).to_have_value("138")
    context.close()
