"""What is told of a survey: no cell that a few people fill, and none that can be worked out from the others."""

from hypothesis import given
from hypothesis import strategies as st

from engine.ballots.cells import count_answers, open_texts
from engine.ballots.questions import read_answers, read_questions, write_answers

QUESTIONS = read_questions(
    [
        {"kind": "single", "question": "哪一项？", "choices": "工资；津贴；加班；福利"},
        {"kind": "multi", "question": "哪些？", "choices": ["甲", "乙", "丙"]},
        {"kind": "open", "question": "其他"},
    ]
)
LEAST = 5


@given(st.lists(st.sampled_from(["c1", "c2", "c3", "c4"]), max_size=60))
def test_what_is_left_out_cannot_be_told_to_be_a_few(chosen: list[str]) -> None:
    told = count_answers(QUESTIONS, [{"q1": choice} for choice in chosen], min_cell=LEAST)[0]

    counts = [cell["count"] for cell in told["cells"] if cell["count"] is not None]
    assert all(count >= LEAST for count in counts)
    assert told["answered"] in (None, len(chosen))
    if counts:
        rest = len(chosen) - sum(counts)
        assert rest == 0 or rest >= LEAST


def test_few_answers_few_choices_and_few_texts_are_not_told() -> None:
    few = [{"q2": ["c1"], "q3": "夜班"}] * 4
    many = [{"q2": ["c1", "c2"]}] * 5 + [{"q2": ["c3"]}]

    assert count_answers(QUESTIONS, few, min_cell=LEAST)[1] == {
        "id": "q2", "text": "哪些？", "kind": "multi", "answered": None, "cells": [],
    }  # fmt: skip
    assert open_texts(QUESTIONS, few, min_cell=LEAST) == {}
    assert [cell["count"] for cell in count_answers(QUESTIONS, many, min_cell=LEAST)[1]["cells"]] == [5, 5, None]


def test_a_sheet_tells_nothing_by_its_length_and_what_is_not_offered_is_not_answered() -> None:
    full = write_answers(QUESTIONS, {"q1": "c1", "q2": ["c1", "c2", "c3"], "q3": "𠮷" * 300})

    assert len(full) == len(write_answers(QUESTIONS, {}))
    assert read_answers(QUESTIONS, full)["q3"] == "𠮷" * 300
    assert read_answers(QUESTIONS, b'{"q1": "c9", "q2": ["c1", "c1"], "q3": "", "q4": 1}') == {}
    assert read_answers(QUESTIONS, b"[" * 100_000) == read_answers(QUESTIONS, None) == {}
