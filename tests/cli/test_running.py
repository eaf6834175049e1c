"""`tongban serve` and `tongban worker` as processes of their own."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from engine.model import Job
from tests.architecture.source_tree import ROOT
from tests.city import City
from tests.factories import a_case
from tests.servers import free_port, wait_for_port

SECONDS = 40
pytestmark = pytest.mark.timeout(120)


@contextmanager
def running(
    command: str, environment: Mapping[str, str], *, log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    start = [sys.executable, "-c", "from cli import main; main()", command]
    with (log or Path(os.devnull)).open("wb") as said:
        told = {"stdout": said, "stderr": subprocess.STDOUT} if log else {}
        process = subprocess.Popen(start, cwd=ROOT, env={**os.environ, **environment}, **told)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)


def environment(city: City, folder: Path, **more: str) -> dict[str, str]:
    settings = {"TONGBAN_DATABASE_URL": city.database.url, "TONGBAN_DATA_DIR": str(folder), "PYTHONWARNINGS": "default"}
    return settings | more


def wait_until_done(city: City) -> list[str]:
    """The states of all jobs, when none is left to do or the time is over."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        states = [job.state for job in city.rows(Job)]
        if states and set(states) == {"done"}:
            return states
        time.sleep(0.2)
    return states


def test_the_application_serves_does_its_jobs_and_stops_cleanly(people: City, tmp_path: Path) -> None:
    a_case(people)
    port, log = free_port(), tmp_path / "log"
    # What an operator may have set for another gunicorn must not make this one write down who comes.
    settings = environment(people, tmp_path, TONGBAN_PORT=str(port), GUNICORN_CMD_ARGS="--access-logfile -")

    with running("serve", settings, log=log) as process:
        wait_for_port(port, process=process, seconds=SECONDS)
        with urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            ready = answer.status
        refused = cast_nothing(f"http://127.0.0.1:{port}/api/v1/ballots/none/votes")
        states = wait_until_done(people)

    assert (ready, refused) == (200, 404)
    assert set(states) == {"done"}
    assert process.returncode == 0
    assert [line for line in log.read_text("utf-8").splitlines() if "ballots" in line or "GET" in line] == []


def cast_nothing(address: str) -> int:
    part = base64.b64encode(bytes(32)).decode()
    vote = json.dumps(dict.fromkeys(("key", "token", "sealed", "proof"), part)).encode()
    with pytest.raises(HTTPError) as refusal:
        urlopen(Request(address, vote, {"Content-Type": "application/json"}))
    with refusal.value as answer:
        return answer.code


def test_a_worker_behind_a_broker_does_the_jobs(people: City, tmp_path: Path, redis_url: str) -> None:
    a_case(people)

    with running("worker", environment(people, tmp_path, TONGBAN_BROKER_URL=redis_url)):
        states = wait_until_done(people)

    assert set(states) == {"done"}
