from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import CalendarDay, DayKind, WorkCalendar, seed_days, seed_years
from tests.engine.calendar.calendars import CHINA, PLAIN, day

DAYS_WITH_A_PLAN = st.dates(date(2005, 1, 1), date(2026, 12, 31))


def test_without_exceptions_people_work_from_monday_to_friday() -> None:
    week = [PLAIN.is_workday(day("2026-03-02") + timedelta(days=after)) for after in range(7)]

    assert week == [True] * 5 + [False] * 2


@pytest.mark.parametrize("worked", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_the_make_up_days_of_2026_are_worked(worked: str) -> None:
    assert day(worked).weekday() >= 5
    assert CHINA.is_workday(day(worked))


def test_2026_has_exactly_those_make_up_days() -> None:
    worked = [listed for listed in seed_days() if listed.kind == DayKind.WORKDAY and listed.day.year == 2026]

    assert len(worked) == 6


@pytest.mark.parametrize("free", ["2026-02-17", "2026-02-20", "2026-05-05", "2026-10-01", "2026-10-07"])
def test_holidays_and_days_off_in_exchange_are_free(free: str) -> None:
    assert day(free).weekday() < 5
    assert not CHINA.is_workday(day(free))


def test_a_day_given_free_in_exchange_is_told_from_the_holiday_itself() -> None:
    kinds = {listed.day: listed.kind for listed in seed_days()}

    assert kinds[day("2026-02-17")] == DayKind.HOLIDAY
    assert kinds[day("2026-02-23")] == DayKind.DAY_OFF


def test_every_seeded_day_says_its_name_and_its_source_within_the_column() -> None:
    assert all(listed.name and 0 < len(listed.source) <= 64 for listed in seed_days())
    assert len({listed.day for listed in seed_days()}) == len(seed_days())


def test_every_seeded_exception_is_of_a_seeded_year() -> None:
    assert {listed.day.year for listed in seed_days()} <= seed_years()


def test_the_start_day_is_never_counted() -> None:
    assert PLAIN.add_workdays(day("2026-03-02"), 1) == day("2026-03-03")
    assert PLAIN.add_workdays(day("2026-03-07"), 1) == day("2026-03-09")
    assert PLAIN.add_workdays(day("2026-03-09"), -1) == day("2026-03-06")
    assert PLAIN.add_workdays(day("2026-03-07"), 0) == day("2026-03-07")


@given(start=DAYS_WITH_A_PLAN, count=st.integers(1, 40))
def test_as_many_working_days_lie_between_as_were_asked_for(start: date, count: int) -> None:
    end = CHINA.add_workdays(start, count)

    between = [start + timedelta(days=after) for after in range(1, (end - start).days + 1)]
    assert sum(map(CHINA.is_workday, between)) == count
    assert CHINA.is_workday(end)


@given(start=DAYS_WITH_A_PLAN, count=st.integers(1, 40))
def test_from_a_working_day_forth_and_back_is_home(start: date, count: int) -> None:
    start = CHINA.next_workday(start)

    assert CHINA.add_workdays(CHINA.add_workdays(start, count), -count) == start


@given(start=DAYS_WITH_A_PLAN)
def test_the_next_working_day_is_the_first_that_is_not_before(start: date) -> None:
    found = CHINA.next_workday(start)

    assert CHINA.is_workday(found)
    assert found >= start
    assert not any(CHINA.is_workday(start + timedelta(days=after)) for after in range((found - start).days))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-01", "2026-12-31", False),
        ("2026-12-31", "2027-01-01", True),
        ("2027-01-01", "2026-12-31", True),
        ("2003-12-31", "2004-01-01", True),
    ],
)
def test_a_span_is_provisional_when_a_year_in_it_has_no_plan(first: str, last: str, expected: bool) -> None:
    assert CHINA.is_provisional(day(first), day(last)) is expected


def test_the_version_follows_the_content() -> None:
    typhoon = CalendarDay(day("2026-08-06"), DayKind.DAY_OFF, "台风", "市政府通告")

    days = seed_days()
    again = WorkCalendar.of(region="CN", days=reversed(days), official_years=seed_years())
    changed = WorkCalendar.of(region="CN", days=[*days, typhoon], official_years=seed_years())

    assert again.version == CHINA.version
    assert changed.version != CHINA.version
    assert not changed.is_workday(typhoon.day)


def test_kinds_may_come_as_the_text_of_a_database_column() -> None:
    stored = CalendarDay(day("2026-03-08"), "workday", "", "")

    assert WorkCalendar.of(region="CN", days=[stored], official_years=[]).is_workday(stored.day)
