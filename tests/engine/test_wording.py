import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.wording import changes


def said(before: str, after: str) -> str:
    marks = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in changes(before, after))


@pytest.mark.parametrize(("before", "after", "expected"), [
    ("上调百分之六。", "上调百分之八，自4月1日起。", "上调百分之[-六][+八，自4月1日起]。"),
    ("每月 2600 元", "每月 2,650.00 元整", "每月 [-2600][+2,650.00] 元[+整]"),
    ("自2026-04-01执行", "自2026-07-01执行", "自2026-[-04][+07]-01执行"),
    ("甲乙丙", "甲丙", "甲[-乙]丙"),
    ("甲一乙", "丙一丁", "[-甲一乙][+丙一丁]"),
    ("", "新增", "[+新增]"),
    ("删去", "", "[-删去]"),
    ("不变", "不变", "不变"),
])  # fmt: skip
def test_changes_are_shown_word_by_word(before: str, after: str, expected: str) -> None:
    assert said(before, after) == expected


@given(st.text("甲乙丙1a %\n", max_size=30), st.text("甲乙丙1a %\n", max_size=30))
def test_both_texts_can_be_read_from_what_changed(before: str, after: str) -> None:
    pieces = changes(before, after)

    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after


def test_texts_without_anything_in_common_are_not_compared_for_ever() -> None:
    assert [p.kind for p in changes("工资上调" * 1200, "劳动定额" * 1200)] == ["removed", "added"]
