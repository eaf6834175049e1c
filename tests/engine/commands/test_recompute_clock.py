from datetime import date

import pytest

from engine.commands.fire_clock import ClockNotFound
from engine.commands.load_calendar_year import LoadCalendarYear
from engine.commands.recompute_clock import RecomputeClock, SystemOnly
from engine.model import HistoryEntry
from tests.engine.conftest import Visits

CLOSED = {date(2026, 3, 17): ("day_off", "停电")}


def close_a_day(visits: Visits) -> None:
    visits.city.run(LoadCalendarYear(year=2026, days=CLOSED, source="市政府通知"), by="admin")


def test_a_deadline_moves_with_the_calendar_and_its_task_with_it(visits: Visits) -> None:
    case_id = visits.start()
    before = visits.clock(case_id, "plan_visit")
    holiday = {before.due_on: ("day_off", "停电")}
    visits.city.run(LoadCalendarYear(year=2026, days=holiday, source="市政府通知"), by="admin")

    visits.city.run(RecomputeClock(clock_id=before.id), by="system")

    after = visits.clock(case_id, "plan_visit")
    assert after.due_on > before.due_on
    assert after.started_on == before.started_on
    assert after.calendar_version != before.calendar_version
    assert visits.city.task_at(case_id, "plan_visit").due_at == after.due_at


def test_the_history_says_from_when_to_when(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    clock = visits.clock(case_id, "check_lapsed")
    close_a_day(visits)

    visits.city.run(RecomputeClock(clock_id=clock.id), by="system")
    visits.city.run(RecomputeClock(clock_id=clock.id), by="system")

    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.action == "clock_moved")
    assert entry.details == {"clock": clock.id, "from": "2026-03-17", "to": "2026-03-18"}


def test_an_ended_clock_keeps_its_dates(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    clock = visits.clock(case_id, "check_lapsed")
    close_a_day(visits)

    visits.city.run(RecomputeClock(clock_id=clock.id), by="system")

    assert visits.clock(case_id, "check_lapsed").due_on == clock.due_on


def test_only_the_system_does_it(visits: Visits) -> None:
    clock = visits.clock(visits.start(), "plan_late")

    with pytest.raises(SystemOnly):
        visits.city.run(RecomputeClock(clock_id=clock.id), by="admin")


def test_an_unknown_clock_is_not_found(visits: Visits) -> None:
    with pytest.raises(ClockNotFound):
        visits.city.run(RecomputeClock(clock_id="none"), by="system")
