from datetime import timedelta

import pytest
from sqlalchemy import update

from engine import engine as door
from engine.commands.move_training_clock import MoveTrainingClock, NotADemo, TimeGoesForward
from engine.commands.sign_in import SignIn
from engine.model import Clock, ProcessInstance
from tests.engine.conftest import Visits


def test_the_time_of_the_system_runs_ahead(visits: Visits) -> None:
    before = visits.city.engine.now()

    visits.city.run(MoveTrainingClock(duration=timedelta(days=15)), by="hr")
    visits.city.run(MoveTrainingClock(duration=timedelta(hours=1)), by="hr")

    assert visits.city.engine.now() - before == timedelta(days=15, hours=1)


def test_a_real_system_has_no_training_clock(visits: Visits) -> None:
    visits.city.engine.is_demo = False

    with pytest.raises(NotADemo):
        visits.city.run(MoveTrainingClock(duration=timedelta(days=1)), by="admin")

    assert visits.city.engine.now() == visits.city.clock.now


@pytest.mark.parametrize("duration", [timedelta(seconds=-1), timedelta(days=3661)])
def test_it_moves_forward_and_not_beyond_ten_years(visits: Visits, duration: timedelta) -> None:
    with pytest.raises(TimeGoesForward):
        visits.city.run(MoveTrainingClock(duration=duration), by="hr")

    assert visits.city.engine.now() == visits.city.clock.now


def test_clocks_on_the_way_fire_each_at_its_own_moment(visits: Visits) -> None:
    first = visits.start()
    visits.city.engine.advance_training_clock(timedelta(days=3), actor=visits.city.actor("hr"))
    second = visits.start()

    now, fired = visits.city.engine.advance_training_clock(timedelta(days=100), actor=visits.city.actor("hr"))

    clocks = visits.city.rows(Clock, Clock.case_id.in_((first, second)))
    assert fired == len(clocks) == 4
    assert [c.fired_at for c in clocks] == [c.due_at for c in clocks]
    assert now == visits.city.clock.now + timedelta(days=103)


def test_a_clock_that_the_first_one_starts_fires_on_the_same_journey(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)

    visits.city.engine.advance_training_clock(timedelta(days=30), actor=visits.city.actor("hr"))

    lapsed = visits.clock(case_id, "check_lapsed")
    assert lapsed.fired_at == lapsed.due_at == visits.case(case_id).closed_at


def test_parts_of_a_second_do_not_make_a_clock_late_or_early(visits: Visits) -> None:
    visits.city.clock.now = visits.city.clock.now.replace(microsecond=700_000)
    case_id = visits.start()

    _, fired = visits.city.engine.advance_training_clock(timedelta(days=100), actor=visits.city.actor("hr"))

    late = [c.fired_at - c.due_at for c in visits.city.rows(Clock, Clock.case_id == case_id) if c.fired_at]
    assert fired == len(late) == 2
    assert all(timedelta(0) <= lateness < timedelta(seconds=1) for lateness in late)


def test_whoever_is_signed_in_stays_so(visits: Visits) -> None:
    token = visits.city.run(SignIn(username="hr", password="demo"), by="system").token  # type: ignore[union-attr]

    visits.city.engine.advance_training_clock(timedelta(days=100), actor=visits.city.actor("hr"))

    assert visits.city.engine.authenticate(token) is not None
    visits.city.clock.advance(hours=8)
    assert visits.city.engine.authenticate(token) is None


def test_a_broken_case_holds_up_nobody_on_the_way(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_CLOCKS_ON_THE_WAY", 8)
    broken = visits.start()
    visits.city.clock.advance(days=4)
    sound = visits.start()
    with visits.city.session() as session, session.begin():
        damaged = update(ProcessInstance).where(ProcessInstance.case_id == broken)
        session.execute(damaged.values(state=b"damaged"))

    visits.city.engine.advance_training_clock(timedelta(days=100), actor=visits.city.actor("hr"))

    clock = visits.clock(sound, "plan_late")
    assert clock.fired_at == clock.due_at
