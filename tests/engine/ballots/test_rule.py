"""Quorum and majority at every boundary, against fractions; and the congress of forty seats."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ballots.motions import Motion
from engine.ballots.rule import MAJORITIES, BallotRule, BallotRuleUnusable, Share
from engine.ballots.tally import Turnout, result_of
from engine.calendar.rules import RulePack

PACK = RulePack.load({str(path): path.read_bytes() for path in Path("rules/yongkang").glob("*.yml")})
MOTION = Motion(id="m1", title="草案", candidates={})
SHARES = [Share(2, 3, True), Share(1, 2, False), Share(1, 2, True), Share(1, 5, False), Share(1, 1, True)]


def rule(level: str = "enterprise", roll_base: str = "representatives") -> BallotRule:
    return BallotRule.from_settings(PACK.describe, level=level, roll_base=roll_base)


def result(level: str, *, seats: int, present: int, yes: int) -> dict:
    totals = {"m1": {"yes": yes, "no": present - yes}}
    return result_of([MOTION], rule(level), turnout=Turnout(seats, present), back=present, totals=totals)


@pytest.mark.parametrize("share", SHARES, ids=str)
def test_one_more_or_less_decides_for_every_size(share: Share) -> None:
    part = Fraction(share.numerator, share.denominator)
    for size in range(1, 10_001):
        least = share.least(size)
        assert share.is_met(least, size)
        assert not share.is_met(least - 1, size)
        wanted = least >= part * size if share.inclusive else least > part * size
        short = least - 1 < part * size if share.inclusive else least - 1 <= part * size
        assert wanted
        assert short


@given(st.sampled_from(SHARES), st.integers(1, 10_000), st.integers(0, 10_000))
def test_more_votes_never_make_a_motion_fail(share: Share, size: int, count: int) -> None:
    assert share.is_met(count + 1, size) >= share.is_met(count, size)
    assert share.is_met(count, size) == (count >= share.least(size))


@pytest.mark.parametrize("level", MAJORITIES)
def test_every_level_for_every_size(level: str) -> None:
    frozen = rule(level)
    for size in range(1, 10_001):
        more_than_half, half = size // 2 + 1, -(-size // 2)
        assert frozen.majority.least(size) == (more_than_half if level == "enterprise" else half)
        assert frozen.quorum.least(size) == -(-2 * size // 3)


@pytest.mark.parametrize(
    ("present", "yes", "quorum", "passed"),
    [(27, 21, True, True), (26, 26, False, False), (27, 20, True, False), (40, 20, True, False), (40, 21, True, True)],
)
def test_forty_seats(present: int, yes: int, quorum: bool, passed: bool) -> None:
    told = result("enterprise", seats=40, present=present, yes=yes)

    assert (told["quorum"]["met"], told["passed"]) == (quorum, passed)


@pytest.mark.parametrize(
    ("seats", "quorum", "enterprise", "regional"),
    [
        (30, 20, 16, 15),
        (40, 27, 21, 20),
        (41, 28, 21, 21),
        (54, 36, 28, 27),
        (60, 40, 31, 30),
        (100, 67, 51, 50),
        (120, 80, 61, 60),
    ],
)
def test_the_table_of_the_regulations(seats: int, quorum: int, enterprise: int, regional: int) -> None:
    assert rule().quorum.least(seats) == quorum
    assert rule().majority.least(seats) == enterprise
    assert rule("regional").majority.least(seats) == rule("national").majority.least(seats) == regional


def test_half_of_all_passes_in_a_region_and_not_in_an_enterprise() -> None:
    facts = {"seats": 60, "present": 60, "yes": 30}

    assert not result("enterprise", **facts)["passed"]
    assert result("regional", **facts)["passed"]


def test_three_quarters_of_those_present_are_not_half_of_all() -> None:
    assert not result("enterprise", seats=30, present=20, yes=15)["passed"]


def test_the_sheet_shows_both_denominators_and_the_words_of_the_rule() -> None:
    told = result("enterprise", seats=40, present=27, yes=21)

    majority = told["motions"][0]["majority"]
    assert (told["quorum"]["formula"], majority["formula"]) == ("27×3 ≥ 40×2", "21×2 > 40×1")
    assert (told["quorum"]["needed"], majority["needed"]) == (27, 21)
    assert "第二十四条" in told["quorum"]["text"]["zh"]
    assert "第二十四条" in majority["text"]["zh"]


@pytest.mark.parametrize(("level", "roll"), [("village", "staff"), ("enterprise", "friends")])
def test_an_unknown_level_or_roll_is_refused(level: str, roll: str) -> None:
    with pytest.raises(BallotRuleUnusable):
        rule(level, roll)


@pytest.mark.parametrize(
    "value",
    [
        {},
        None,
        {"numerator": 3, "denominator": 2, "inclusive": True},
        {"numerator": 0, "denominator": 2, "inclusive": True},
        {"numerator": 1, "denominator": 2, "inclusive": True, "of": "some"},
    ],
)
def test_a_share_that_makes_no_sense_is_refused(value: object) -> None:
    with pytest.raises(BallotRuleUnusable):
        Share.read(value, key="congress_pass")


def test_a_rule_survives_being_kept() -> None:
    assert BallotRule.from_json(rule().as_json()) == rule()
