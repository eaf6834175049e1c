"""A worker that moves many cases is killed again and again: none is lost, none is moved twice."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands.pause_migration import PauseMigration, ResumeMigration
from engine.commands.start_migration import StartMigration
from engine.model import CaseMigration, HistoryEntry, Job, MigrationRow, MigrationRun
from engine.model.job import JobState
from engine.outbox.doing import do_job
from tests.engine.elements.conftest import Street, street
from tests.faults.invariants import broken_invariants
from tests.faults.test_killed import PeopleAtWork

__all__ = ["street"]

CASES, KILLS = 60, 8
LINE = "begin -> one -> two -> finish\nuser one\nuser two\n"
LONGER = "begin -> one -> more -> two -> finish\nuser one\nuser more\nuser two\n"


@pytest.fixture
def begun(street: Street) -> Street:
    """Sixty cases that are to be moved."""
    street.deploy(LINE)
    for _ in range(CASES):
        street.start()
    street.deploy(LONGER)
    order = StartMigration(process="main", from_version=1, to_version=2, reason="流程改版")
    street.city.run(order, by="designer")
    return street


@pytest.fixture
def workers(begun: Street, tmp_path: Path) -> Iterator[PeopleAtWork]:
    people = PeopleAtWork(begun.city.database.url, tmp_path)
    yield people
    people.stop()


def test_what_a_killed_worker_left_the_next_one_finds(begun: Street, workers: PeopleAtWork) -> None:
    moments = random.Random(3)
    for _ in range(KILLS):
        workers.work_and_die(tasks=moments.choice((0, 1)), after=moments.uniform(0, 0.08), at="move")
    (run,) = begun.city.rows(MigrationRun)
    assert 0 < run.moved < CASES

    begun.city.run(PauseMigration(run_id=run.id), by="designer")
    (job,) = begun.city.rows(Job, Job.kind == "migration", Job.state.not_in((JobState.DONE, JobState.DEAD)))
    do_job(begun.city.engine, job.id)
    assert begun.city.rows(MigrationRun)[0].moved == run.moved
    begun.city.run(ResumeMigration(run_id=run.id), by="designer")
    begun.city.clock.advance(minutes=30)
    begun.work_off()

    (run,) = begun.city.rows(MigrationRun)
    assert (run.state, run.moved, run.stayed) == ("done", CASES, 0)
    entries = Counter(e.stream for e in begun.city.rows(HistoryEntry, HistoryEntry.action == "case_migrated"))
    rows = Counter(row.case_id for row in begun.city.rows(CaseMigration))
    assert entries == rows == Counter({row.case_id: 1 for row in begun.city.rows(MigrationRow)})
    assert broken_invariants(begun.city.engine) == []
