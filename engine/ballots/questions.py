"""What a survey asks – one choice, several, a rating, an open text – and how one person's answers are written."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import Problem, Rejected

SINGLE, MULTI, SCALE, OPEN = "single", "multi", "scale", "open"
KINDS = (SINGLE, MULTI, SCALE, OPEN)
STEPS = {str(step): str(step) for step in range(1, 6)}
MOST_QUESTIONS, MOST_CHOICES, MOST_OPEN = 30, 20, 5
LONGEST_QUESTION, LONGEST_TEXT = 200, 300
_WIDEST = 4  # bytes of one sign
_BLOCK = 64
_BETWEEN = re.compile(r"[;；\n]")

# {question id: choice id | [choice ids] | text}; what nobody answered is not there
Answers = Mapping[str, Any]


class QuestionsWrong(Rejected):
    """What a survey asks cannot be asked."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """`choices` are texts by id; a rating has its five steps, an open question none."""

    id: str
    text: str
    kind: str
    choices: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        choices = [{"id": id_, "text": text} for id_, text in self.choices.items()]
        return {"id": self.id, "text": self.text, "kind": self.kind, "choices": choices}

    def accepts(self, answer: Any) -> bool:
        if self.kind == OPEN:
            return isinstance(answer, str) and 0 < len(answer.strip()) <= LONGEST_TEXT
        if self.kind == MULTI:
            known = isinstance(answer, list) and all(isinstance(a, str) and a in self.choices for a in answer)
            return known and 0 < len(answer) == len(set(answer))
        return isinstance(answer, str) and answer in self.choices

    def chosen(self, answer: Any) -> list[str]:
        return answer if isinstance(answer, list) else [answer]

    def room(self) -> Any:
        """An answer that takes as many bytes as any."""
        if self.kind == OPEN:
            return "x" * LONGEST_TEXT * _WIDEST
        return list(self.choices) if self.kind == MULTI else max(self.choices, key=len)


def read_questions(raw: Any) -> tuple[Question, ...]:
    """The questions of `[{kind, question, choices?}]`, numbered q1, q2 …; choices are a list, or a text with
    semicolons between them. Raises QuestionsWrong."""
    rows = raw if isinstance(raw, list) else []
    problems = [problem for place, row in enumerate(rows) for problem in _problems(row, f"questions[{place}]")]
    opens = sum(1 for row in rows if isinstance(row, Mapping) and row.get("kind") == OPEN)
    if not 0 < len(rows) <= MOST_QUESTIONS or opens > MOST_OPEN:
        most = {"most": MOST_QUESTIONS, "open": MOST_OPEN}
        problems.append(Problem(path="questions", code="questions_number", params=most))
    if problems:
        raise QuestionsWrong(problems=problems)
    return tuple(_question(row, f"q{number}") for number, row in enumerate(rows, 1))


def questions_from(kept: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The reverse of `as_json`."""
    return tuple(
        Question(id=q["id"], text=q["text"], kind=q["kind"], choices={c["id"]: c["text"] for c in q["choices"]})
        for q in kept
    )


def answers_size(questions: Sequence[Question]) -> int:
    """Bytes of every sheet of answers: all are filled up to one length, so that none tells by its length."""
    longest = _written({question.id: question.room() for question in questions})
    return -(-len(longest) // _BLOCK) * _BLOCK


def write_answers(questions: Sequence[Question], answers: Answers) -> bytes:
    """What a person's own computer seals: JSON, filled up with spaces."""
    return _written(answers).ljust(answers_size(questions))


def read_answers(questions: Sequence[Question], plaintext: bytes | None) -> dict[str, Any]:
    """The answers that can be taken; what cannot be read, or is not offered, is as good as not answered."""
    try:
        found = json.loads(plaintext or b"null")
    except (ValueError, RecursionError):
        found = None
    given = found if isinstance(found, dict) else {}
    return {q.id: given[q.id] for q in questions if q.id in given and q.accepts(given[q.id])}


def _written(answers: Answers) -> bytes:
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _question(row: Mapping[str, Any], id_: str) -> Question:
    listed = {f"c{number}": text for number, text in enumerate(_choices(row), 1)}
    choices = {SCALE: STEPS, OPEN: {}}.get(row["kind"], listed)
    return Question(id=id_, text=row["question"].strip(), kind=row["kind"], choices=choices)


def _choices(row: Mapping[str, Any]) -> list[str]:
    given = row.get("choices") or []
    texts = _BETWEEN.split(given) if isinstance(given, str) else [str(text) for text in given]
    return [text.strip() for text in texts if text.strip()]


def _problems(row: Any, at: str) -> Iterable[Problem]:
    if not isinstance(row, Mapping):
        yield Problem(path=at, code="question_wrong")
        return
    text, choices = row.get("question"), _choices(row)
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_QUESTION:
        yield Problem(path=f"{at}.question", code="question_text")
    if row.get("kind") not in KINDS:
        yield Problem(path=f"{at}.kind", code="question_kind")
    elif row["kind"] in (SINGLE, MULTI) and not (2 <= len(set(choices)) == len(choices) <= MOST_CHOICES):
        yield Problem(path=f"{at}.choices", code="question_choices", params={"most": MOST_CHOICES})
