"""An older Word template comes back as a new version."""

import pytest

from engine.commands.restore_template import RestoreTemplate
from engine.papers import NotYoursToKeep, TemplateNotFound
from tests.engine.commands.test_replace_template import MINE, replace, versions
from tests.papers import CONTRACT, PaperCase, paper_case, word_text

__all__ = ["paper_case"]


def restore(paper_case: PaperCase, version: int, *, by: str = "union") -> int:
    return paper_case.city.run(RestoreTemplate(paper=CONTRACT, version=version, reason="格式有误"), by=by)


def test_it_becomes_the_newest(paper_case: PaperCase) -> None:
    replace(paper_case, MINE)
    assert restore(paper_case, 0) == 2
    assert "工资专项集体合同" in word_text(paper_case.content(paper_case.make()))
    assert restore(paper_case, 1) == 3

    rows = versions(paper_case).versions
    assert [(row.version, row.restores) for row in rows] == [(3, 1), (2, 0), (1, None), (0, None)]
    assert rows[0].sha256 == rows[2].sha256
    assert rows[1].sha256 == rows[3].sha256


def test_it_is_refused(paper_case: PaperCase) -> None:
    with pytest.raises(TemplateNotFound):
        restore(paper_case, 1)
    with pytest.raises(NotYoursToKeep):
        restore(paper_case, 0, by="boss")
    assert versions(paper_case).newest.version == 0
