"""What the scrutineers' screen says: states, the form for the totals of the paper ballots, and what was typed there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine.errors import Problem
from engine.queries.ballot_closing import BallotClosing
from web.ballots.words import answer_words

LONGEST = 7  # digits of a count


@dataclass(frozen=True)
class CountField:
    """`is_wrong`: the other scrutineer counted otherwise, or it does not add up."""

    name: str
    label: str
    value: str
    is_wrong: bool


@dataclass(frozen=True)
class MotionCounts:
    title: str
    fields: Sequence[CountField]
    problem: str | None


@dataclass(frozen=True)
class PaperForm:
    back: CountField
    back_problem: str | None
    motions: Sequence[MotionCounts]


def ballot_state(state: str) -> str:
    words = {
        "open": _("投票中"),
        "stopped": _("已停止投票，待关闭"),
        "closed": _("计票中"),
        "counted": _("已公布结果"),
        "aborted": _("已作废"),
    }
    return words[state]


def stamp(closing: BallotClosing) -> str:
    """Changes when somebody at the screen has to look again."""
    confirmed = "".join(row.state[0] for row in closing.scrutineers)
    return f"{closing.ballot.state}-{int(closing.takes_votes)}-{confirmed}-{closing.papers_given}"


def typed_paper(form: MultiDict[str, str], motions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What was typed, as the engine reads it; what is no number stays text, which the engine refuses."""
    rows = {
        motion["id"]: {a: _number(form.get(f"{motion['id']}.{a}", "")) for a in _answers(motion)} for motion in motions
    }
    return {"back": _number(form.get("back", "")), "motions": rows}


def paper_form(
    closing: BallotClosing, *, typed: Mapping[str, str] | None = None, problems: Sequence[Problem] = ()
) -> PaperForm:
    """Filled with what was typed, else with the reader's own last count."""
    kept = _flat(closing.my_paper) if closing.my_paper else {}
    values, found = typed if typed is not None else kept, {p.path: p for p in problems}
    doubts = set(closing.doubts) if typed is None else set()

    def field(name: str, label: str) -> CountField:
        return CountField(name, label, values.get(name, ""), name in doubts or name in found)

    motions = [
        MotionCounts(
            motion["title"],
            [field(f"{motion['id']}.{answer}", label) for answer, label in _answers(motion).items()],
            found[f"motions.{motion['id']}"].code if f"motions.{motion['id']}" in found else None,
        )
        for motion in closing.ballot.motions
    ]
    return PaperForm(field("back", _("收回票数")), found["back"].code if "back" in found else None, motions)


def _answers(motion: Mapping[str, Any]) -> dict[str, str]:
    """Answer to label; an election counts the papers that name somebody, and each candidate's votes."""
    if motion["kind"] != "election":
        return {answer: answer_words(answer) for answer in ("yes", "no", "abstain", "spoilt")}
    people = {c["id"]: c["name"] for c in motion["candidates"]}
    return {"named": _("选了人的票"), **people, "abstain": answer_words("abstain"), "spoilt": answer_words("spoilt")}


def _flat(paper: Mapping[str, Any]) -> dict[str, str]:
    rows = {f"{motion}.{answer}": str(n) for motion, row in paper["motions"].items() for answer, n in row.items()}
    return {"back": str(paper["back"]), **rows}


def _number(text: str) -> int | str:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else text
