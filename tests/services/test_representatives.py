from typing import Any

import pytest

from services.representatives import appoint, check_representatives
from tests.services.call import RecordedCall

Row = dict[str, Any]


def side(prefix: str, count: int, **first: Any) -> list[Row]:
    """`count` representatives, the first of them the chief and whatever else is said of him."""
    rows: list[Row] = [{"person": f"{prefix}{n}", "is_chief": n == 0, "is_external": False} for n in range(count)]
    return [rows[0] | first, *rows[1:]] if rows else []


def outside(rows: list[Row], count: int) -> list[Row]:
    """The last `count` of them come from outside."""
    inside = len(rows) - count
    return [*rows[:inside], *({**row, "is_external": True} for row in rows[inside:])]


def problems(
    workers: list[Row], employers: list[Row], *, settings: dict[str, Any] | None = None, **more: Any
) -> list[str]:
    call = RecordedCall({"worker_reps": workers, "employer_reps": employers, **more}, **(settings or {}))
    return [problem["code"] for problem in check_representatives(call)["problems"]]


def test_two_proper_sides_may_negotiate() -> None:
    assert problems(side("w", 3), side("e", 3)) == []


@pytest.mark.parametrize(("count", "above_scale", "expected"), [
    (2, False, ["too_few"] * 2), (3, False, []), (4, True, ["too_few"] * 2), (5, True, []), (4, False, []),
])  # fmt: skip
def test_each_side_needs_its_least_number(count: int, above_scale: bool, expected: list[str]) -> None:
    assert problems(side("w", count), side("e", count), above_scale=above_scale) == expected


def test_a_side_with_nobody_is_told_all_that_is_missing() -> None:
    assert problems([], side("e", 3)) == ["too_few", "one_chief", "not_equal"]


def test_missing_lists_are_empty_lists() -> None:
    call = RecordedCall({"worker_reps": None})

    assert [p["code"] for p in check_representatives(call)["problems"]] == ["too_few", "one_chief"] * 2


@pytest.mark.parametrize("chiefs", [0, 2])
def test_a_side_has_exactly_one_chief(chiefs: int) -> None:
    rows = [row | {"is_chief": n < chiefs} for n, row in enumerate(side("w", 3))]

    assert problems(rows, side("e", 3)) == ["one_chief"]


def test_the_chief_is_no_outsider() -> None:
    assert problems(side("w", 3, is_external=True), side("e", 3)) == ["chief_outside"]


@pytest.mark.parametrize(("count", "external", "expected"), [
    (3, 1, []), (3, 2, ["too_many_outside"]), (5, 1, []), (5, 2, ["too_many_outside"]), (6, 2, []),
    (6, 3, ["too_many_outside"]),
])  # fmt: skip
def test_a_third_of_a_side_may_come_from_outside(count: int, external: int, expected: list[str]) -> None:
    assert problems(outside(side("w", count), external), side("e", count)) == expected


@pytest.mark.parametrize("level", ["industry", "region"])
def test_in_a_trade_or_an_area_people_of_other_enterprises_are_no_outsiders(level: str) -> None:
    rows = outside(side("w", 5, is_external=True), 4)

    assert problems(rows, side("e", 5), level=level) == []
    assert set(problems(rows, side("e", 5), level="enterprise")) == {"chief_outside", "too_many_outside"}


@pytest.mark.parametrize(("workers", "employers", "equal", "not_more"), [
    (3, 3, [], []), (4, 3, ["not_equal"], []), (3, 4, ["not_equal"], ["employer_more"]),
])  # fmt: skip
def test_the_sides_are_balanced_as_the_rule_says(
    workers: int, employers: int, equal: list[str], not_more: list[str]
) -> None:
    sides = (side("w", workers), side("e", employers))

    assert problems(*sides) == equal
    assert problems(*sides, settings={"reps_balance": "employer_not_more"}) == not_more


def test_nobody_sits_on_both_sides() -> None:
    both = [*side("e", 2), {"person": "w1", "is_chief": False}]

    assert problems(side("w", 3), both) == ["both_sides"]


def test_rows_without_a_name_are_not_the_same_person() -> None:
    nameless: Row = {"person": "", "is_chief": False}

    assert problems([*side("w", 2), nameless], [*side("e", 2), nameless]) == []


def test_an_expert_is_known_by_another_field() -> None:
    expert: Row = {"expert": "lawyer1", "is_external": True}

    assert problems([*side("w", 3), expert], [*side("e", 3), expert]) == ["both_sides"]


@pytest.mark.parametrize(("by_worker", "by_employer", "expected"), [
    ("hr", "hr", []), ("hr", "rep9", ["recorder_not_agreed"]), ("hr", None, ["recorder_not_agreed"]),
    (None, None, []), ("w1", "w1", ["recorder_negotiates"]), ("e0", "e0", ["recorder_negotiates"]),
])  # fmt: skip
def test_the_recorder_is_agreed_and_does_not_negotiate(
    by_worker: str | None, by_employer: str | None, expected: list[str]
) -> None:
    recorders = {"recorder_by_worker": by_worker, "recorder_by_employer": by_employer}

    assert problems(side("w", 3), side("e", 3), **recorders) == expected


def test_a_problem_names_side_and_numbers() -> None:
    call = RecordedCall({"worker_reps": side("w", 2), "employer_reps": side("e", 3)})

    texts = [problem["text"] for problem in check_representatives(call)["problems"]]

    assert texts == ["职工方协商代表不得少于 3 人，现为 2 人", "双方代表人数应当对等：职工方 2 人，企业方 3 人"]


@pytest.mark.parametrize(("persons", "expected"), [
    (["rep1", "rep2"], ["rep1", "rep2"]), ("rep1", ["rep1"]), (["rep1", None, ""], ["rep1"]), (None, []), ([], []),
])  # fmt: skip
def test_the_holders_of_a_role_are_replaced(persons: Any, expected: list[str]) -> None:
    call = RecordedCall({"role": "scrutineer", "persons": persons})

    assert appoint(call) == {}
    assert call.appointed == {"scrutineer": expected}
