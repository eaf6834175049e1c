"""What a voter does on the pages of a ballot, and what the browser keeps of it."""

import json
from typing import Any

from playwright.sync_api import Page, expect

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def shown(page: Page, view: str) -> None:
    expect(page.locator("[data-ballot-page]")).to_have_attribute("data-shown", view, timeout=30_000)


def take_ticket(page: Page, ballot_id: str) -> None:
    page.goto(f"/ballots/{ballot_id}/vote")
    page.get_by_role("button", name="领取选票").click()
    shown(page, "choose")


def choose(page: Page, answer: str, *people: str) -> None:
    """One answer for the motion, `people` (else nobody) where there is an election, too."""
    page.get_by_role("radio", name=answer, exact=True).check()
    if page.get_by_role("checkbox").count():
        for person in people or ("弃权",):
            page.get_by_role("checkbox", name=person).check()
    page.get_by_role("button", name="核对选择").click()
    shown(page, "review")


def cast(page: Page) -> None:
    page.get_by_role("button", name="确认投出").click()


def kept(page: Page) -> dict[str, Any]:
    """What the browser keeps, which has one ballot and one voter here."""
    found: dict[str, Any] = json.loads(page.evaluate("Object.values(localStorage)[0] ?? '{}'"))
    return found
