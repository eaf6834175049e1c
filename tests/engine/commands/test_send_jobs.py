from datetime import timedelta

from engine.commands.do_job import DoJob
from engine.commands.send_jobs import LEASE, SendJobs
from engine.model import Job
from engine.model.base_model import new_id
from tests.engine.conftest import Visits


def jobs(visits: Visits, *delays: float) -> list[str]:
    ids = [new_id() for _ in delays]
    with visits.city.session() as session, session.begin():
        for job_id, delay in zip(ids, delays, strict=True):
            due_at = visits.city.clock.now + timedelta(seconds=delay)
            session.add(Job(id=job_id, kind="notify_task", args={"task_id": "none"}, due_at=due_at))
    return ids


def sent(visits: Visits, limit: int = 200) -> tuple[str, ...]:
    return visits.city.run(SendJobs(limit=limit), by="system")


def test_due_jobs_go_out_the_oldest_first(visits: Visits) -> None:
    now, later, earlier = jobs(visits, 0, 1, -5)

    assert sent(visits) == (earlier, now)
    assert sent(visits) == ()
    visits.city.clock.advance(seconds=1)
    assert sent(visits) == (later,)


def test_a_batch_has_a_limit(visits: Visits) -> None:
    ids = jobs(visits, -3, -2, -1)

    assert sent(visits, limit=2) == tuple(ids[:2])
    assert sent(visits, limit=2) == tuple(ids[2:])


def test_a_job_whose_worker_did_not_come_back_is_rung_for_again(visits: Visits) -> None:
    (job_id,) = jobs(visits, 0)
    sent(visits)
    visits.city.clock.now += LEASE
    assert sent(visits) == ()

    visits.city.clock.advance(seconds=1)

    assert sent(visits) == (job_id,)


def test_a_job_that_is_done_is_never_rung_for_again(visits: Visits) -> None:
    (job_id,) = jobs(visits, 0)
    sent(visits)
    visits.city.run(DoJob(job_id=job_id), by="system")

    visits.city.clock.advance(days=30)

    assert sent(visits) == ()


def test_two_senders_never_send_the_same_job(visits: Visits) -> None:
    from concurrent.futures import ThreadPoolExecutor

    ids = jobs(visits, *range(-60, 0))
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda _: sent(visits, limit=10), range(16)))

    assert sorted(i for batch in batches for i in batch) == sorted(ids)
