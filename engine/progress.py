"""After a process has moved: bring tasks, clocks, failures, stage and the end of the case in line with its tokens."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import bindparam, delete

from engine.automation import Automation
from engine.case_links import tell_those_it_supports
from engine.case_work import CaseWork
from engine.clockwork import stop_clock
from engine.cosigning import requests
from engine.definitions.process import Element
from engine.inbox import wait_for_events
from engine.incidents import close_overtaken, open_incidents
from engine.model import TaskOffer
from engine.opening import open_task, start_timer
from engine.parties import retire_audience
from engine.spiff.process_run import ProcessRun
from engine.spiff.spec_building import Specs
from engine.spiff.step import Step
from engine.trails import keep_trail

_WITHDRAW = delete(TaskOffer).where(TaskOffer.task_id.in_(bindparam("task_ids", expanding=True)))


@contextmanager
def moving(folder: CaseWork, *, by_person: bool) -> Iterator[ProcessRun]:
    """Restore the run, let the caller move it, then bring all rows in line with where the tokens are.

    `by_person` tells whether clocks that are not needed any more were met, or given up.
    """
    run = ProcessRun.restore(folder.instance.state, specs_of(folder), Automation(folder), folder.trail)
    yield run
    settle(folder, run, by_person=by_person)


def look_again(folder: CaseWork) -> None:
    """A variable has changed outside of the diagram: conditions that wait for it are asked, and mostly none fires."""
    if specs_of(folder).has_conditions:
        run = ProcessRun.restore(folder.instance.state, specs_of(folder), Automation(folder), folder.trail)
        if run.look_again():
            settle(folder, run, by_person=True)


def specs_of(folder: CaseWork) -> Specs:
    """What SpiffWorkflow executes for this case."""
    return folder.work.catalogue.specs.specs(folder.bundle.content_hash, folder.bundle.process)


def settle(folder: CaseWork, run: ProcessRun, *, by_person: bool) -> None:
    """Write down where the process is now; messages that came early let it move on at once."""
    _reconcile(folder, run, by_person=by_person)
    while wait_for_events(folder, run):
        _reconcile(folder, run, by_person=by_person)
    folder.instance.state = run.dump()
    keep_trail(folder)
    if run.is_finished:
        _close(folder)


def _reconcile(folder: CaseWork, run: ProcessRun, *, by_person: bool) -> None:
    _note_passed(folder, run)
    _set_stage(folder, run)
    elements = folder.bundle.process.elements
    people, timers = [], []
    for step in run.steps:
        if step.kind == "timer":
            timers.append(step)
        elif step.kind == "user" or (step.kind == "message" and elements[step.element_id].is_discretionary):
            people.append(step)
    _end_tasks(folder, {s.id for s in people})
    _end_clocks(folder, {s.id for s in timers}, by_person=by_person)
    _begin(folder, timers, start_timer)
    _begin(folder, people, open_task)
    open_incidents(folder, run)
    close_overtaken(folder, run)


def _begin(folder: CaseWork, steps: Iterable[Step], begin: Callable[[CaseWork, Element, Step], None]) -> None:
    known = {t.step_id for t in folder.tasks} | {c.step_id for c in folder.clocks}
    elements = folder.bundle.process.elements
    for step in steps:
        if step.id not in known:
            begin(folder, elements[step.element_id], step)


def _end_tasks(folder: CaseWork, waiting: set[str]) -> None:
    """Tasks whose token has gone: completed ones are done already, the others are cancelled."""
    requests.close(folder, [t for t in folder.tasks if t.step_id not in waiting], reason=requests.STEP_ENDED)
    gone = [t for t in folder.tasks if t.step_id not in waiting]
    for task in gone:
        folder.tasks.remove(task)
        if task.completed_at is None:
            task.cancel()
        if task.completed_at is None and not task.discretionary:
            folder.record("task_cancelled", element_id=task.element_id, task_id=task.id, actor="system")
    if gone:
        # Without a flush in between, the rows of this command are written together at its end, each once.
        with folder.work.session.no_autoflush:
            folder.work.session.execute(_WITHDRAW, {"task_ids": [t.id for t in gone]})
    for clock in [c for c in folder.clocks if c.task_id in {t.id for t in gone}]:
        stop_clock(folder, clock, met=any(t.id == clock.task_id and t.completed_at for t in gone))


def _end_clocks(folder: CaseWork, waiting: set[str], *, by_person: bool) -> None:
    for clock in [c for c in folder.clocks if c.step_id is not None and c.step_id not in waiting]:
        stop_clock(folder, clock, met=by_person)


def _note_passed(folder: CaseWork, run: ProcessRun) -> None:
    elements = folder.bundle.process.elements
    passed = [name for name in run.passed if name in elements]
    run.passed.clear()
    if passed:
        folder.instance.passed = [*dict.fromkeys([*folder.instance.passed, *passed])]
        folder.record("process_moved", actor="system", details={"passed": passed})


def _set_stage(folder: CaseWork, run: ProcessRun) -> None:
    here = [s.id for s in folder.bundle.process.stages if s.id in run.occupied]
    if here and here[-1] != folder.case.stage:
        folder.case.stage = here[-1]
        folder.record("stage_entered", element_id=here[-1], actor="system")


def _close(folder: CaseWork) -> None:
    for clock in list(folder.clocks):
        stop_clock(folder, clock, met=False)
    folder.case.complete(at=folder.work.now)
    tell_those_it_supports(folder)
    retire_audience(folder)
    folder.record("case_completed", actor="system")
