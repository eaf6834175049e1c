"""`make run` has no broker: relay and worker live in the web process."""

import time

from engine.model import Job, Notice
from engine.outbox.embedded import EmbeddedWorker
from tests.engine.conftest import Visits


def wait_until_done(visits: Visits, jobs: int, *, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if len(visits.city.rows(Job, Job.state == "done")) == jobs:
            return
        time.sleep(0.1)
    raise AssertionError({job.kind: (job.state, job.last_error) for job in visits.city.rows(Job)})


def test_jobs_that_wait_and_jobs_that_come_are_done(visits: Visits) -> None:
    visits.start()
    worker = EmbeddedWorker(visits.city.engine).start()
    try:
        wait_until_done(visits, 1)
        visits.plan(visits.start())
        wait_until_done(visits, 3)
    finally:
        worker.stop()

    assert len(visits.city.rows(Notice)) >= 3
