"""Faults F2 and F13 on PostgreSQL and Redis: a worker is killed with jobs in flight, the broker forgets everything."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from engine.commands.move_training_clock import MoveTrainingClock
from engine.commands.send_jobs import LEASE
from engine.model import Job, Notice
from tests.architecture.source_tree import ROOT
from tests.engine.conftest import Visits

JOBS = 300
TONGBAN = Path(sys.executable).parent / "tongban"


class Workers:
    """`tongban worker` processes on one database and one broker."""

    def __init__(self, visits: Visits, redis_url: str, folder: Path) -> None:
        self.folder = folder
        self.running: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "TONGBAN_DATABASE_URL": visits.city.database.url,
            "TONGBAN_BROKER_URL": redis_url,
            "TONGBAN_DATA_DIR": str(folder),
            "TONGBAN_DEMO": "1",
        }

    def start(self) -> subprocess.Popen[bytes]:
        with (self.folder / f"worker_{len(self.running)}.log").open("wb") as log:
            process = subprocess.Popen(
                [TONGBAN, "worker", "--concurrency=2"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.running.append(process)
        return process

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait(10)

    def logs(self) -> str:
        return "\n".join(path.read_text()[-2000:] for path in sorted(self.folder.glob("worker_*.log")))


@pytest.fixture
def workers(visits: Visits, redis_url: str, tmp_path: Path) -> Iterator[Workers]:
    started = Workers(visits, redis_url, tmp_path)
    yield started
    started.stop()


def until(reached: Callable[[], bool], workers: Workers, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, workers.logs()
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_every_job_is_done_once_though_worker_and_broker_are_lost(
    visits: Visits, workers: Workers, redis_url: str
) -> None:
    visits.city.clock.now = datetime.now(UTC)
    case_id = visits.start()
    with visits.city.session() as session, session.begin():
        for number in range(JOBS):
            what = {"audience": "worker_chief", "kind": "process_notice", "params": {"text": str(number)}}
            session.add(Job(kind="notify_audience", args={"case_id": case_id, **what}, due_at=visits.city.clock.now))
    unlucky, _ = workers.start(), workers.start()

    def done() -> int:
        return len(visits.city.rows(Job.id, Job.state == "done"))

    until(lambda: done() >= JOBS // 10, workers, seconds=40)
    unlucky.kill()
    redis.Redis.from_url(redis_url).flushall()
    assert done() < JOBS, "killed too late to prove anything"
    visits.city.run(MoveTrainingClock(duration=LEASE + timedelta(seconds=1)), by="hr")
    until(lambda: done() == JOBS + 1, workers, seconds=60)

    told = [n.params["text"] for n in visits.city.rows(Notice, Notice.kind == "process_notice")]
    assert sorted(told, key=int) == [str(number) for number in range(JOBS)]
    assert {job.attempts for job in visits.city.rows(Job)} == {1}
