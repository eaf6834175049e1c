"""Officials put their own Word template in place: it is checked first, and the present one stays until it is right."""

import pytest

from engine.commands.replace_template import ReplaceTemplate
from engine.errors import EngineError
from engine.model import HistoryEntry
from engine.model.case import ReasonMissing
from engine.papers import NotYoursToKeep, PaperNotFound
from engine.queries.paper_templates import KeptPaper, kept_papers, kept_versions, template_content
from engine.word.templates import TemplateUnusable
from tests.papers import CONTRACT, PaperCase, first_contract, paper_case, template_with, word_text

__all__ = ["paper_case"]
MINE = template_with("我市的合同：{{ 企业 }}", header="{{ 案号 }}")


def replace(paper_case: PaperCase, content: bytes = MINE, *, by: str = "union", **more: str) -> int:
    told = {"paper": CONTRACT, "filename": "C:\\合同.docx", "reason": "按市里的格式", **more}
    return paper_case.city.run(ReplaceTemplate(content=content, **told), by=by)


def versions(paper_case: PaperCase, by: str = "union") -> KeptPaper:
    with paper_case.city.engine.reading() as session:
        return kept_versions(session, paper_case.city.actor(by), CONTRACT)


def test_what_is_made_afterwards_follows_it_and_the_old_file_stays(paper_case: PaperCase) -> None:
    before = paper_case.make()
    assert replace(paper_case) == 1
    assert replace(paper_case, first_contract()) == 2
    replace(paper_case)

    assert word_text(paper_case.content(paper_case.make())) == "我市的合同：永康市星月模具有限公司"
    old, new = paper_case.documents()
    assert (old.id, old.origin["template"], new.version, new.origin["template"]) == (before, 0, 2, 3)
    kept = versions(paper_case)
    assert [(row.version, row.filename, row.put_by_name) for row in kept.versions] == [
        (3, "合同.docx", "胡志明"), (2, "合同.docx", "胡志明"), (1, "合同.docx", "胡志明"), (0, "contract.docx", ""),
    ]  # fmt: skip
    entry = paper_case.city.rows(HistoryEntry, HistoryEntry.action == "template_replaced")[0]
    assert (entry.reason, entry.details["sha256"]) == ("按市里的格式", kept.versions[2].sha256)
    with paper_case.city.engine.reading() as session:
        union, store = paper_case.city.actor("union"), paper_case.city.engine.documents
        assert template_content(session, union, CONTRACT, 1, store=store) == MINE
        assert next(one for one in kept_papers(session, union) if one.paper.id == CONTRACT).newest.version == 3


def test_one_that_is_wrong_changes_nothing_and_says_where(paper_case: PaperCase) -> None:
    with pytest.raises(TemplateUnusable) as refusal:
        replace(paper_case, template_with("合同", "工资总额：{{ 工资总额 }} 元"))

    (problem,) = refusal.value.problems
    assert (problem.code, problem.params) == (
        "template_field_unknown",
        {"name": "工资总额", "place": "工资总额：{{ 工资总额 }} 元"},
    )
    assert versions(paper_case).newest.version == 0


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"by": "chair"}, NotYoursToKeep),
        ({"by": "hrss_leader"}, NotYoursToKeep),
        ({"paper": "wage_consultation/poem"}, PaperNotFound),
        ({"reason": " "}, ReasonMissing),
    ],
    ids=["party", "other office", "paper", "reason"],
)
def test_it_is_refused(paper_case: PaperCase, what: dict[str, str], refusal: type[EngineError]) -> None:
    with pytest.raises(refusal):
        replace(paper_case, **what)
    assert versions(paper_case).newest.version == 0
