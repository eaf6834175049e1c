"""When voters are reminded, and into which parts they are cut."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ballots.reminders import ReminderPlan, bounds, parts
from engine.calendar.rules import RulePack
from engine.model.base_model import new_id
from tests.city import MONDAY
from tests.engine.ballots.test_rule import PACK

PLAN = ReminderPlan(hours=(24, 2), pause_hours=4)


def planned(hours: float) -> list[float]:
    """Hours before the end, for a ballot that is open for so long."""
    closes = MONDAY + timedelta(hours=hours)
    found = PLAN.moments(opened_at=MONDAY, closes_at=closes)
    return [(closes - at).total_seconds() / 3600 for at in found.values()]


@pytest.mark.parametrize(("open_for", "expected"), [(72, [24, 2]), (28, [24, 2]), (27, [2]), (6, [2]), (5, [])])
def test_none_comes_right_after_the_opening(open_for: float, expected: list[float]) -> None:
    assert planned(open_for) == expected


def test_the_plan_is_that_of_the_rule_pack() -> None:
    plan = ReminderPlan.from_settings(PACK.describe)

    assert plan == PLAN == ReminderPlan.from_json(plan.as_json())
    assert ReminderPlan.from_settings(RulePack("none").describe).hours == ()


@pytest.mark.parametrize(
    ("at", "last", "free"),
    [
        (0, None, 0),
        (1, 0, 4),
        (5, 0, 5),
        (45, None, 52),  # 24 hours before the end of 72 the system reminds
        (44, None, 44),
        (67, 66, 74),  # and two hours before it: too late
    ],
)
def test_reminders_keep_their_distance(at: int, last: int | None, free: int) -> None:
    moments = PLAN.moments(opened_at=MONDAY, closes_at=MONDAY + timedelta(hours=72))
    before = None if last is None else MONDAY + timedelta(hours=last)

    found = PLAN.next_free(MONDAY + timedelta(hours=at), last=before, planned=moments)

    assert found == MONDAY + timedelta(hours=free)


@given(st.integers(1, 300), st.lists(st.builds(new_id), min_size=1))
def test_every_person_is_in_one_part(of: int, ids: list[str]) -> None:
    cut = [bounds(part, of=of) for part in range(of)]

    assert all(sum(begin <= id_ and (end is None or id_ < end) for begin, end in cut) == 1 for id_ in ids)


@pytest.mark.parametrize(("seats", "expected"), [(5, 1), (400, 1), (401, 2), (100_000, 250)])
def test_parts_are_small(seats: int, expected: int) -> None:
    assert parts(seats) == expected
