"""Faults F12, F13, F14: messages come twice, late, in any order, or not at all."""

import random
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from engine import jobs
from engine.commands.do_job import FIRST_PAUSE, MOST_ATTEMPTS
from engine.commands.send_jobs import LEASE
from engine.model import Clock, Job, Notice
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from engine.services import ServiceCall
from engine.work import Work
from tests.engine.conftest import Visits


def do_all(visits: Visits) -> int:
    """Rings and does what is due, until nothing is left."""
    return tick(visits.city.engine, lambda job_id: do_job(visits.city.engine, job_id))


def states(visits: Visits) -> dict[str, int]:
    found = [job.state for job in visits.city.rows(Job)]
    return {state: found.count(state) for state in sorted(set(found))}


def told(visits: Visits) -> list[tuple[str, str]]:
    return sorted((n.kind, n.person_id) for n in visits.city.rows(Notice))


def busy_cases(visits: Visits) -> None:
    for _ in range(3):
        visits.plan(visits.start())


def test_five_deliveries_in_random_order_and_days_late_do_it_once(visits: Visits) -> None:
    busy_cases(visits)
    rung: list[str] = []
    tick(visits.city.engine, rung.append)
    bells = rung * 5
    random.Random(3).shuffle(bells)

    done = [do_job(visits.city.engine, job_id) for job_id in bells[: len(bells) // 2]]
    visits.city.clock.advance(days=5)
    done += [do_job(visits.city.engine, job_id) for job_id in bells[len(bells) // 2 :]]

    assert done.count(True) == len(rung) == 6
    assert states(visits) == {"done": 6}
    hr, town_union = visits.city.actor("hr").person_id, visits.city.actor("town_union").person_id
    # Three plans were made before anybody was told of them, so only the checks are still news.
    assert told(visits) == sorted([("task_opened", hr)] * 3 + [("task_opened", town_union)] * 3)


def test_a_bell_that_was_lost_is_rung_again_when_the_lease_has_run_out(visits: Visits) -> None:
    visits.start()
    assert tick(visits.city.engine, lambda job_id: None) == 1
    assert do_all(visits) == 0

    visits.city.clock.now += LEASE
    visits.city.clock.advance(seconds=1)

    assert do_all(visits) == 1
    assert states(visits) == {"done": 1}
    assert len(told(visits)) == 1


def test_a_broker_that_is_down_loses_nothing(visits: Visits) -> None:
    visits.start()

    def down(job_id: str) -> None:
        raise ConnectionError("no broker")

    with pytest.raises(ConnectionError):
        tick(visits.city.engine, down)

    visits.city.clock.now += LEASE * 2
    assert do_all(visits) == 1
    assert len(told(visits)) == 1


def test_a_failing_job_rests_longer_each_time_and_is_given_up(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(work: Work, args: Mapping[str, Any]) -> None:
        raise RuntimeError("broken")

    monkeypatch.setitem(jobs.KINDS, "notify_task", broken)  # type: ignore[arg-type]
    visits.start()
    tries = []
    for second in range(3000):
        if do_all(visits):
            tries.append(second)
        visits.city.clock.advance(seconds=FIRST_PAUSE.total_seconds())
        if states(visits) == {"dead": 1}:
            break

    assert [later - earlier for earlier, later in pairwise(tries)] == [1, 2, 4, 8, 16, 32, 64]
    (job,) = visits.city.rows(Job)
    assert (job.attempts, job.state) == (MOST_ATTEMPTS, "dead")
    assert "RuntimeError" in (job.last_error or "")


def test_one_failing_job_does_not_hold_up_the_others(visits: Visits) -> None:
    with visits.city.session() as session, session.begin():
        session.add(Job(kind="unknown_to_us", args={}, due_at=visits.city.clock.now))
    visits.start()

    do_all(visits)

    assert states(visits) == {"done": 1, "ready": 1}


def test_what_failed_half_way_leaves_no_half(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = jobs.KINDS["notify_task"]

    def half(work: Work, args: Mapping[str, Any]) -> None:
        whole(work, args)
        work.session.flush()
        raise RuntimeError("after the notice, before the mark")

    monkeypatch.setitem(jobs.KINDS, "notify_task", half)  # type: ignore[arg-type]
    visits.start()

    do_all(visits)

    assert told(visits) == []
    monkeypatch.setitem(jobs.KINDS, "notify_task", whole)  # type: ignore[arg-type]
    visits.city.clock.now += FIRST_PAUSE
    do_all(visits)
    assert len(told(visits)) == 1


def test_a_clock_that_cannot_be_reminded_of_stops_nothing(visits: Visits) -> None:
    broken, sound = visits.start(), visits.start()
    visits.city.clock.advance(days=59)
    with visits.city.session() as session, session.begin():
        clock = session.get_one(Clock, visits.clock(broken, "plan_late").id)
        clock.reminders = ["not a day"]

    do_all(visits)

    assert "clock_reminded" in visits.actions(sound)
    assert states(visits)["done"] >= 2


def test_an_audience_is_told_once_each_with_the_case_number(visits: Visits) -> None:
    case_id = visits.start()

    def say(call: ServiceCall) -> Mapping[str, Any]:
        call.notify("worker_chief", "process_notice", {"text": "请到场"})
        call.notify("town_union", "process_notice", {"text": "请到场"})
        return {}

    visits.city.engine.services["test/reckon"] = say
    visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)
    do_all(visits)

    notices = visits.city.rows(Notice, Notice.kind == "process_notice")
    assert {n.person_id for n in notices} == {visits.city.actor(u).person_id for u in ("chair", "town_union")}
    assert len(notices) == 2
    assert all(n.params == {"text": "请到场", "case": visits.case(case_id).number} for n in notices)


def test_who_took_the_task_before_the_bell_is_the_only_one_told(visits: Visits) -> None:
    case_id = visits.start()
    visits.plan(case_id)
    visits.take(case_id, "check_plan", "town_union")

    do_all(visits)

    assert told(visits) == [("task_opened", visits.city.actor("town_union").person_id)]


def test_a_tick_fires_reminds_and_rings(visits: Visits) -> None:
    case_id = visits.start()
    visits.city.clock.advance(days=70)

    do_all(visits)

    assert visits.clock(case_id, "plan_late").state == "fired"
    assert {"task_opened", "clock_fired"} <= {kind for kind, _ in told(visits)}
