"""People who work in processes of their own, so that a test can kill them.

`python -m tests.faults.people_at_work URL FOLDER` reads orders from its input, one a line, and forks a child for each
person; a fork costs milliseconds where a new interpreter costs seconds. Every line it prints is one write:

    loop                      a child completes tasks until it is killed: "at_work PID", "done TASK" …, "ended"
    move                      a child moves cases of a migration until it is killed: "at_work PID", "done CASES" …
    claim TASK NAME NAME …    each claims the task at the same moment: "said NAME CODE" …, "ended"
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.errors import EngineError
from engine.model import Case, Deployment, Job, MigrationRun, UserTask
from engine.model.job import JobState
from engine.outbox import migrating, slices
from engine.outbox.doing import do_job
from tests.city import City, SharedDefinitions, open_city
from tests.databases import Database

PERSON_AT = {"plan_visit": "hr", "check_plan": "town_union"}
ANSWERS_AT = {
    "plan_visit": {"plan": "上午到厂", "visit_on": "2026-03-20", "sketch": []},
    "check_plan": {"approved": False},
}
ALL_READY_SECONDS = 0.4


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work_for_ever(city: City) -> None:
    """Plan, refuse the plan, plan again; one case after the other."""
    tell("at_work", os.getpid())
    while True:
        for case_id in [case.id for case in city.rows(Case, Case.status == "running")]:
            for task in city.tasks(case_id):
                do(city, task)


def do(city: City, task: UserTask) -> None:
    person = PERSON_AT[task.element_id]
    city.run(ClaimTask(task_id=task.id), by=person)
    city.run(CompleteTask(task_id=task.id, answers=ANSWERS_AT[task.element_id]), by=person)
    tell("done", task.id)


def move_for_ever(city: City) -> None:
    """The jobs of a migration, in small pieces."""
    migrating.AT_ONCE, slices.SLICE_SECONDS = 2, 0.02
    tell("at_work", os.getpid())
    while jobs := city.rows(Job, Job.kind == "migration", Job.state.not_in((JobState.DONE, JobState.DEAD))):
        do_job(city.engine, jobs[0].id)
        tell("done", city.rows(MigrationRun)[0].moved)


def claim_from(a_city: Callable[[], City], task_id: str, username: str, *, at: float) -> None:
    city = a_city()
    city.actor(username)
    time.sleep(max(0.0, at - time.monotonic()))
    try:
        city.run(ClaimTask(task_id=task_id), by=username)
    except EngineError as refusal:
        tell("said", username, refusal.code)
    except SQLAlchemyError as lock:
        tell("said", username, type(lock).__name__)
    else:
        tell("said", username, "claimed")


def _at_work(work: Callable[[City], None], a_city: Callable[[], City]) -> None:
    work(a_city())


def forked(act: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            act()
        finally:
            os._exit(0)
    return pid


_FOR_EVER = {"loop": work_for_ever, "move": move_for_ever}


def main(url: str, folder: str) -> None:
    definitions = SharedDefinitions()

    def a_city() -> City:
        city = open_city(Database("", url), data_dir=Path(folder), definitions=definitions)
        city.engine._clock = lambda: city.clock.now
        return city

    first = a_city()
    with first.engine.reading() as session:
        for deployment in session.scalars(select(Deployment)):
            bundle = first.engine.catalogue.bundle(session, deployment.id)
            # Read once here, so that no child has to.
            first.engine.catalogue.specs.specs(bundle.content_hash, bundle.process)
    first.engine.database.dispose()
    for order in sys.stdin:
        verb, *words = order.split()
        if verb in _FOR_EVER:
            children = [forked(partial(_at_work, _FOR_EVER[verb], a_city))]
        else:
            start = time.monotonic() + ALL_READY_SECONDS
            children = [forked(partial(claim_from, a_city, words[0], name, at=start)) for name in words[1:]]
        for pid in children:
            os.waitpid(pid, 0)
        tell("ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
