"""Every rule at every boundary, for one to ten thousand voters: the result sheet against plain arithmetic."""

from collections.abc import Callable, Iterator

import pytest

from engine.ballots.motions import Motion
from engine.ballots.rule import BallotRule, Share
from engine.ballots.tally import Turnout, result_of
from tests.engine.ballots.test_rule import rule

MOST = 10_000
DRAFT = Motion(id="m1", title="草案", candidates={})
PERSON = Motion(id="m1", title="选举", kind="election", candidates={"c1": "甲"}, places=1)
Outcome = tuple[bool, bool]


def sheet(by: BallotRule, seats: int, present: int, yes: int, *, back: int | None = None) -> Outcome:
    """(quorum, passed)"""
    given = present if back is None else back
    totals = {"m1": {"yes": yes, "no": given - yes}}
    told = result_of([DRAFT], by, turnout=Turnout(seats, present), back=given, totals=totals)
    return told["quorum"]["met"], told["passed"]


def around(*boundaries: int, most: int) -> Iterator[int]:
    """One below, on and one above, as far as there can be so many."""
    yield from {n for b in boundaries for n in (b - 1, b, b + 1) if 0 <= n <= most}


def wrong(by: BallotRule, passes: Callable[[int, int], bool]) -> list[tuple[int, int, int]]:
    """Where the sheet says otherwise than the law in whole numbers: two thirds are there, and `passes(yes, seats)`."""
    found = []
    for seats in range(1, MOST + 1):
        for present in around(-(-2 * seats // 3), most=seats):
            for yes in around(-(-seats // 2), most=present):
                has_quorum = present * 3 >= seats * 2
                if sheet(by, seats, present, yes) != (has_quorum, has_quorum and passes(yes, seats)):
                    found.append((seats, present, yes))
    return found


def test_more_than_half_of_all_in_an_enterprise() -> None:
    assert wrong(rule("enterprise"), lambda yes, seats: yes * 2 > seats) == []


def test_half_of_all_is_enough_in_a_region_and_by_the_national_text() -> None:
    assert rule("regional").majority == rule("national").majority == Share(1, 2, True)
    assert wrong(rule("regional"), lambda yes, seats: yes * 2 >= seats) == []


@pytest.mark.parametrize("of", ["present", "back"])
@pytest.mark.parametrize("inclusive", [True, False])
def test_of_those_present_or_of_those_given_back(of: str, inclusive: bool) -> None:
    """No rule of ours counts so today; a rule pack may."""
    strict = rule("enterprise")
    by = BallotRule(**{**vars(strict), "majority": Share(1, 2, inclusive, of)})
    for seats in range(1, MOST + 1, 7):
        present = -(-2 * seats // 3)
        for back in {present, max(0, present - 1)}:
            whole = present if of == "present" else back
            for yes in around(-(-whole // 2), most=back):
                more = yes * 2 >= whole if inclusive else yes * 2 > whole
                assert sheet(by, seats, present, yes, back=back) == (True, more), (seats, back, yes)


def test_who_is_elected_at_every_boundary() -> None:
    by = rule("enterprise")
    for seats in range(1, MOST + 1, 3):
        for votes in around(-(-seats // 2), most=seats):
            told = result_of([PERSON], by, turnout=Turnout(seats, seats), back=seats, totals={"m1": {"c1": votes}})
            assert told["passed"] == (votes * 2 > seats), (seats, votes)


def test_the_formula_shown_is_the_comparison_made() -> None:
    """Read as arithmetic it is true, whatever came out."""
    by, signs = rule("enterprise"), {"≥": ">=", "≤": "<="}
    for seats in range(1, MOST + 1, 101):
        for yes in around(-(-seats // 2), most=seats):
            told = result_of([DRAFT], by, turnout=Turnout(seats, yes), back=yes, totals={"m1": {"yes": yes}})
            for found in (told["quorum"], told["motions"][0]["majority"]):
                text = found["formula"].replace("×", "*")
                for sign, ascii_sign in signs.items():
                    text = text.replace(sign, ascii_sign)
                left, sign, right = text.split()
                assert holds(left, sign, right)
                assert found["met"] == (found["count"] >= found["needed"])


def holds(left: str, sign: str, right: str) -> bool:
    one, other = (int(a) * int(b) for a, b in (left.split("*"), right.split("*")))
    return {">=": one >= other, ">": one > other, "<=": one <= other, "<": one < other}[sign]
