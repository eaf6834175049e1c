from datetime import date

import pytest

from engine.clock_dates import ClockNotPausable, PauseTooLong
from engine.commands.pause_clock import PauseClock
from engine.model.case import ReasonMissing
from engine.permissions import NotInCharge
from tests.engine.conftest import Visits

UNTIL = date(2026, 3, 20)


def test_a_paused_clock_does_not_run_out(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")

    visits.city.run(PauseClock(clock_id=clock.id, reason="企业停产检修", until=UNTIL), by="town_union")
    visits.city.clock.advance(days=100)
    visits.city.engine.fire_due_clocks()

    paused = visits.clock(case_id, "plan_late")
    assert (paused.state, paused.paused_until, paused.pause_reason) == ("paused", UNTIL, "企业停产检修")


def test_the_rule_decides_whether_a_clock_may_pause(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)

    with pytest.raises(ClockNotPausable):
        visits.city.run(
            PauseClock(clock_id=visits.clock(case_id, "check_lapsed").id, reason="等材料", until=UNTIL), by="town_union"
        )


@pytest.mark.parametrize("until", [date(2026, 3, 2), date(2026, 6, 1)])
def test_a_pause_lasts_at_least_a_day_and_at_most_what_the_rule_allows(visits: Visits, until: date) -> None:
    case_id = visits.start()

    with pytest.raises(PauseTooLong):
        visits.city.run(
            PauseClock(clock_id=visits.clock(case_id, "plan_late").id, reason="停产", until=until), by="town_union"
        )


def test_reason_and_charge_are_needed(visits: Visits) -> None:
    case_id = visits.start()
    clock_id = visits.clock(case_id, "plan_late").id

    with pytest.raises(ReasonMissing):
        visits.city.run(PauseClock(clock_id=clock_id, reason="", until=UNTIL), by="town_union")
    with pytest.raises(NotInCharge):
        visits.city.run(PauseClock(clock_id=clock_id, reason="停产", until=UNTIL), by="hr")
