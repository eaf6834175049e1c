"""A designer adds an approval to the wage consultation, from the first click to three running cases that pass it."""

import io
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from engine.commands.save_process_draft import SaveProcessDraft
from engine.definitions.story_check import SCENARIOS
from engine.model import Case, Deployment, ProcessDraft
from engine.queries.drafts import draft
from playing.player import Player
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.journeys.conftest import Enter
from tests.journeys.form_filler import answered, hand_in
from tests.journeys.test_designer import MODELLING
from tests.mails import work_off

STORY = ROOT / "bpmn/wage_consultation/scenarios/happy_path.yml"
NEW, NAME = "approve_filing", "镇工会审批报送"
# dropping a user task on the flow before the filing
_INSERT = f"""() => {{
    const diagram = {MODELLING}.current;
    const flow = diagram.element('file_contract').incoming[0];
    const [from, to] = [flow.waypoints[0], flow.waypoints.at(-1)];
    const shape = diagram.get('elementFactory').createShape({{ type: 'bpmn:UserTask' }});
    diagram.get('modeling').createShape(shape, {{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }}, flow);
    diagram.get('modeling').updateProperties(shape, {{ id: '{NEW}', name: '{NAME}' }});
    diagram.lead('{NEW}');
}}"""
_DOCUMENT = f"""() => {{
    const diagram = {MODELLING}.current;
    const shape = diagram.element('{NEW}');
    const text = diagram.get('bpmnFactory').create('bpmn:Documentation', {{ text: '请审批是否报送。' }});
    diagram.get('modeling').updateProperties(shape, {{ documentation: [text] }});
}}"""
# the merge before the filing becomes a join that waits for a token that never comes
_BREAK = f"""() => {{
    const diagram = {MODELLING}.current;
    diagram.get('bpmnReplace').replaceElement(diagram.element('filing_begins'), {{ type: 'bpmn:ParallelGateway' }});
}}"""


def _story() -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(STORY.read_text("utf-8"))
    return found


def _at(task: str) -> int:
    """How many steps of the story are done when this one is next."""
    steps = _story()["steps"]
    assert isinstance(steps, list)
    return next(number for number, step in enumerate(steps) if step.get("task") == task)


def _three_consultations(city: City) -> list[str]:
    """Side by side, until both sides sign the contract; of the last one the workers have not signed yet."""
    story = Scenario.read(STORY)
    with Player(lambda: city.engine) as player:
        cases = [player.start(story) for _ in range(3)]
        for step in story.story["steps"][: _at("sign_contract_by_employer")]:
            shared = cases[:1] if "advance" in step else [] if "expect" in step else cases
            for case_id in shared[:2] if step.get("task") == "sign_contract_by_worker" else shared:
                player.act(step, story, case_id)
    return cases


def _sign(city: City, case_id: str) -> None:
    story = Scenario.read(STORY)
    with Player(lambda: city.engine) as player:
        for step in story.story["steps"][_at("sign_contract_by_worker") : _at("sign_contract_by_employer") + 1]:
            if any(task.element_id == step["task"] for task in city.tasks(case_id)):
                player.act(step, story, case_id)


def _open(page: Page, draft_id: str) -> None:
    page.goto(f"/designer/drafts/{draft_id}")
    expect(page.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)


def _saved(page: Page) -> None:
    assert page.evaluate(f"() => {MODELLING}.settle()")
    expect(page.locator("[data-part=state]")).to_have_text("已保存")


def _add_the_approval(designer: Page, draft_id: str) -> None:
    """Drawn, with a form of its own, for the town union, within three working days."""
    designer.evaluate(_INSERT)
    designer.evaluate(_DOCUMENT)
    panel = designer.locator("[data-part=panel]")
    panel.locator("#panel-groups").select_option("town_union")
    panel.locator('[data-group-id="group-city-clock"] .bio-properties-panel-group-header').click()
    panel.locator("[name=clock]").select_option("side_consent")
    expect(panel.locator('[data-group-id="group-city-clock"]')).to_contain_text("3个工作日")
    panel.get_by_role("button", name="新建表单").click()
    designer.wait_for_url(re.compile(rf"/form\?file=forms(%2F|/){NEW}\.form"))
    expect(designer.locator("[data-designer]")).to_have_attribute("data-ready", "1", timeout=30_000)
    _open(designer, draft_id)
    designer.evaluate(f"() => {MODELLING}.current.lead('{NEW}')")
    panel.locator("[name=formId]").select_option(NEW)
    _saved(designer)


def _break_and_mend(designer: Page) -> None:
    designer.emulate_media(reduced_motion="reduce")
    designer.evaluate(_BREAK)
    proof = designer.locator('[data-play-proof="filing_begins"]')
    expect(proof).to_be_visible(timeout=30_000)
    proof.click()
    film = designer.locator("[data-part=film]")
    film.get_by_role("button", name="暂停").click()
    film.locator("input[type=range]").press("End")
    expect(designer.locator('.djs-element.is-failed[data-element-id="filing_begins"]')).to_be_visible()
    designer.keyboard.press("Escape")
    designer.locator("[data-act=undo]").click()
    expect(proof).to_have_count(0, timeout=30_000)
    _saved(designer)


def _tell_the_story_anew(city: City, draft_id: str) -> None:
    """The stories of the old way are laid aside; one of them tells the approval too."""
    story = _story()
    steps = story["steps"]
    assert isinstance(steps, list)
    end = _at("file_contract")
    told = [step for step in steps[:end] if "expect" not in step]
    told.append({"task": NEW, "as": "town_union", "answers": {f"{NEW}_opinion": "同意报送"}})
    told.append({"expect": {"open": ["file_contract"]}})
    story["steps"] = told
    story.pop("ends_at", None)
    with city.engine.reading() as session:
        found = draft(session, city.actor("designer"), draft_id)
    files: dict[str, bytes | None] = {path: None for path in found.files if path.startswith(SCENARIOS)}
    examples = {step["answers_from"] for step in told if "answers_from" in step}
    assert examples
    files[f"{SCENARIOS}happy_path.yml"] = yaml.safe_dump(story, allow_unicode=True).encode()
    city.run(SaveProcessDraft(draft_id=draft_id, revision=found.row.revision, files=files), by="designer")


def _try(designer: Page, draft_id: str) -> None:
    _open(designer, draft_id)
    designer.locator(".designer-modes").get_by_role("button", name="试运行").click()
    designer.wait_for_url("**/designer/tries/*", timeout=60_000)
    designer.locator(".trial-story summary").first.click()
    steps = designer.locator(".trial-story").first.locator("button[name=until]")
    with answered(designer):
        steps.nth(steps.count() - 4).click()
    expect(designer.locator(".trial-steps")).to_contain_text(NAME, timeout=60_000)


def _publish(enter: Enter, city: City, designer: Page, draft_id: str) -> None:
    designer.goto(f"/designer/drafts/{draft_id}/review")
    designer.get_by_label("改了什么，为什么").fill("报送前由镇工会审批")
    with answered(designer):
        designer.get_by_role("button", name="送审").click()
    second = enter("designer2")
    second.goto(f"/designer/drafts/{draft_id}/review")
    expect(second.locator("main")).to_contain_text(NAME)
    with answered(second):
        second.get_by_role("button", name="发布").click()
    work_off(city)
    (row,) = city.rows(ProcessDraft, ProcessDraft.id == draft_id)
    assert row.state == "published", row.failures


def _migrate(city: City, designer: Page, cases: list[str]) -> None:
    designer.goto("/designer/processes/wage_consultation/versions")
    designer.get_by_role("link", name=re.compile("迁移 v1 的在办案件|迁移在办案件")).first.click()
    expect(designer.locator(".verdict-moves dd")).to_have_text("3")
    designer.get_by_label("迁移理由").fill("报送前由镇工会审批")
    with answered(designer):
        designer.get_by_role("button", name="开始迁移").click()
    work_off(city)
    expect(designer.get_by_role("status")).to_contain_text("已迁移 3 件", timeout=10_000)
    newest = max(city.rows(Deployment, Deployment.process == "wage_consultation"), key=lambda d: d.version)
    assert {case.deployment_id for case in city.rows(Case, Case.id.in_(cases))} == {newest.id}


def _open_again(designer: Page, city: City, draft_id: str, folder: Path) -> None:
    """What is exported opens in a fresh editor and is saved to the letter."""
    exported = designer.request.get(f"/designer/drafts/{draft_id}/export").body()
    (folder / "exported.zip").write_bytes(exported)
    designer.goto("/designer")
    designer.set_input_files("#new-files", str(folder / "exported.zip"))
    with answered(designer):
        designer.get_by_role("button", name="导入").click()
    designer.wait_for_url("**/designer/drafts/*")
    fresh = designer.url.rstrip("/").split("/")[-1].split("?")[0]
    _open(designer, fresh)
    _saved(designer)
    files = zipfile.ZipFile(io.BytesIO(exported))
    with city.engine.reading() as session:
        kept = draft(session, city.actor("designer"), fresh).files
    names = {name for name in files.namelist() if not name.endswith("/")}
    diagram = next(name for name in names if name.endswith("wage_consultation.bpmn"))
    assert kept["wage_consultation.bpmn"] == files.read(diagram)
    assert NEW.encode() in kept["wage_consultation.bpmn"]
    assert f"forms/{NEW}.form" in kept


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_an_approval_is_drawn_proven_tried_published_and_passed(enter: Enter, city: City, tmp_path: Path) -> None:
    cases = _three_consultations(city)
    designer = enter("designer")
    designer.goto("/designer")
    with answered(designer):
        designer.locator("button[name=process][value=wage_consultation]").click()
    designer.wait_for_url("**/designer/drafts/*")
    draft_id = designer.url.split("/")[-1].split("?")[0]
    _open(designer, draft_id)

    _add_the_approval(designer, draft_id)
    _break_and_mend(designer)
    _tell_the_story_anew(city, draft_id)
    _try(designer, draft_id)
    _publish(enter, city, designer, draft_id)
    _migrate(city, designer, cases)

    for case_id in cases:
        _sign(city, case_id)
        assert [task.element_id for task in city.tasks(case_id) if not task.discretionary] == [NEW]
    union = enter("town_union")
    for case_id in cases:
        task = city.task_at(case_id, NEW)
        union.goto(f"/tasks/{task.id}")
        with answered(union):
            union.get_by_role("button", name="领取").first.click()
        union.get_by_label("意见").fill("同意报送")
        hand_in(union)
        assert [task.element_id for task in city.tasks(case_id) if not task.discretionary] == ["file_contract"]
    _open_again(designer, city, draft_id, tmp_path)
