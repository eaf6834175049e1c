"""Who is asked first: each criterion in its turn, the same answer every time, and nobody who may not be asked."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dispatching.ranking import Candidate, Ranked, Wish, rank
from texts import LOCALES, catalogue, sentence

WISH = Wish(case_id="c1", field="劳动争议", town="古山镇")
PLAIN = Candidate(
    person_id="b", username="b", name="乙", employer="某所", fields=("公司",), towns=("芝英镇",), open=1, max_open=2,
    recent=3, last_on=date(2026, 2, 20),
)  # fmt: skip
# From the last criterion to the first: each is better in one thing and worse in all that come after it.
WORST: dict[str, Any] = {"open": 1, "max_open": 2, "recent": 9, "last_on": date(2026, 3, 1)}
STEPS: dict[str, dict[str, Any]] = {
    "longest since": {"last_on": date(2026, 1, 1)},
    "never yet": {"last_on": None},
    "fewer lately": {**WORST, "recent": 2},
    "smaller share of the limit": {**WORST, "open": 2, "max_open": 5},
    "town": {**WORST, "towns": ("古山镇",)},
    "field": {**WORST, "fields": ("劳动争议",), "towns": ("芝英镇",)},
}


def order(*candidates: Candidate, wish: Wish = WISH) -> list[str]:
    return [one.candidate.person_id for one in rank(candidates, wish) if one.rank is not None]


@pytest.mark.parametrize("facts", STEPS.values(), ids=STEPS)
def test_each_criterion_outweighs_all_that_come_after_it(facts: dict[str, Any]) -> None:
    better = replace(PLAIN, person_id="a", username="a", **facts)

    assert order(PLAIN, better) == ["a", "b"]


@pytest.mark.parametrize(("better", "worse"), list(pairwise(reversed(STEPS))))
def test_the_criteria_come_in_this_order(better: str, worse: str) -> None:
    one, other = (replace(PLAIN, person_id=name, **STEPS[name]) for name in (better, worse))

    assert order(other, one) == [better, worse]


@pytest.mark.parametrize("towns", [(), ("古山镇", "芝英镇")])
def test_who_names_no_town_serves_all(towns: tuple[str, ...]) -> None:
    (one,) = rank([replace(PLAIN, towns=towns)], WISH)

    assert {reason.code for reason in one.reasons} & {"town_served", "town_whole_city"}


@pytest.mark.parametrize(("own", "wanted"), [("劳动", "劳动争议"), ("劳动争议", "劳动"), ("劳动", "劳动")])
def test_a_field_is_met_by_a_wider_and_by_a_narrower_one(own: str, wanted: str) -> None:
    (one,) = rank([replace(PLAIN, fields=("公司", own))], replace(WISH, field=wanted))

    assert one.reasons[0].as_data() == {"code": "field_known", "params": {"field": own}}


def test_without_a_field_nobody_is_asked_first_for_knowing_one() -> None:
    assert "field" not in " ".join(r.code for one in rank([PLAIN], replace(WISH, field=" ")) for r in one.reasons)


def test_between_equals_the_lot_falls_differently_in_different_cases() -> None:
    twins = [replace(PLAIN, person_id=name) for name in "abc"]
    firsts = [order(*twins, wish=replace(WISH, case_id=f"case {number}"))[0] for number in range(300)]

    assert all(70 <= firsts.count(name) <= 130 for name in "abc")


def test_the_lot_is_the_same_whenever_it_is_drawn_and_whoever_stands_first() -> None:
    twins = [replace(PLAIN, person_id=name) for name in "abcdef"]

    assert order(*twins) == order(*reversed(twins)) == order(*twins)


def test_who_is_excluded_is_told_everything_that_keeps_them_out() -> None:
    full = replace(PLAIN, barred=("expert_absent", "served_counterparty"), open=2)

    (one,) = rank([full], WISH)

    assert one.as_data() == {
        "username": "b",
        "name": "乙",
        "employer": "某所",
        "rank": None,
        "reasons": [
            {"code": "expert_absent", "params": {}},
            {"code": "served_counterparty", "params": {}},
            {"code": "expert_full", "params": {"open": 2, "most": 2}},
        ],
    }


_NAMES = st.sampled_from(["劳动", "公司", "税务", "劳动争议"])
_PEOPLE = st.builds(
    Candidate,
    person_id=st.text("abcdefgh", min_size=1, max_size=3),
    username=st.just("x"),
    name=st.just("甲"),
    employer=st.just("某所"),
    fields=st.lists(_NAMES, max_size=2).map(tuple),
    towns=st.lists(st.sampled_from(["古山镇", "芝英镇"]), max_size=2).map(tuple),
    open=st.integers(0, 4),
    max_open=st.integers(1, 4),
    recent=st.integers(0, 3),
    last_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4)),
    barred=st.lists(st.sampled_from(["expert_absent", "on_the_case"]), max_size=1).map(tuple),
)
_CROWD = st.lists(_PEOPLE, max_size=12, unique_by=lambda one: one.person_id)
_WISHES = st.builds(
    Wish, case_id=st.text("xyz", min_size=1), field=st.just("") | _NAMES, town=st.none() | st.just("古山镇")
)


def _is_free(one: Ranked) -> bool:
    return not one.candidate.barred and one.candidate.open < one.candidate.max_open


@given(crowd=_CROWD, wish=_WISHES, seed=st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_who_was_looked_at_first(crowd: Any, wish: Wish, seed: Any) -> None:
    mixed = list(crowd)
    seed.shuffle(mixed)

    ranked = rank(crowd, wish)

    assert ranked == rank(mixed, wish)
    assert {one.candidate for one in ranked} == set(crowd)
    places = [one.rank for one in ranked if one.rank is not None]
    assert places == list(range(1, len(places) + 1))


@given(crowd=_CROWD, wish=_WISHES)
def test_nobody_who_may_not_be_asked_has_a_place_and_all_others_do(crowd: Any, wish: Wish) -> None:
    for one in rank(crowd, wish):
        assert (one.rank is not None) == _is_free(one)
        assert one.reasons


@given(crowd=_CROWD, wish=_WISHES)
def test_every_reason_has_words_without_gaps_in_both_languages(crowd: Any, wish: Wish) -> None:
    for reason in (reason for one in rank(crowd, wish) for reason in one.reasons):
        for locale in LOCALES:
            words = sentence("dispatch", reason.code, locale, **reason.params)
            assert reason.code in catalogue(locale, "dispatch")
            assert "…" not in words
