"""A diagram is broken in the modeller: the way to its standstill plays there, the proposed fix is made and undone."""

import pytest
from playwright.sync_api import Page, expect

from engine.commands.start_process_draft import StartProcessDraft
from engine.queries.drafts import draft
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.looking import is_usable
from tests.journeys.test_designer import MODELLING

_KIND = f"() => {MODELLING}.current.element('demand_settled').type"
_STUCK = ".djs-element.is-failed"
# an exclusive split is now closed by a parallel join, which waits for a token that never comes
_BREAK = f"""() => {{ const diagram = {MODELLING}.current;
    diagram.get('bpmnReplace').replaceElement(diagram.element('demand_settled'),
        {{ type: 'bpmn:ParallelGateway' }}); }}"""


@pytest.fixture
def broken(enter: Enter, city: City) -> Page:
    draft_id = city.run(StartProcessDraft(process="wage_demand"), by="designer")
    designer = enter("designer")
    designer.emulate_media(reduced_motion="reduce")
    designer.goto(f"/designer/drafts/{draft_id}")
    expect(designer.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)
    designer.evaluate(_BREAK)
    expect(designer.locator('[data-play-proof="demand_settled"]')).to_be_visible(timeout=20_000)
    return designer


def test_the_proof_plays_and_ends_where_the_tokens_are_stuck(broken: Page) -> None:
    broken.locator('[data-play-proof="demand_settled"]').click()

    film = broken.locator("[data-part=film]")
    expect(film.locator(".film-words")).not_to_have_text("还没有开始")
    film.get_by_role("button", name="暂停").click()
    steps = film.locator(".film-steps li")
    at = int(film.locator("input[type=range]").input_value())
    assert 0 < at < steps.count() - 1
    film.get_by_role("button", name="下一步").click()
    expect(film.locator(".film-words")).to_have_text(steps.nth(at + 1).inner_text())
    expect(film.locator("[aria-current=step]")).to_have_text(steps.nth(at + 1).inner_text())
    assert broken.locator(_STUCK).count() == 0
    film.locator("input[type=range]").press("End")
    expect(broken.locator(f'{_STUCK}[data-element-id="demand_settled"]')).to_be_visible()
    expect(broken.locator(".token-badge.is-stuck")).to_have_count(1)
    film.get_by_role("button", name="上一步").click()
    expect(broken.locator(_STUCK)).to_have_count(0)
    is_usable(broken)
    broken.keyboard.press("Escape")
    expect(film).to_be_hidden()
    expect(broken.locator(".djs-element.is-done")).to_have_count(0)
    expect(broken.locator('[data-play-proof="demand_settled"]')).to_be_focused()


def test_the_proposed_fix_helps_and_can_be_undone(broken: Page) -> None:
    broken.locator('[data-play-proof="demand_settled"]').click()

    broken.locator("[data-part=film] [data-fix]").first.click()

    assert broken.evaluate(_KIND) == "bpmn:ExclusiveGateway"
    expect(broken.locator("[data-part=film]")).to_be_hidden()
    expect(broken.locator("[data-play-proof]")).to_have_count(0, timeout=20_000)
    broken.locator("[data-act=undo]").click()
    assert broken.evaluate(_KIND) == "bpmn:ParallelGateway"
    expect(broken.locator('[data-play-proof="demand_settled"]')).to_be_visible(timeout=20_000)
    broken.locator("[data-problem] ~ .problem-acts [data-fix]").first.click()
    expect(broken.locator("[data-play-proof]")).to_have_count(0, timeout=20_000)


def test_tokens_travel_only_for_who_wants_motion(broken: Page) -> None:
    film = broken.locator("[data-part=film]")
    travelling = broken.locator(".travelling-token")
    seen = """() => { window.travelled = 0;
        const isToken = (one) => one.classList?.contains('travelling-token');
        const count = (added) => { window.travelled += [...added].filter(isToken).length; };
        new MutationObserver((all) => all.forEach(({ addedNodes }) => count(addedNodes)))
            .observe(document.querySelector('[data-part=canvas]'), { childList: true, subtree: true }); }"""
    broken.evaluate(seen)
    broken.locator('[data-play-proof="demand_settled"]').click()
    film.get_by_role("button", name="暂停").click()

    broken.emulate_media(reduced_motion="no-preference")
    assert broken.evaluate("window.travelled") == 0
    film.get_by_role("button", name="下一步").click()

    broken.wait_for_function("window.travelled > 0")
    expect(travelling).to_have_count(0)


def test_a_try_begins_with_what_stands_on_the_page(enter: Enter, city: City) -> None:
    draft_id = city.run(StartProcessDraft(process="wage_demand"), by="designer")
    designer = enter("designer")
    designer.goto(f"/designer/drafts/{draft_id}")
    expect(designer.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)
    designer.evaluate(
        f"""() => {{ const diagram = {MODELLING}.current;
        diagram.get('modeling').updateProperties(diagram.element('decide_demand'), {{ name: '刚改的名字' }}); }}"""
    )

    designer.locator(".designer-modes").get_by_role("button", name="试运行").click()

    designer.wait_for_url("**/designer/tries/*", timeout=30_000)
    with city.engine.reading() as session:
        assert "刚改的名字" in draft(session, city.actor("designer"), draft_id).files["wage_demand.bpmn"].decode()
