"""One whole wage consultation through the pages, by the people of the happy path; nothing on the way may go wrong."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, expect

from cli.scenario import Scenario
from engine.audit.verify import verify_bundle
from engine.definitions.bundle import Bundle
from engine.definitions.catalogue_sources import bundle_files
from tests.architecture.source_tree import ROOT
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import example, fill_form, hand_in
from tests.journeys.page_player import PagePlayer, advance, take

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
@pytest.mark.timeout(300)
def test_a_whole_consultation_from_the_offer_to_its_end(player: PagePlayer, tmp_path: Path) -> None:
    player.start(HAPPY_PATH.story["start"])
    for step in HAPPY_PATH.story["steps"]:
        player.do(step)


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
