"""From the table to the paper: both sides agree in their browsers, and the contract says it as PDF and as Word."""

from collections.abc import Iterator, Mapping
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from playing.player import Player
from playing.scenario_file import Scenario
from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.journeys.conftest import Enter
from tests.papers import word_text
from tests.pdf_text import pdf_text

HAPPY_PATH = Scenario.read(ROOT / "bpmn" / "wage_consultation" / "scenarios" / "happy_path.yml")
STEPS = HAPPY_PATH.story["steps"]
HEAD = "劳动定额与计件单价"
PROPOSED = "数控岗位计件单价每件上调八分，自四月一日起执行。"
AGREED = "数控岗位计件单价每件上调六分，自四月一日起执行。"
NOTES = {"chair": "不得低于五分", "boss": "最多可到七分"}
SKILL_WAGES = ("高级工（三级）", "300 元", "技师（二级）", "550 元", "高级技师（一级）", "1000 元")


@pytest.fixture
def people(city: City) -> Player:
    return Player(lambda: city.engine)


@pytest.fixture
def case_id(people: Player) -> str:
    """A consultation in which both sides have come to the table."""
    case_id = people.start(HAPPY_PATH)
    for step in takewhile(lambda step: "negotiate" not in step, STEPS):
        people.do(step, HAPPY_PATH, case_id)
    return case_id


def test_what_both_sides_agree_stands_in_the_contract(
    enter: Enter, people: Player, case_id: str, tmp_path: Path
) -> None:
    chair, boss = enter("chair"), enter("boss")
    for page in (chair, boss):
        page.goto(f"/cases/{case_id}/negotiation")
        page.get_by_role("row").filter(has_text=HEAD).get_by_role("link").first.click()
    _note(chair, NOTES["chair"])
    _propose(chair, PROPOSED)
    boss.reload()
    _note(boss, NOTES["boss"])
    _propose(boss, AGREED)
    chair.reload()
    chair.get_by_role("button", name="同意对方文本").click()
    expect(chair.get_by_text("双方已达成一致，文本已锁定。")).to_be_visible()

    for step in _up_to_the_draft():
        people.do(step, HAPPY_PATH, case_id)
    pdf, word = _papers(boss, case_id, tmp_path)

    for text in (pdf_text(pdf), word_text(word)):
        for words in (HEAD, AGREED, "能级工资标准表", *SKILL_WAGES):
            assert words in text
        assert not any(words in text for words in (PROPOSED, *NOTES.values()))
    for page, others in ((chair, NOTES["boss"]), (boss, NOTES["chair"])):
        for part in ("", "/negotiation", "/timeline", "/documents", "/notes", "/audit"):
            page.goto(f"/cases/{case_id}{part}")
            expect(page.locator("body")).not_to_contain_text(others)


def _note(page: Page, text: str) -> None:
    page.get_by_label("写一条内部记录").fill(text)
    page.get_by_role("button", name="记下").click()
    expect(page.locator(".notes")).to_contain_text(text)


def _propose(page: Page, text: str) -> None:
    page.get_by_label("文本", exact=True).fill(text)
    page.get_by_role("button", name="提出文本").click()
    expect(page.get_by_text("已提出文本，等待对方回应。")).to_be_visible()


def _up_to_the_draft() -> Iterator[Mapping[str, Any]]:
    """The other clauses, the meeting, the draft and its table of skill wages."""
    rest = dropwhile(lambda step: "negotiate" not in step, STEPS)
    return takewhile(lambda step: step.get("task") != "advise_on_draft", rest)


def _papers(page: Page, case_id: str, folder: Path) -> Iterator[bytes]:
    """The contract, made and downloaded in the browser: as PDF, then as Word."""
    for words, suffix in (("生成 PDF", "pdf"), ("生成 Word", "docx")):
        page.goto(f"/cases/{case_id}/documents")
        page.get_by_text("生成文书", exact=True).click()
        page.get_by_role("button", name=f"{words} 工资专项集体合同").click()
        with page.expect_download() as begun:
            page.get_by_role("table", name="文件").get_by_role("link", name=f".{suffix}").first.click()
        target = folder / f"contract.{suffix}"
        begun.value.save_as(target)
        yield target.read_bytes()
