from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from engine.commands.fire_clock import ClockNotDue, ClockNotFound, FireClock
from engine.errors import EngineError
from engine.model import Job, Notice, ProcessInstance
from engine.model.clock import ClockNotRunning
from engine.outbox.doing import do_job
from tests.engine.conftest import Visits


def test_an_interrupting_clock_lets_the_case_take_the_path_drawn_for_it(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    clock = visits.clock(case_id, "check_lapsed")
    visits.city.clock.advance(days=20)

    visits.city.run(FireClock(clock_id=clock.id), by="system")

    assert visits.clock(case_id, "check_lapsed").state == "fired"
    assert visits.case(case_id).status == "completed"


def test_a_clock_that_interrupts_nothing_leaves_the_task_open(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.clock.advance(days=70)

    visits.city.engine.fire_due_clocks()

    assert visits.clock(case_id, "plan_late").state == "fired"
    assert visits.open_elements(case_id) == ["plan_visit"]


def test_the_deadline_of_a_task_passes_without_moving_the_case(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.clock.advance(days=20)

    visits.city.engine.fire_due_clocks()

    assert visits.clock(case_id, "plan_visit").state == "fired"
    assert visits.clock(case_id, "plan_late").state == "running"
    assert visits.open_elements(case_id) == ["plan_visit"]


def test_a_lapse_is_told_to_those_whom_the_rule_names(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.clock.advance(days=20)
    visits.city.engine.fire_due_clocks()

    told = visits.city.rows(Job, Job.kind == "notify_audience")
    assert [(j.args["case_id"], j.args["kind"]) for j in told] == [(case_id, "clock_fired")] * 2
    assert {j.args["audience"] for j in told} == {"enterprise_hr", "town_union"}
    for job in told:
        assert do_job(visits.city.engine, job.id)
    (notice,) = visits.city.rows(Notice, Notice.person_id == visits.city.actor("town_union").person_id)
    assert (notice.kind, notice.params["clock"]) == ("clock_fired", "报送审查")


def test_it_never_fires_early(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")

    with pytest.raises(ClockNotDue):
        visits.city.run(FireClock(clock_id=clock.id), by="system")


def test_it_fires_once(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")
    visits.city.clock.advance(days=70)

    def fire(_: int) -> str:
        try:
            visits.city.run(FireClock(clock_id=clock.id), by="system")
        except EngineError as refusal:
            return refusal.code
        return "fired"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(fire, range(12)))

    assert outcomes.count("fired") == 1
    assert set(outcomes) == {"fired", "clock_not_running"}
    assert visits.actions(case_id).count("clock_fired") == 1


def test_a_clock_that_was_met_does_not_fire(visits: Visits) -> None:
    case_id = visits.start()
    clock = visits.clock(case_id, "plan_late")
    visits.plan(case_id)
    visits.city.clock.advance(days=90)

    with pytest.raises(ClockNotRunning):
        visits.city.run(FireClock(clock_id=clock.id), by="system")

    assert visits.clock(case_id, "plan_late").state == "met"


def test_an_unknown_clock_is_not_found(visits: Visits) -> None:
    with pytest.raises(ClockNotFound):
        visits.city.run(FireClock(clock_id="none"), by="system")


def test_a_broken_case_does_not_stop_the_clocks_of_others(visits: Visits) -> None:
    broken, sound = visits.start(), visits.start()
    with visits.city.session() as session, session.begin():
        session.query(ProcessInstance).filter_by(case_id=broken).update({"state": b"damaged"})
    visits.city.clock.advance(days=70)

    visits.city.engine.fire_due_clocks()

    assert visits.clock(sound, "plan_late").state == "fired"
    assert visits.clock(broken, "plan_late").state == "running"


def test_a_clock_shows_rule_article_formula_and_dates(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)

    clock = visits.clock(case_id, "check_lapsed")

    assert (clock.rule, clock.started_on) == ("review", date(2026, 3, 2))
    assert clock.due_on == date(2026, 3, 17)
    assert "15" in clock.basis["formula"]["zh"]
    assert clock.basis["article"]
    assert clock.calendar_version
