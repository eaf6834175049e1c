from datetime import date

import pytest

from engine.commands.pause_clock import PauseClock
from engine.commands.resume_clock import ResumeClock
from engine.model.clock import ClockNotPaused
from tests.engine.conftest import Visits


def _paused(visits: Visits, until: date) -> tuple[str, date]:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")
    visits.city.run(PauseClock(clock_id=clock.id, reason="停产", until=until), by="town_union")
    return case_id, clock.due_on


def test_the_deadline_moves_by_the_days_it_stood_still(visits: Visits) -> None:
    # 60 days end in the holidays of May and move to 6 May; with the pause they end on 8 May, a working day.
    case_id, before = _paused(visits, date(2026, 3, 22))
    assert before == date(2026, 5, 6)
    visits.city.clock.advance(days=7)

    visits.city.run(ResumeClock(clock_id=visits.clock(case_id, "plan_late").id), by="town_union")

    clock = visits.clock(case_id, "plan_late")
    assert (clock.state, clock.paused_days) == ("running", 7)
    assert clock.due_on == date(2026, 5, 8)
    assert "clock_moved" in visits.actions(case_id)


def test_a_pause_counts_only_until_its_announced_end(visits: Visits) -> None:
    case_id, _ = _paused(visits, date(2026, 3, 12))
    visits.city.clock.advance(days=30)

    visits.city.run(ResumeClock(clock_id=visits.clock(case_id, "plan_late").id), by="system")

    assert visits.clock(case_id, "plan_late").paused_days == 10


def test_a_running_clock_is_not_resumed(visits: Visits) -> None:
    case_id = visits.start()

    with pytest.raises(ClockNotPaused):
        visits.city.run(ResumeClock(clock_id=visits.clock(case_id, "plan_late").id), by="town_union")
