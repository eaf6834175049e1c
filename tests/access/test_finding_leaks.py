"""The search for words finds what leaks: something is let out on purpose, in each of the ways in which it could be."""

import gzip
from collections.abc import Iterable
from typing import Any

import pytest
from docx import Document as WordFile

from engine.circles import Circle
from engine.model import Case
from printing import pdf_of
from tests.access.asking import Asked, Asking
from tests.access.unpacking import text_of
from tests.rosters import sheet

WORD = "qzstar001x"


def word_file(path: Any) -> bytes:
    file = WordFile()
    file.add_paragraph(WORD)
    file.save(path)
    content: bytes = path.read_bytes()
    return content


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "gzip"])
def test_words_are_found_in_files(kind: str, tmp_path: Any) -> None:
    content = {
        "pdf": lambda: pdf_of(f"<html><body><h1>合同</h1><p>双方 {WORD} 协商</p></body></html>"),
        "docx": lambda: word_file(tmp_path / "a.docx"),
        "xlsx": lambda: sheet((WORD, "13800000001", "a", "", "", "")),
        "gzip": lambda: gzip.compress(WORD.encode()),
    }[kind]()

    assert WORD.encode() not in content
    assert WORD in text_of(content)


def test_a_circle_that_is_open_to_all_is_found(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = asking.towns.cases["star"]
    assert "note.text for employer" not in lines([asking.ask("chair", f"/api/v1/cases/{case_id}/notes")])

    monkeypatch.setattr("engine.queries.notes.circles_of", lambda *_: tuple(Circle))

    assert "note.text for employer" in lines([asking.ask("chair", f"/api/v1/cases/{case_id}/notes")])


def test_a_case_that_everybody_may_read_is_found(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    strange = {path for path, _ in asking.strange("hr3")}
    told = [answer for answer in asking.everything("hr3", below="/api/v1/cases/") if answer.path in strange]
    assert lines(told) == set()
    assert {answer.status for answer in told} == {404}

    monkeypatch.setattr(
        "engine.queries.seeing._case", lambda session, _actor, case_id, _seen: any_case(session, case_id)
    )

    assert "case.title" in lines(asking.everything("hr3", below="/api/v1/cases/"))


def any_case(session: Any, case_id: str) -> Any:
    return session.get_one(Case, case_id)


def lines(answers: Iterable[Asked]) -> set[str]:
    return {canary.line for answer in answers for canary in answer.found}
