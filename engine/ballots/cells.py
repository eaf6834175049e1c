"""Counting a survey: how often each choice was taken, told only where so many took it that nobody is recognised.

A cell smaller than the minimum is not told. Where everybody gives one answer, the total tells how many there are in the
cells that are left out: while that are fewer than the minimum, the smallest of the others is left out with them.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from engine.ballots.questions import MULTI, OPEN, Answers, Question


def count_answers(questions: Sequence[Question], sheets: Iterable[Answers], *, min_cell: int) -> list[dict[str, Any]]:
    """For each question how many answered, and its cells: `{id, text, count}`, None for what is not told."""
    given = list(sheets)
    return [_counted(question, [s[question.id] for s in given if question.id in s], min_cell) for question in questions]


def open_texts(questions: Sequence[Question], sheets: Iterable[Answers], *, min_cell: int) -> dict[str, list[str]]:
    """What was written, by question, where enough people wrote; in an order that tells nothing."""
    given = list(sheets)
    texts = {q.id: [s[q.id].strip() for s in given if q.id in s] for q in questions if q.kind == OPEN}
    return {id_: sorted(found, key=_shuffled) for id_, found in texts.items() if len(found) >= min_cell}


def _counted(question: Question, answers: Sequence[Any], min_cell: int) -> dict[str, Any]:
    told = {"id": question.id, "text": question.text, "kind": question.kind}
    if question.kind == OPEN or len(answers) < min_cell:
        return {**told, "answered": len(answers) if len(answers) >= min_cell else None, "cells": []}
    counts = Counter(choice for answer in answers for choice in question.chosen(answer))
    kept = _kept(counts, question, min_cell)
    cells = [{"id": c, "text": text, "count": counts[c] if c in kept else None} for c, text in question.choices.items()]
    return {**told, "answered": len(answers), "cells": cells}


def _kept(counts: Counter[str], question: Question, min_cell: int) -> set[str]:
    kept = sorted((c for c in question.choices if counts[c] >= min_cell), key=lambda c: counts[c], reverse=True)
    while kept and question.kind != MULTI and 0 < counts.total() - sum(counts[c] for c in kept) < min_cell:
        kept.pop()
    return set(kept)


def _shuffled(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
