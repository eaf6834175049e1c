from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import TIME_ZONE, FormerLimits, Limit, Unit, compute_deadline
from tests.engine.calendar.calendars import CHINA, PLAIN, clock, day

STARTS = st.dates(date(2010, 1, 1), date(2026, 6, 30))
AMOUNTS = st.integers(1, 90)


def test_a_deadline_ends_with_the_day_in_the_city() -> None:
    due = compute_deadline(clock((1, "calendar_day")), day("2026-03-02"), PLAIN)

    assert due.due_at == datetime(2026, 3, 3, 23, 59, 59, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-06-04", 12, "2027-06-04"),
        ("2026-05-31", 13, "2027-06-30"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(start: str, months: int, due: str) -> None:
    assert compute_deadline(clock((months, "month")), day(start), PLAIN).due_on == day(due)


def test_a_last_day_on_a_weekend_moves_only_where_the_rule_says_so() -> None:
    friday = day("2026-03-06")

    assert compute_deadline(clock((1, "calendar_day")), friday, PLAIN).due_on == day("2026-03-07")
    moved = compute_deadline(clock((1, "calendar_day"), shift_to_workday=True), friday, PLAIN)
    assert moved.due_on == day("2026-03-09")


def test_a_last_day_on_a_worked_sunday_stays() -> None:
    rule = clock((1, "calendar_day"), shift_to_workday=True)

    assert compute_deadline(rule, day("2026-09-19"), CHINA).due_on == day("2026-09-20")


def test_a_date_counted_backwards_is_never_moved_closer_to_the_meeting() -> None:
    rule = clock((-7, "calendar_day"), shift_to_workday=True)

    assert compute_deadline(rule, day("2026-03-08"), PLAIN).due_on == day("2026-03-01")


def test_working_days_can_be_counted_backwards() -> None:
    assert compute_deadline(clock((-5, "workday")), day("2026-03-16"), PLAIN).due_on == day("2026-03-09")


def test_a_pause_moves_the_date_by_as_many_days() -> None:
    rule = clock((60, "calendar_day"), pausable=True, max_pause=Limit(60, Unit.CALENDAR_DAY))

    paused = compute_deadline(rule, day("2026-03-02"), PLAIN, 12)

    assert paused.due_on == day("2026-03-02") + timedelta(days=72)
    assert paused.formula == "收到次日起 60 日，另加中止 12 日：2026-05-13"
    assert "plus a pause of 12 days" in paused.formula_en


def test_after_a_pause_a_clock_of_working_days_ends_on_a_working_day() -> None:
    rule = clock((5, "workday"), pausable=True, max_pause=Limit(60, Unit.CALENDAR_DAY))

    assert compute_deadline(rule, day("2026-03-02"), PLAIN, paused_days=5).due_on == day("2026-03-16")


def test_an_extension_is_added_once_and_shown() -> None:
    rule = clock((30, "calendar_day"), extension=Limit(15, Unit.CALENDAR_DAY))

    extended = compute_deadline(rule, day("2026-03-02"), PLAIN, extended_by=15)

    assert extended.due_on == day("2026-03-02") + timedelta(days=45)
    assert "另加延长 15 日" in extended.formula
    assert "plus an extension of 15 days" in extended.formula_en


@pytest.mark.parametrize("paused_days", [1, -1])
def test_a_clock_that_cannot_be_paused_is_not(paused_days: int) -> None:
    with pytest.raises(ValueError, match="cannot stand still"):
        compute_deadline(clock((5, "workday")), day("2026-03-02"), PLAIN, paused_days)


def test_a_clock_without_extension_is_not_extended() -> None:
    with pytest.raises(ValueError, match="cannot be extended"):
        compute_deadline(clock((5, "workday")), day("2026-03-02"), PLAIN, extended_by=1)


def test_the_limits_in_force_on_the_start_day_count() -> None:
    former = FormerLimits(day("2026-01-01"), (Limit(20, Unit.CALENDAR_DAY),))
    rule = clock((10, "calendar_day"), former=(former,))

    assert compute_deadline(rule, day("2025-12-31"), PLAIN).due_on == day("2026-01-20")
    assert compute_deadline(rule, day("2026-01-01"), PLAIN).due_on == day("2026-01-11")


def test_reminders_lie_between_start_and_due_date() -> None:
    rule = clock((5, "calendar_day"), remind_before=(10, 2, 1))

    assert compute_deadline(rule, day("2026-03-02"), PLAIN).reminders == (day("2026-03-05"), day("2026-03-06"))


def test_calendar_days_without_shift_do_not_depend_on_a_holiday_plan() -> None:
    assert not compute_deadline(clock((20, "calendar_day")), day("2026-12-28"), CHINA).provisional
    assert compute_deadline(clock((20, "calendar_day"), shift_to_workday=True), day("2026-12-28"), CHINA).provisional


def test_working_days_that_began_in_a_year_without_a_plan_are_provisional() -> None:
    assert compute_deadline(clock((10, "workday")), day("2003-12-29"), CHINA).provisional


def test_one_day_is_singular_in_english() -> None:
    assert compute_deadline(clock((1, "workday")), day("2026-03-02"), PLAIN).formula_en == (
        "1 working day from the day after receipt: 2026-03-03"
    )


@given(start=STARTS, workdays=AMOUNTS, days=AMOUNTS, shift=st.booleans())
def test_the_due_date_is_the_earliest_candidate(start: date, workdays: int, days: int, shift: bool) -> None:
    rule = clock((workdays, "workday"), (days, "calendar_day"), shift_to_workday=shift)

    due = compute_deadline(rule, start, CHINA)

    assert due.due_on == min(candidate for _, candidate in due.candidates)
    assert due.due_on > start
    assert due.formula.count(str(due.due_on)) == 1


@given(
    start=STARTS,
    amount=AMOUNTS,
    unit=st.sampled_from([unit for unit in Unit if unit is not Unit.HOUR]),
    earlier=st.integers(1, 30),
)
def test_who_starts_later_is_not_due_earlier(start: date, amount: int, unit: Unit, earlier: int) -> None:
    rule = clock((amount, unit), shift_to_workday=True)

    before = compute_deadline(rule, start - timedelta(days=earlier), CHINA)

    assert before.due_on <= compute_deadline(rule, start, CHINA).due_on


@given(
    start=STARTS,
    amount=AMOUNTS,
    unit=st.sampled_from([unit for unit in Unit if unit is not Unit.HOUR]),
    paused=st.integers(0, 60),
)
def test_a_pause_never_shortens_a_clock(start: date, amount: int, unit: Unit, paused: int) -> None:
    rule = clock((amount, unit), shift_to_workday=True, pausable=True, max_pause=Limit(60, Unit.CALENDAR_DAY))

    longer = compute_deadline(rule, start, CHINA, paused)

    assert longer.due_on >= compute_deadline(rule, start, CHINA).due_on + timedelta(days=paused) - timedelta(days=9)
    assert longer.due_on >= compute_deadline(rule, start, CHINA).due_on
    assert CHINA.is_workday(longer.due_on)


@given(start=STARTS, amount=AMOUNTS)
def test_a_shifted_day_is_worked_and_nothing_worked_was_skipped(start: date, amount: int) -> None:
    plain = compute_deadline(clock((amount, "calendar_day")), start, CHINA).due_on
    shifted = compute_deadline(clock((amount, "calendar_day"), shift_to_workday=True), start, CHINA).due_on

    assert CHINA.is_workday(shifted)
    assert not any(CHINA.is_workday(plain + timedelta(days=after)) for after in range((shifted - plain).days))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE)


def test_hours_count_from_the_moment_itself_over_night_and_holiday() -> None:
    due = compute_deadline(clock((36, "hour")), moment("2026-09-30T23:15:00"), CHINA)

    assert (due.due_at, due.due_on) == (moment("2026-10-02T11:15:00"), day("2026-10-02"))
    assert due.formula == "收到起 36 小时：2026-10-02 11:15"
    assert due.formula_en == "36 hours from receipt: 2026-10-02 11:15"
    assert (due.provisional, due.reminders) == (False, ())


def test_hours_want_a_moment() -> None:
    with pytest.raises(ValueError, match="wants a moment"):
        compute_deadline(clock((2, "hour")), day("2026-03-02"), PLAIN)
    with pytest.raises(ValueError, match="wants a moment"):
        compute_deadline(clock((2, "hour")), datetime(2026, 3, 2, 9, 0), PLAIN)  # noqa: DTZ001


@pytest.mark.parametrize(("by", "due"), [(1, "2026-03-19"), (4, "2026-03-24"), (10, "2026-04-01")])
def test_a_decision_may_add_less_than_the_rule_allows(by: int, due: str) -> None:
    rule = clock((12, "workday"), extension=Limit(10, Unit.WORKDAY))

    assert compute_deadline(rule, day("2026-03-02"), PLAIN, extended_by=by).due_on == day(due)


@pytest.mark.parametrize("by", [0, -1, 11])
def test_a_decision_may_not_add_more_than_the_rule_allows(by: int) -> None:
    with pytest.raises(ValueError, match="extended"):
        compute_deadline(
            clock((12, "workday"), extension=Limit(10, Unit.WORKDAY)), day("2026-03-02"), PLAIN, extended_by=by
        )
