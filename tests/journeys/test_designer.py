"""A designer changes a process in the browser: draws, configures, sees what is wrong, finds it saved."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.commands.start_process_draft import StartProcessDraft
from engine.queries.drafts import draft
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.looking import is_usable

CLIENT = Path(__file__).parents[2] / "web" / "client"
MODELLING = "document.querySelector('[data-designer]').modelling"
# a user task in the middle of the flow between two steps, by the commands that dropping it on the flow gives
_INSERT = f"""() => {{
    const diagram = {MODELLING}.current;
    const flow = diagram.element('check_claim_by_hr').outgoing[0];
    const [from, to] = [flow.waypoints[0], flow.waypoints[1]];
    const shape = diagram.get('elementFactory').createShape({{ type: 'bpmn:UserTask' }});
    const place = {{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }};
    diagram.get('modeling').createShape(shape, place, flow);
    diagram.get('modeling').updateProperties(shape, {{ id: 'ask_town_union', name: '镇工会审核' }});
    diagram.lead('ask_town_union');
}}"""


@pytest.fixture
def draft_id(city: City) -> str:
    return city.run(StartProcessDraft(process="wage_consultation"), by="designer")


def _open(page: Page, draft_id: str, file: str = "") -> None:
    page.goto(f"/designer/drafts/{draft_id}{file}")
    expect(page.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)


def _saved(page: Page) -> None:
    assert page.evaluate(f"() => {MODELLING}.settle()")
    expect(page.locator("[data-part=state]")).to_have_text("已保存")


def test_a_step_is_added_configured_saved_and_there_again(enter: Enter, city: City, draft_id: str) -> None:
    designer = enter("designer")
    _open(designer, draft_id, "?file=allowance_claim.bpmn")
    designer.evaluate(_INSERT)
    panel = designer.locator("[data-part=panel]")
    panel.locator("[name=formId]").select_option("reply")
    panel.locator("#panel-groups").select_option("town_union")
    panel.locator('[data-group-id="group-city-clock"] .bio-properties-panel-group-header').click()
    panel.locator("[name=clock]").select_option("filing")
    _saved(designer)

    _open(designer, draft_id, "?file=allowance_claim.bpmn")

    designer.evaluate(f"() => {MODELLING}.current.lead('ask_town_union')")
    expect(panel.locator("[name=formId]")).to_have_value("reply")
    expect(designer.locator("[data-part=told]")).to_contain_text("人工任务 镇工会审核，第")
    with city.engine.reading() as session:
        text = draft(session, city.actor("designer"), draft_id).files["allowance_claim.bpmn"].decode()
    step = re.search(r'<bpmn:userTask id="ask_town_union".*?</bpmn:userTask>', text, re.DOTALL)
    assert step
    for written in ('formId="reply"', 'candidateGroups="town_union"', 'name="clock" value="filing"'):
        assert written in step[0]


def test_what_breaks_is_told_and_undone_to_the_letter(enter: Enter, draft_id: str) -> None:
    designer = enter("designer")
    _open(designer, draft_id, "?file=allowance_claim.bpmn")
    before = designer.evaluate(f"() => {MODELLING}.draft.read('allowance_claim.bpmn')")

    designer.evaluate(
        f"""() => {{ const diagram = {MODELLING}.current;
        diagram.get('modeling').removeElements([diagram.element('check_claim_by_hr').outgoing[0]]); }}"""
    )

    problem = designer.locator('[data-element="check_claim_by_hr"]').first
    expect(problem).to_be_visible(timeout=15_000)
    expect(designer.locator(".problem-badge").first).to_be_visible()
    told = designer.locator(".problems-group li", has=problem)
    reason = told.locator("details", has_text="为什么").first
    expect(reason.locator("p")).to_be_hidden()
    reason.locator("summary").click()
    expect(reason.locator("p")).to_be_visible()
    problem.click()
    assert designer.evaluate(f"() => {MODELLING}.current.get('selection').get()[0].id") == "check_claim_by_hr"
    designer.locator("[data-act=undo]").click()
    expect(designer.locator('[data-element="check_claim_by_hr"]')).to_have_count(0, timeout=15_000)
    assert designer.evaluate(f"() => {MODELLING}.draft.read('allowance_claim.bpmn')") == before


def test_the_keyboard_goes_where_the_tokens_go(enter: Enter, draft_id: str) -> None:
    designer = enter("designer")
    _open(designer, draft_id, "?file=allowance_claim.bpmn")
    designer.evaluate(f"() => {{ {MODELLING}.current.lead('claim_made'); {MODELLING}.current.get('canvas').focus(); }}")

    designer.keyboard.press("ArrowRight")

    expect(designer.locator("[data-part=told]")).to_contain_text("脚本任务 找到约定")


def test_names_are_offered_with_what_forms_call_them_and_who_writes_them(enter: Enter, city: City) -> None:
    designer = enter("designer")
    _open(designer, city.run(StartProcessDraft(process="expert_dispatch"), by="designer"))
    condition = "is_request_taken_to_confirm_triage"
    designer.evaluate(f"(id) => {MODELLING}.current.lead(id)", condition)
    designer.locator('[data-group-id="group-condition"] .bio-properties-panel-group-header').click()
    with designer.expect_response(re.compile("/names$")):
        designer.get_by_role("textbox", name="条件表达式").click()
    designer.keyboard.press("Control+End")
    designer.keyboard.type(" and urg", delay=30)

    offered = designer.locator(".cm-tooltip-autocomplete [role=option]").first
    expect(offered).to_have_text("urgency紧急程度")
    expect(designer.locator(".cm-completionInfo")).to_have_text(re.compile("^写入：.*提出诉求"))
    offered.click()
    designer.keyboard.type(' = "urgent"')
    written = 'text => text.includes(\'intake_decision = "accept" and urgency = "urgent"\')'
    designer.wait_for_function(f"() => ({written})({MODELLING}.draft.read('expert_dispatch.bpmn'))")
    _saved(designer)


def test_the_modeller_is_usable_for_everybody_and_speaks_chinese(enter: Enter, draft_id: str) -> None:
    designer = enter("designer")
    _open(designer, draft_id)
    for element in ("reply_by_enterprise", "elect_worker_reps"):
        designer.evaluate(f"(id) => {MODELLING}.current.lead(id)", element)
        expect(designer.locator(".bio-properties-panel-header-type")).to_be_visible()

    is_usable(designer)
    assert designer.evaluate("() => [...document.querySelector('[data-designer]').untranslated]") == []
    mark = designer.locator(".bjs-powered-by").first.bounding_box()
    assert mark
    assert designer.evaluate(
        "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('.bjs-powered-by'))",
        [mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2],
    )


def test_a_form_is_seen_as_people_will_see_it(enter: Enter, draft_id: str) -> None:
    designer = enter("designer")
    _open(designer, draft_id, "/form?file=forms/reply.form")

    designer.locator("[data-view=preview]").click()

    expect(designer.locator("[data-part=preview] .form-fields")).to_contain_text("答复意见")


def test_our_own_words_are_there_in_english() -> None:
    said = {
        words
        for path in [*CLIENT.glob("designer/**/*.js*"), CLIENT / "designer.js"]
        for words in re.findall(r"(?<![\w.])say\('([^']*)'", path.read_text("utf-8"))
    }
    english = re.findall(r"^  '([^']*)': ", (CLIENT / "designer" / "english.js").read_text("utf-8"), re.MULTILINE)

    assert said - {*english, "第 {n} 步"} == set()
