"""What is voted on: drafts (yes, no, abstain) and elections, item by item; and how one voter's choice is written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import Problem, Rejected

DRAFT, ELECTION = "draft", "election"
ANSWERS = ("yes", "no", "abstain")
SPOILT = "spoilt"
MOST_MOTIONS, MOST_CANDIDATES, LONGEST_TITLE = 50, 100, 500
_BLOCK = 64

# {motion id: "yes" | "no" | "abstain" | "spoilt" | [candidate ids]}
Choice = Mapping[str, Any]


class MotionsWrong(Rejected):
    """What is to be voted on cannot be voted on."""


@dataclass(frozen=True, kw_only=True)
class Motion:
    """`candidates` are names by id; `places` is how many of them may be chosen and elected."""

    id: str
    title: str
    kind: str = DRAFT
    candidates: Mapping[str, str]
    places: int = 0

    def as_json(self) -> dict[str, Any]:
        people = [{"id": id_, "name": name} for id_, name in self.candidates.items()]
        elected = {"candidates": people, "places": self.places} if self.kind == ELECTION else {}
        return {"id": self.id, "title": self.title, "kind": self.kind, **elected}

    def accepts(self, answer: Any) -> bool:
        """An election takes up to `places` candidates, none of them twice, or an abstention."""
        if self.kind == DRAFT or answer == "abstain":
            return answer in ANSWERS
        return (
            isinstance(answer, list)
            and 0 < len(answer) <= self.places
            and all(isinstance(named, str) and named in self.candidates for named in answer)
            and len(set(answer)) == len(answer)
        )

    def longest_answer(self) -> Any:
        if self.kind == DRAFT:
            return "abstain"
        return sorted(self.candidates, key=len, reverse=True)[: self.places]


def read_motions(raw: Any) -> tuple[Motion, ...]:
    """The motions of `[{title, kind?, candidates?: [{name}], places?}]`, numbered m1, m2 … Raises MotionsWrong."""
    rows = raw if isinstance(raw, list) else []
    problems = [problem for place, row in enumerate(rows) for problem in _problems(row, f"motions[{place}]")]
    if not 0 < len(rows) <= MOST_MOTIONS:
        problems.append(Problem(path="motions", code="motions_number", params={"most": MOST_MOTIONS}))
    if problems:
        raise MotionsWrong(problems=problems)
    return tuple(_motion(row, f"m{number}") for number, row in enumerate(rows, 1))


def motions_from(kept: Sequence[Mapping[str, Any]]) -> tuple[Motion, ...]:
    """The reverse of `as_json`."""
    return tuple(
        Motion(
            id=row["id"],
            title=row["title"],
            kind=row["kind"],
            candidates={c["id"]: c["name"] for c in row.get("candidates", ())},
            places=row.get("places", 0),
        )
        for row in kept
    )


def choice_size(motions: Sequence[Motion]) -> int:
    """Bytes of every choice of this ballot: all are filled up to one length, so that none tells by its length."""
    longest = _written({motion.id: motion.longest_answer() for motion in motions})
    return -(-len(longest) // _BLOCK) * _BLOCK


def write_choice(motions: Sequence[Motion], choice: Choice) -> bytes:
    """What a voter's own computer seals: JSON, filled up with spaces."""
    return _written(choice).ljust(choice_size(motions))


def read_choice(motions: Sequence[Motion], plaintext: bytes | None) -> dict[str, Any]:
    """An answer for every motion; what cannot be read or is not offered is spoilt."""
    try:
        found = json.loads(plaintext or b"null")
    except (ValueError, RecursionError):
        found = None
    answers = found if isinstance(found, dict) and set(found) <= {m.id for m in motions} else {}
    return {m.id: answers[m.id] if m.id in answers and m.accepts(answers[m.id]) else SPOILT for m in motions}


def _written(choice: Choice) -> bytes:
    return json.dumps(choice, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _motion(row: Mapping[str, Any], id_: str) -> Motion:
    people = {f"c{number}": str(c["name"]).strip() for number, c in enumerate(row.get("candidates") or (), 1)}
    places = int(row.get("places") or 0) if people else 0
    return Motion(id=id_, title=row["title"].strip(), kind=row.get("kind") or DRAFT, candidates=people, places=places)


def _problems(row: Any, at: str) -> Iterable[Problem]:
    if not isinstance(row, Mapping):
        yield Problem(path=at, code="motion_wrong")
        return
    title, kind = row.get("title"), row.get("kind") or DRAFT
    if not isinstance(title, str) or not 0 < len(title.strip()) <= LONGEST_TITLE:
        yield Problem(path=f"{at}.title", code="motion_title")
    if kind not in (DRAFT, ELECTION):
        yield Problem(path=f"{at}.kind", code="motion_kind")
    elif (kind == ELECTION) != bool(row.get("candidates")):
        yield Problem(path=f"{at}.candidates", code="motion_candidates")
    elif kind == ELECTION:
        yield from _wrong_candidates(row, at)


def _wrong_candidates(row: Mapping[str, Any], at: str) -> Iterable[Problem]:
    people = row["candidates"]
    named = [str(c.get("name") or "").strip() if isinstance(c, Mapping) else "" for c in people]
    if len(people) > MOST_CANDIDATES or not all(named) or len(set(named)) < len(named):
        yield Problem(path=f"{at}.candidates", code="motion_candidates")
    if not str(row.get("places") or "").isdigit() or not 0 < int(row["places"]) <= len(people):
        yield Problem(path=f"{at}.places", code="motion_places")
