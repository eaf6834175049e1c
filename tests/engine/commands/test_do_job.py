from datetime import timedelta
from typing import Any

import pytest

from engine.commands.do_job import DoJob, FailJob, JobKindUnknown
from engine.commands.recompute_clock import SystemOnly
from engine.model import HistoryEntry, Job, Notice
from engine.model.base_model import new_id
from tests.engine.conftest import Visits


def the_job(visits: Visits, job_id: str) -> Job:
    return visits.city.rows(Job, Job.id == job_id)[0]


def notify_job(visits: Visits) -> Job:
    case_id = visits.start()
    (job,) = visits.city.rows(Job, Job.kind == "notify_task")
    assert job.args == {"task_id": visits.city.task_at(case_id, "plan_visit").id}
    return job


def a_job(visits: Visits, kind: str, **args: Any) -> str:
    job_id = new_id()
    with visits.city.session() as session, session.begin():
        session.add(Job(id=job_id, kind=kind, args=args, due_at=visits.city.clock.now))
    return job_id


def test_effect_and_mark_come_together(visits: Visits) -> None:
    job = notify_job(visits)

    assert visits.city.run(DoJob(job_id=job.id), by="system")

    assert (the_job(visits, job.id).state, the_job(visits, job.id).attempts) == ("done", 1)
    (notice,) = visits.city.rows(Notice)
    assert (notice.person_id, notice.kind) == (visits.city.actor("hr").person_id, "task_opened")
    assert notice.params["task"] == "制定计划"


def test_a_second_delivery_finds_it_done(visits: Visits) -> None:
    job = notify_job(visits)
    visits.city.run(DoJob(job_id=job.id), by="system")
    visits.city.clock.advance(days=5)

    assert [visits.city.run(DoJob(job_id=job.id), by="system") for _ in range(4)] == [False] * 4

    assert len(visits.city.rows(Notice)) == 1
    assert the_job(visits, job.id).attempts == 1


def test_a_bell_for_no_job_is_nothing(visits: Visits) -> None:
    assert visits.city.run(DoJob(job_id="none"), by="system") is False
    visits.city.run(FailJob(job_id="none", error="x"), by="system")


def test_only_the_system_does_jobs(visits: Visits) -> None:
    job = notify_job(visits)

    with pytest.raises(SystemOnly):
        visits.city.run(DoJob(job_id=job.id), by="admin")
    assert the_job(visits, job.id).state == "ready"


def test_a_job_of_a_newer_version_is_left_for_a_newer_worker(visits: Visits) -> None:
    job_id = a_job(visits, "fly_to_the_moon")

    with pytest.raises(JobKindUnknown):
        visits.city.run(DoJob(job_id=job_id), by="system")

    assert the_job(visits, job_id).state == "ready"


def test_each_failure_doubles_the_pause_and_the_eighth_is_the_last(visits: Visits) -> None:
    job_id = a_job(visits, "fly_to_the_moon")
    pauses = []
    for _ in range(8):
        visits.city.run(FailJob(job_id=job_id, error="no fuel"), by="system")
        pauses.append(the_job(visits, job_id).due_at - visits.city.clock.now)

    assert pauses == [timedelta(seconds=10 * 2**n) for n in range(8)]
    job = the_job(visits, job_id)
    assert (job.state, job.attempts, job.last_error) == ("dead", 8, "no fuel")
    assert visits.city.run(DoJob(job_id=job_id), by="system") is False
    (entry,) = visits.city.rows(HistoryEntry, HistoryEntry.action == "job_given_up")
    assert entry.details == {"job": job_id, "kind": "fly_to_the_moon"}


def test_a_late_bell_does_not_shorten_the_pause_after_a_failure(visits: Visits) -> None:
    job = notify_job(visits)
    visits.city.run(FailJob(job_id=job.id, error="x"), by="system")

    assert visits.city.run(DoJob(job_id=job.id), by="system") is False

    visits.city.clock.advance(seconds=10)
    assert visits.city.run(DoJob(job_id=job.id), by="system") is True


def test_a_failure_reported_after_the_deed_changes_nothing(visits: Visits) -> None:
    job = notify_job(visits)
    visits.city.run(DoJob(job_id=job.id), by="system")

    visits.city.run(FailJob(job_id=job.id, error="lost the connection"), by="system")

    assert the_job(visits, job.id).state == "done"


def test_a_long_error_is_cut(visits: Visits) -> None:
    job_id = a_job(visits, "fly_to_the_moon")

    visits.city.run(FailJob(job_id=job_id, error="x" * 5000), by="system")

    assert len(the_job(visits, job_id).last_error or "") == 1000
