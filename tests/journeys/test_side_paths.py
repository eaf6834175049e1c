"""Side paths of the consultation through the pages: started from the case page, answered from the list of tasks."""

from itertools import takewhile

import pytest
from playwright.sync_api import Page, expect

from engine.definitions.bundle import Bundle
from engine.definitions.catalogue_sources import bundle_files
from playing.player import Player
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import example, fill_form, hand_in
from tests.journeys.page_player import PagePlayer, advance

FOLDER = ROOT / "bpmn" / "wage_consultation"
HAPPY_PATH = Scenario.read(FOLDER / "scenarios" / "happy_path.yml")
BEFORE_THE_MEETING = tuple(takewhile(lambda step: step.get("task") != "record_meeting", HAPPY_PATH.story["steps"]))


@pytest.fixture
def player(enter: Enter, city: City) -> PagePlayer:
    """At the day of the first meeting."""
    people = Player(lambda: city.engine)
    case_id = people.start(HAPPY_PATH)
    for step in BEFORE_THE_MEETING:
        people.do(step, HAPPY_PATH, case_id)
    process = Bundle.load(bundle_files(FOLDER)).process
    return PagePlayer(enter=enter, process=process, readers=("chair", "boss"), case=f"/cases/{case_id}")


def begin(page: Page, case: str, name: str, *, answers: str) -> None:
    page.goto(case)
    page.get_by_role("link", name=f"发起 {name}").click()
    fill_form(page, example(answers))
    hand_in(page)
    expect(page.locator("#form-problems")).to_have_count(0)


def test_both_sides_suspend_the_consultation_and_it_goes_on_by_itself(player: PagePlayer) -> None:
    chair, boss = player.page_of("chair"), player.page_of("boss")

    begin(chair, player.case, "提出中止协商", answers="suspension_request")
    player.complete(boss, "answer_suspension", answers="suspension_consent")
    boss.goto(player.case)
    expect(boss.locator(".now")).not_to_contain_text("记录协商会议")
    expect(boss.get_by_role("link", name="发起 提前恢复协商")).to_be_visible()

    advance(chair, days=29)
    chair.goto(player.case)
    expect(chair.locator(".now")).to_contain_text("记录协商会议")


def test_both_sides_end_the_consultation(player: PagePlayer) -> None:
    chair, boss = player.page_of("chair"), player.page_of("boss")

    begin(boss, player.case, "提议终止协商", answers="termination_proposal")
    player.complete(chair, "answer_termination", answers="termination_consent")

    chair.goto(player.case)
    expect(chair.locator(".now")).to_contain_text("案件已办结")
