"""Every paper of the processes, filled in with its sample: the page and the Word file say the same."""

import re
from html import unescape

import pytest

from engine.definitions.paper import Paper, all_papers
from engine.word.first_template import first_template
from engine.word.templates import fill_in
from papermaking.page import html_of, screen_of
from tests.papers import word_text

PAPERS = tuple(all_papers().values())
KEYS = {"offer", "reply", "minutes", "contract", "resolution", "filing", "opinion"}


def words(html: str) -> str:
    body = html.split("<body>")[1]
    return re.sub(r"\s|　", "", unescape(re.sub(r"<[^>]+>", "", body)))


def test_all_seven_are_there() -> None:
    assert {paper.key for paper in PAPERS if paper.process == "wage_consultation"} == KEYS


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_the_page_and_the_word_file_say_the_same(paper: Paper) -> None:
    page = words(html_of(paper, paper.sample))

    assert page == re.sub(r"\s|　", "", word_text(fill_in(first_template(paper), paper.sample)))
    assert page == words(screen_of(paper, paper.sample))
    assert paper.name[-3:] in page
    assert "None" not in page


def test_what_people_wrote_is_text() -> None:
    (contract,) = (paper for paper in PAPERS if paper.key == "contract")
    clause = {"类别": "<script>", "内容": "一\n二 {{ 7*7 }}", "岗位": ""}
    html = screen_of(contract, {**contract.sample, "约定条款": [clause]})

    assert "&lt;script&gt;" in html
    assert "一\n　　二 {{ 7*7 }}" in html
