"""Counting: opened choices and the paper totals of mixed ballots become totals and outcomes, motion by motion."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.ballots.motions import ANSWERS, ELECTION, SPOILT, Motion
from engine.ballots.rule import BallotRule
from engine.errors import Problem, Rejected


class PaperTotalsWrong(Rejected):
    """The totals of the paper ballots do not add up."""


@dataclass(frozen=True)
class Turnout:
    """应到 `seats`, and who took part: `tickets` issued for the online vote, `papers` handed out."""

    seats: int
    tickets: int
    papers: int = 0

    @property
    def present(self) -> int:
        return self.tickets + self.papers


def count_choices(motions: Sequence[Motion], choices: Iterable[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    """Votes by motion, then by answer or candidate."""
    totals = {motion.id: Counter[str]() for motion in motions}
    for choice in choices:
        for motion_id, answer in choice.items():
            totals[motion_id].update(answer if isinstance(answer, list) else [answer])
    return totals


def read_paper(motions: Sequence[Motion], sent: Mapping[str, Any], *, papers: int) -> dict[str, Any]:
    """`{back, motions: {id: {yes, no, abstain, spoilt} or {named, abstain, spoilt, <candidate>: votes}}}`.

    Raises PaperTotalsWrong: more given back than handed out, or answers that do not add up to what was given back.
    """
    back = sent.get("back")
    if not _is_count(back) or back > papers:
        raise PaperTotalsWrong(problems=[Problem(path="back", code="paper_back", params={"papers": papers})])
    found = sent.get("motions") if isinstance(sent.get("motions"), Mapping) else {}
    rows = {motion.id: dict(found.get(motion.id) or {}) for motion in motions}
    wrong = [motion.id for motion in motions if not _adds_up(motion, rows[motion.id], back)]
    if wrong or set(found) - set(rows):
        named = wrong or sorted(set(found) - set(rows))
        raise PaperTotalsWrong(problems=[Problem(path=f"motions.{id_}", code="paper_sum") for id_ in named])
    return {"back": back, "motions": rows}


def paper_differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Where two counts of the paper ballots differ: `back`, or motion and answer as `m1.yes`; what is left out is 0."""
    places = [] if one["back"] == other["back"] else ["back"]
    for motion_id in one["motions"]:
        mine, theirs = one["motions"][motion_id], other["motions"].get(motion_id, {})
        answers = [*mine, *(answer for answer in theirs if answer not in mine)]
        places += [f"{motion_id}.{answer}" for answer in answers if mine.get(answer, 0) != theirs.get(answer, 0)]
    return places


def result_of(
    motions: Sequence[Motion],
    rule: BallotRule,
    *,
    turnout: Turnout,
    back: int,
    totals: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    """The result sheet: 应到 实到 发出 收回 and, for each motion, 有效 同意 反对 弃权 废票 and the outcome."""
    quorum = rule.quorum_of(present=turnout.present, seats=turnout.seats)
    whole = {"seats": turnout.seats, "present": turnout.present, "back": back}
    rows = [_motion_result(motion, rule, totals[motion.id], whole, has_quorum=quorum["met"]) for motion in motions]
    return {
        "seats": turnout.seats,
        "present": turnout.present,
        "issued": turnout.present,
        "issued_online": turnout.tickets,
        "issued_paper": turnout.papers,
        "back": back,
        "quorum": quorum,
        "motions": rows,
        "passed": all(row["passed"] for row in rows),
    }


def _motion_result(
    motion: Motion, rule: BallotRule, votes: Mapping[str, int], whole: Mapping[str, int], *, has_quorum: bool
) -> dict[str, Any]:
    spoilt = votes.get(SPOILT, 0)
    facts = {**motion.as_json(), "valid": whole["back"] - spoilt, "abstain": votes.get("abstain", 0), "spoilt": spoilt}
    if motion.kind == ELECTION:
        return {**facts, **_election(motion, rule, votes, whole, has_quorum=has_quorum)}
    majority = rule.majority_of(votes=votes.get("yes", 0), **whole)
    answers = {answer: votes.get(answer, 0) for answer in ANSWERS}
    return {**facts, **answers, "majority": majority, "passed": has_quorum and majority["met"]}


def _election(
    motion: Motion, rule: BallotRule, votes: Mapping[str, int], whole: Mapping[str, int], *, has_quorum: bool
) -> dict[str, Any]:
    """Elected are those with enough votes, the most first, as many as there are places.

    Candidates with equal votes who do not all find a place are not elected: between them there must be another vote.
    """
    order = sorted(motion.candidates, key=lambda c: (-votes.get(c, 0), int(c[1:])))
    named = [c for c in order if votes.get(c, 0) and rule.majority_of(votes=votes[c], **whole)["met"]]
    enough = named if has_quorum else []
    places, left_over = enough[: motion.places], enough[motion.places :]
    is_tie = bool(left_over) and votes[left_over[0]] == votes[places[-1]]
    tied = [c for c in enough if is_tie and votes[c] == votes[places[-1]]]
    elected = [c for c in places if c not in tied]
    rows = [
        {"id": c, "name": motion.candidates[c], "votes": votes.get(c, 0), "elected": c in elected, "tied": c in tied}
        for c in order
    ]
    majority = rule.majority_of(votes=max((votes.get(c, 0) for c in order), default=0), **whole)
    return {"candidates": rows, "majority": majority, "passed": len(elected) == motion.places}


def _adds_up(motion: Motion, row: Mapping[str, Any], back: int) -> bool:
    """Every paper names candidates, abstains or is spoilt; a candidate has at most one vote of each that names any."""
    answers = ("named", "abstain", SPOILT) if motion.kind == ELECTION else (*ANSWERS, SPOILT)
    if not set(row) <= {*answers, *motion.candidates} or not all(_is_count(n) for n in row.values()):
        return False
    votes = [row.get(candidate, 0) for candidate in motion.candidates]
    named = row.get("named", 0)
    fits = not votes or (all(v <= named for v in votes) and named <= sum(votes) <= named * motion.places)
    return fits and sum(row.get(answer, 0) for answer in answers) == back


def _is_count(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0
