from datetime import date

import pytest

from engine.commands.remind_clock import RemindClock
from engine.model import Job
from engine.model.clock import ClockNotRunning
from tests.engine.conftest import Visits


def test_reminders_that_were_missed_are_made_up_for_once(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")
    first = date.fromisoformat(clock.reminders[0])
    assert clock.remind_at is not None
    visits.city.clock.advance(days=(first - date(2026, 3, 2)).days)

    visits.city.run(RemindClock(clock_id=clock.id), by="system")

    after = visits.clock(case_id, "plan_late")
    assert first.isoformat() not in after.reminders
    assert after.remind_at is None or after.remind_at > visits.city.clock.now
    assert visits.actions(case_id)[-1] == "clock_reminded"
    assert [j for j in visits.city.rows(Job) if j.kind == "notify_clock"]


def test_an_ended_clock_reminds_nobody(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")
    visits.plan(case_id)

    with pytest.raises(ClockNotRunning):
        visits.city.run(RemindClock(clock_id=clock.id), by="system")
