"""Papers of a case: made from what it says now, kept by version, for those whom they concern."""

from dataclasses import replace
from typing import Any

import pytest

import papermaking.making
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.keep_paper import KeepPaper
from engine.errors import EngineError
from engine.model import HistoryEntry, Job
from engine.outbox.doing import do_job
from engine.papers import FactsChanged, NotForYouToMake, PaperNotFound, PaperNotReady
from engine.work import CaseNotFound
from papermaking import KindUnknown
from tests.papers import PaperCase, paper_case, word_text

__all__ = ["paper_case"]
REFUSED = [
    ({"by": "rep9"}, NotForYouToMake),
    ({"by": "boss2"}, CaseNotFound),
    ({"key": "minutes"}, PaperNotReady),
    ({"key": "poem"}, PaperNotFound),
    ({"kind": "odt"}, KindUnknown),
]


def test_the_contract_holds_the_agreed_text_and_the_skill_wages(paper_case: PaperCase) -> None:
    word = word_text(paper_case.content(paper_case.make()))

    assert "第一条　工资支付办法每月 15 日前以转账 <支付> & 上月工资。" in word
    assert "其他劳动报酬：没有其他项目" in word
    assert "附件　能级工资标准表" in word
    assert "技能高级工（三级）按月300 元同类取高2026年4月1日起2027年3月31日止" in word
    assert "（草案）" in word
    assert "{" not in word


def test_the_same_facts_are_the_same_document_and_new_ones_a_new_version(paper_case: PaperCase) -> None:
    first = [paper_case.make(kind) for kind in ("pdf", "docx")]
    assert [paper_case.make(kind) for kind in ("pdf", "docx")] == first
    paper_case.knows(raise_pct=7)
    second = paper_case.make(by="boss")

    word, newer, page = paper_case.documents()
    assert (word.id, newer.id, page.id) == (first[1], second, first[0])
    assert (newer.version, newer.series_id, newer.status, newer.circle) == (2, word.id, "final", "everybody")
    assert newer.origin["facts_sha256"] != word.origin["facts_sha256"]
    assert "7%" in word_text(paper_case.content(second))
    assert paper_case.content(page.id).startswith(b"%PDF-")
    made = paper_case.city.rows(HistoryEntry, HistoryEntry.action == "paper_made")
    assert {entry.details["sha256"] for entry in made} == {word.sha256, newer.sha256, page.sha256}


@pytest.mark.parametrize(("what", "refusal"), REFUSED, ids=["party", "stranger", "early", "paper", "kind"])
def test_it_is_refused(paper_case: PaperCase, what: dict[str, str], refusal: type[EngineError]) -> None:
    with pytest.raises(refusal):
        paper_case.make(**what)
    assert paper_case.documents() == []


def test_a_case_that_moves_on_meanwhile_is_asked_again(paper_case: PaperCase, monkeypatch: pytest.MonkeyPatch) -> None:
    percent = iter((7, 8, 9))
    fill_in = papermaking.making.fill_in

    def slowly(*given: Any) -> bytes:
        paper_case.knows(raise_pct=next(percent, 9))
        return fill_in(*given)

    kinds = {**papermaking.making.KINDS, "docx": lambda _, facts, template: slowly(template, facts)}
    monkeypatch.setattr(papermaking.making, "KINDS", kinds)
    with pytest.raises(FactsChanged):
        paper_case.make()
    assert "9%" in word_text(paper_case.content(paper_case.make()))


def test_made_facts_are_not_believed(paper_case: PaperCase) -> None:
    forged = KeepPaper(case_id=paper_case.case_id, key="contract", kind="pdf", content=b"%PDF-", facts_sha256="0" * 64)
    with pytest.raises(FactsChanged):
        paper_case.city.run(forged, by="chair")
    with pytest.raises(NotForYouToMake):
        paper_case.city.run(replace(forged, key="contract"), by="rep9")


def test_a_process_makes_it_after_the_step_and_twice_is_once(paper_case: PaperCase) -> None:
    city = paper_case.city
    task = city.task_at(paper_case.case_id, "work")
    city.run(ClaimTask(task_id=task.id), by="hr")
    city.run(CompleteTask(task_id=task.id, answers={}), by="hr")
    (job,) = city.rows(Job, Job.kind == "make_paper")

    assert do_job(city.engine, job.id)
    made = [document.id for document in paper_case.documents()]
    assert not do_job(city.engine, job.id)

    assert len(made) == 2
    assert [document.id for document in paper_case.documents()] == made
    assert city.task_at(paper_case.case_id, "rest")
