"""What the page of a try shows: where the tokens are, who can do what now, the case as the system sees it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.actor import SYSTEM
from engine.errors import EngineError
from engine.queries.candidates import candidates_of_all
from engine.queries.case_file import CaseFile, case_file
from engine.queries.case_variables import case_variables
from engine.queries.diagram import DiagramState, diagram
from engine.queries.initiatives import initiatives
from engine.queries.processes import StartForm, start_form
from engine.queries.rows import TaskRow
from engine.queries.task_file import TaskFile, task_file
from playing.trial import TrialRun
from playing.trials import players

MOST_NAMED = 8

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """A task that waits: who has it, or who may take it."""

    task: TaskRow
    people: Pairs
    more: int


@dataclass(frozen=True)
class TrialView:
    file: CaseFile
    drawn: DiagramState
    steps: tuple[Step, ...]
    variables: Pairs
    now: datetime
    next_due: datetime | None


def view_of(run: TrialRun, session: Any, *, which: str | None = None) -> TrialView:
    engine, case_id = run.engine, run.journal.case_id or ""
    now = engine.now()
    file = case_file(session, SYSTEM, case_id, catalogue=engine.catalogue, now=now)
    drawn = diagram(session, SYSTEM, case_id, catalogue=engine.catalogue, which=which)
    steps = tuple(_step(session, task) for task in file.tasks)
    variables = tuple((name, _written(value)) for name, value in case_variables(session, SYSTEM, case_id).items())
    due = sorted(clock.due_at for clock in file.clocks if clock.state == "running" and clock.due_at > now)
    return TrialView(file, drawn, steps, variables, now, due[0] if due else None)


def offered(run: TrialRun, session: Any, username: str) -> tuple[TaskRow, ...]:
    """What this person may start of their own accord; who cannot see the case, nothing."""
    engine, case_id = run.engine, run.journal.case_id or ""
    try:
        return initiatives(session, run.actor(username), case_id, catalogue=engine.catalogue, now=engine.now())
    except EngineError:
        return ()


def task_of(run: TrialRun, session: Any, task_id: str, username: str) -> TaskFile:
    """Its words are read from the session when the form asks for them. Raises TaskNotFound."""
    engine = run.engine
    return task_file(session, run.actor(username), task_id, catalogue=engine.catalogue, now=engine.now())


def beginning(run: TrialRun, session: Any, username: str, enterprise: str | None) -> StartForm:
    """Its words are read from the session when the form asks for them. Raises EnterpriseNotOffered."""
    engine = run.engine
    return start_form(
        session, run.actor(username), run.journal.process,
        catalogue=engine.catalogue, now=engine.now(), enterprise=enterprise,
    )  # fmt: skip


def starters(run: TrialRun, session: Any) -> Pairs:
    """Who may start a case of this process."""
    groups = run.engine.catalogue.latest(session, run.journal.process)[1].process.starter_groups
    return players(groups)


def cast(view: TrialView) -> Pairs:
    """Who has to do with the case now: its parties, and to whom something is offered."""
    named = {party.person: party.name for party in view.file.parties}
    named |= {username: name for step in view.steps for username, name in step.people}
    return tuple(named.items())


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def end_of(view: TrialView) -> str | None:
    """The end event of the main level at which the case is over."""
    if view.file.case.status == "running":
        return None
    process = view.file.process
    ends = (process.elements[id_] for id_ in view.drawn.done if id_ in process.elements)
    return next((e.id for e in ends if e.type == "endEvent" and e.parent in ("", process.key)), None)


def _step(session: Any, task: TaskRow) -> Step:
    if task.assignee:
        return Step(task, ((task.assignee, task.assignee_name or task.assignee),), 0)
    people = candidates_of_all(session, [task.id])
    return Step(task, people[:MOST_NAMED], max(0, len(people) - MOST_NAMED))
