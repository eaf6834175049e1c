from datetime import date

import pytest

from engine.commands.load_calendar_year import CalendarYearWrong, LoadCalendarYear
from engine.model import CalendarDay, CalendarYear, HistoryEntry, Job
from engine.outbox.doing import do_job
from engine.permissions import NotInGroup
from tests.city import open_city
from tests.engine.conftest import Visits

CLOSED = {date(2026, 3, 16): ("day_off", "停电"), date(2026, 3, 17): ("day_off", "停电")}


def load(visits: Visits, *, by: str = "admin") -> int:
    return visits.city.run(LoadCalendarYear(year=2026, days=CLOSED, source="市政府通知"), by=by)


def test_the_plan_of_a_year_is_replaced(visits: Visits) -> None:
    load(visits)

    days = visits.city.rows(CalendarDay, CalendarDay.day.between(date(2026, 1, 1), date(2026, 12, 31)))
    assert {d.day for d in days} == set(CLOSED)
    (year,) = visits.city.rows(CalendarYear, CalendarYear.year == 2026)
    assert year.source == "市政府通知"
    assert visits.city.rows(CalendarYear, CalendarYear.year == 2025)


def test_only_administrators_load_it(visits: Visits) -> None:
    for other in ("union", "designer", "hr"):
        with pytest.raises(NotInGroup):
            load(visits, by=other)


@pytest.mark.parametrize("day", [(date(2027, 1, 1), "holiday"), (date(2026, 1, 1), "festival")])
def test_a_day_of_another_year_or_of_no_known_kind_is_refused(visits: Visits, day: tuple[date, str]) -> None:
    with pytest.raises(CalendarYearWrong):
        visits.city.run(LoadCalendarYear(year=2026, days={day[0]: (day[1], "")}, source="x"), by="admin")

    assert len(visits.city.rows(CalendarDay, CalendarDay.source == "x")) == 0


def test_it_is_recorded_with_its_source(visits: Visits) -> None:
    load(visits)

    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.actor == "admin")
    assert (entry.action, entry.details) == ("calendar_loaded", {"year": 2026, "days": 2, "source": "市政府通知"})


def test_clocks_that_run_are_computed_anew_and_ended_ones_are_not(visits: Visits) -> None:
    case_id, done = visits.start(), visits.start()
    visits.plan(case_id)
    visits.plan(done)
    visits.do(done, "check_plan", "town_union", approved=True)

    assert load(visits) == 1

    (job,) = visits.city.rows(Job, Job.kind == "recompute_clock")
    assert do_job(visits.city.engine, job.id)
    assert visits.clock(case_id, "check_lapsed").due_on == date(2026, 3, 18)
    assert visits.clock(done, "check_lapsed").due_on == date(2026, 3, 17)


def test_a_worker_that_knows_the_old_calendar_looks_at_the_new_one(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    worker = open_city(visits.city.database, data_dir=visits.city.engine.data_dir).engine
    with worker.reading() as session:
        worker.catalogue.calendar(session)
    load(visits)

    (job,) = visits.city.rows(Job, Job.kind == "recompute_clock")
    do_job(worker, job.id)

    assert visits.clock(case_id, "check_lapsed").due_on == date(2026, 3, 18)
    worker.database.dispose()
