"""Faults F1 and F16: people are killed while they work, or reach for the same task from several processes."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.model import TaskOffer, UserTask
from tests.architecture.source_tree import ROOT
from tests.engine.conftest import Visits
from tests.faults.invariants import broken_invariants

KILLS = 30
ONE_TASK = 0.1  # seconds; a completion takes a part of it


class PeopleAtWork:
    """The other side of `people_at_work`."""

    def __init__(self, url: str, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.people_at_work", url, str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def order(self, *words: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def answers(self) -> Iterator[list[str]]:
        assert self.process.stdout
        for line in self.process.stdout:
            if line == "ended\n":
                return
            yield line.split()
        raise RuntimeError("the process with the people ended")

    def work_and_die(self, *, tasks: int, after: float, at: str = "loop") -> list[str]:
        """Killed so many seconds after so many tasks; gives the ids of those that were reported as done."""
        self.order(at)
        answers, done = self.answers(), []
        _, pid = next(answers)
        while len(done) < tasks:
            done.append(next(answers)[1])
        time.sleep(after)
        os.kill(int(pid), signal.SIGKILL)
        return [*done, *(task for _, task in answers)]

    def stop(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture
def workers(visits: Visits, tmp_path: Path) -> Iterator[PeopleAtWork]:
    people = PeopleAtWork(visits.city.database.url, tmp_path)
    yield people
    people.stop()


def test_what_was_reported_as_done_survives_every_kill(visits: Visits, workers: PeopleAtWork) -> None:
    for _ in range(3):
        visits.start()
    moments = random.Random(7)

    reported = []
    for _ in range(KILLS):
        reported += workers.work_and_die(tasks=moments.choice((0, 1, 2)), after=moments.uniform(0, ONE_TASK))

    completed = {t.id for t in visits.city.rows(UserTask, UserTask.state == "completed")}
    assert len(reported) == len(set(reported)) >= KILLS / 2
    assert set(reported) <= completed
    assert len(completed - set(reported)) <= KILLS
    assert broken_invariants(visits.city.engine) == []


def test_a_case_goes_on_after_the_kills(visits: Visits, workers: PeopleAtWork) -> None:
    case_id = visits.start()
    for after in (0.0, 0.02, 0.04, 0.06, 0.08):
        workers.work_and_die(tasks=1, after=after)

    if visits.open_elements(case_id) == ["plan_visit"]:
        visits.plan(case_id)
    visits.do(case_id, "check_plan", "town_union", approved=True)

    assert broken_invariants(visits.city.engine) == []


def test_of_people_in_many_processes_one_takes_the_task(visits: Visits, workers: PeopleAtWork) -> None:
    names = ["lawyer1", "lawyer2", "lawyer3", "tax1", "tax2", "doctor1"]
    for _ in range(4):
        task = visits.city.task_at(visits.start(), "plan_visit")
        with visits.city.session() as session, session.begin():
            ids = [visits.city.actor(name).person_id for name in names]
            session.add_all(TaskOffer(task_id=task.id, audience=f"person:{person_id}") for person_id in ids)

        workers.order("claim", task.id, *names)
        outcomes = {name: code for _, name, *code in workers.answers()}

        assert sorted(code[0] for code in outcomes.values()) == ["claimed"] + ["task_already_claimed"] * 5
        (winner,) = [name for name, code in outcomes.items() if code == ["claimed"]]
        assert visits.city.rows(UserTask, UserTask.id == task.id)[0].assignee_id == visits.city.actor(winner).person_id
    assert broken_invariants(visits.city.engine) == []
