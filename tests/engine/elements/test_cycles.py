"""Timers that repeat themselves."""

import pytest

from engine.model import Clock
from tests.engine.elements.conftest import Street

REMINDED = """
begin -> work -> finish
late -> remind -> reminded
user work
boundary late: on work; timer cycle {cycle}; goes on
user remind
"""


def _reminded(street: Street, cycle: str) -> str:
    street.deploy(REMINDED.format(cycle=cycle))
    return street.start()


def _after(street: Street, **time: float) -> None:
    street.city.clock.advance(**time)
    street.city.engine.fire_due_clocks()


def _reminders(street: Street, case_id: str) -> int:
    return street.open(case_id).count("remind")


def test_it_fires_as_often_as_it_says(street: Street) -> None:
    case_id = _reminded(street, "R3/P1D")

    counts = []
    for _ in range(5):
        _after(street, days=1)
        counts.append(_reminders(street, case_id))

    assert counts == [1, 2, 3, 3, 3]
    assert not street.city.rows(Clock, Clock.case_id == case_id, Clock.state == "running")


def test_rounds_keep_their_distance_from_the_first(street: Street) -> None:
    case_id = _reminded(street, "R/P1D")
    start = street.city.clock.now

    _after(street, days=1, hours=5)

    (running,) = street.city.rows(Clock, Clock.case_id == case_id, Clock.state == "running")
    assert (running.due_at - start).total_seconds() == 2 * 24 * 3600


def test_rounds_that_were_missed_are_caught_up_once(street: Street) -> None:
    case_id = _reminded(street, "R/PT1H")

    _after(street, hours=10, minutes=30)

    assert _reminders(street, case_id) == 1
    (running,) = street.city.rows(Clock, Clock.case_id == case_id, Clock.state == "running")
    assert (running.due_at - street.city.clock.now).total_seconds() == 30 * 60


def test_months_may_repeat(street: Street) -> None:
    case_id = _reminded(street, "R2/P1M")

    _after(street, days=32)
    _after(street, days=31)

    assert _reminders(street, case_id) == 2


def test_it_ends_with_its_task(street: Street) -> None:
    case_id = _reminded(street, "R/P1D")
    street.do(case_id, "work")

    _after(street, days=3)

    assert street.open(case_id) == []


@pytest.mark.parametrize("cycle", ['= "R/PT10S"', '= "R/P0D"', '= "every day"', "= 3", '= "R0/P1D"', '= "R-1/P1D"'])
def test_a_cycle_that_cannot_be_read_becomes_an_incident(street: Street, cycle: str) -> None:
    case_id = _reminded(street, cycle)

    assert street.incidents(case_id) == ["wait_not_begun"]
    assert street.open(case_id) == ["work"]
