"""Tokens are played on a draft without data: people choose what happens, the rest follows, the draft stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine.commands.start_process_draft import StartProcessDraft
from tests.city import City
from tests.engine.definitions.diagrams import END, START, diagram, flow, gateway, timer, user_task
from tests.journeys.conftest import Enter
from tests.journeys.looking import is_usable
from tests.journeys.test_designer import MODELLING

_LATE = timer(
    "boundaryEvent", "late", '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P3D</bpmn:timeDuration>',
    attributes='name="late" attachedToRef="check" cancelActivity="false"',
)  # fmt: skip
_STAGE = (
    '<bpmn:subProcess id="stage" name="stage"><bpmn:startEvent id="stage_begun" />'
    f'{user_task("sign")}<bpmn:endEvent id="broken"><bpmn:errorEventDefinition errorRef="trouble" /></bpmn:endEvent>'
    f"{flow('stage_begun', 'sign')}{flow('sign', 'broken')}</bpmn:subProcess>"
    '<bpmn:boundaryEvent id="caught" name="caught" attachedToRef="stage">'
    '<bpmn:errorEventDefinition errorRef="trouble" /></bpmn:boundaryEvent>'
)
MANY_WAYS = diagram(
    START, gateway("who", kind="inclusive"), user_task("check"), user_task("ask"), gateway("met", kind="inclusive"),
    _LATE, user_task("remind"), '<bpmn:endEvent id="reminded" />', _STAGE, END,
    flow("start", "who"), flow("who", "check", "= x", name="checked"), flow("who", "ask", "= y", name="asked"),
    flow("check", "met"), flow("ask", "met"), flow("late", "remind"), flow("remind", "reminded"),
    flow("met", "stage"), flow("caught", "end"),
    messages='<bpmn:error id="trouble" name="trouble" errorCode="trouble" />',
)  # fmt: skip
STANDSTILL = diagram(
    START, gateway("which"), user_task("check"), user_task("ask"), gateway("both", kind="parallel"), END,
    flow("start", "which"), flow("which", "check", "= x", name="checked"), flow("which", "ask", "= y", name="asked"),
    flow("check", "both"), flow("ask", "both"), flow("both", "end"),
)  # fmt: skip


class Playing:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.film = page.locator("[data-part=film]")

    def choose(self, words: str) -> None:
        self.film.locator(".film-choices").get_by_role("button", name=words, exact=True).click()

    def offers(self, *words: str) -> None:
        expect(self.film.locator(".film-choices button")).to_have_text(list(words))

    def says(self, words: str) -> None:
        expect(self.film.locator(".film-words")).to_have_text(words)

    def marked(self, marker: str, *ids: str) -> None:
        for id_ in ids:
            expect(self.page.locator(f'.djs-element[data-element-id="{id_}"].is-{marker}')).to_have_count(1)


Simulate = Callable[[bytes], Playing]


@pytest.fixture
def simulate(enter: Enter, city: City) -> Simulate:
    def begin(source: bytes) -> Playing:
        draft_id = city.run(StartProcessDraft(files={"p.bpmn": source}), by="designer")
        designer = enter("designer")
        designer.emulate_media(reduced_motion="reduce")
        designer.goto(f"/designer/drafts/{draft_id}")
        expect(designer.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)
        designer.get_by_role("button", name="模拟", exact=True).click()
        return Playing(designer)

    return begin


def test_tokens_go_all_ways_that_were_chosen_and_wait_for_each_other(simulate: Simulate) -> None:
    playing = simulate(MANY_WAYS)
    before = playing.page.evaluate(f"() => {MODELLING}.draft.read('p.bpmn')")
    playing.choose("从“start”开始")
    playing.offers("“who?”：走“checked”", "“who?”：走“asked”", "“who?”：走“checked、asked”")

    playing.choose("“who?”：走“checked、asked”")
    playing.choose("“late”发生")
    playing.marked("current", "check", "ask", "remind")
    playing.choose("“check”办完")
    playing.marked("current", "check_to_met", "ask", "remind")
    playing.choose("“ask”办完")
    playing.marked("current", "sign", "remind")
    playing.choose("“sign”办完")
    playing.offers("“remind”办完")
    playing.marked("done", "broken", "caught", "end")
    playing.choose("“remind”办完")

    playing.says("到达“reminded”。流程结束。")
    assert playing.page.evaluate(f"() => {MODELLING}.draft.read('p.bpmn')") == before
    expect(playing.page.locator("[data-part=state]")).to_have_text("已保存")


def test_one_goes_back_and_chooses_otherwise(simulate: Simulate) -> None:
    playing = simulate(MANY_WAYS)
    playing.choose("从“start”开始")
    playing.choose("“who?”：走“checked”")
    playing.marked("current", "check")

    playing.film.get_by_role("button", name="上一步").click()
    playing.choose("“who?”：走“asked”")

    playing.marked("current", "ask")
    expect(playing.page.locator('.is-done[data-element-id="who_to_check"]')).to_have_count(0)
    playing.choose("“ask”办完")
    playing.marked("current", "sign")


def test_a_standstill_is_told_and_marked(simulate: Simulate) -> None:
    playing = simulate(STANDSTILL)
    playing.choose("从“start”开始")
    playing.choose("“which?”：走“checked”")

    playing.choose("“check”办完")

    playing.says("“check”办完。停住了：剩下的令牌再也走不动。")
    playing.marked("failed", "check_to_both")


def test_nothing_is_drawn_meanwhile_and_everybody_can_use_it(simulate: Simulate) -> None:
    playing = simulate(STANDSTILL)
    page = playing.page
    page.evaluate(f"() => {MODELLING}.current.get('canvas').focus()")
    for key in ("ControlOrMeta+a", "Delete", "h", "ControlOrMeta+v"):
        page.keyboard.press(key)
    expect(page.locator(".djs-palette")).to_be_hidden()
    assert page.evaluate(f"() => {MODELLING}.current.get('elementRegistry').get('check')?.id") == "check"
    page.locator('.move-sign[title="从“start”开始"]').dispatch_event("click")
    playing.offers("“which?”：走“checked”", "“which?”：走“asked”")

    is_usable(page)
    assert page.evaluate("() => [...document.querySelector('[data-designer]').untranslated]") == []
    page.get_by_role("button", name="关闭演示").click()
    expect(page.locator("[data-designer]")).to_have_attribute("data-mode", "configure")
    expect(page.locator(".djs-palette")).to_be_visible()
    expect(page.locator(".move-sign, .token-badge")).to_have_count(0)
