"""A page is usable for everybody (axe, WCAG 2.2 AA) and no wider than its screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

# All violations in full; of what is right, whose telling takes a quarter of the time, nothing.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
DESK, PHONE = (1440, 900), (390, 844)


def look_at(page: Page, path: str) -> None:
    page.goto(path)
    if page.locator("[data-bpmn-viewer]").count():
        expect(page.locator("[data-bpmn-viewer]")).to_have_attribute("data-ready", "1", timeout=20_000)
    is_usable(page)


def is_usable(page: Page) -> None:
    """Looked at from the top: a bar that stays in sight covers a part of whatever a page happens to be scrolled to."""
    page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} is too wide"
