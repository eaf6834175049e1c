"""Something begins to wait: the rows for a person's task or for a deadline.

The work that led here stands whatever happens now: what cannot be worked out becomes an incident, never a refusal.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from engine.automation import evaluate
from engine.case_work import CaseWork
from engine.clockwork import NO_DEADLINE, start_clock
from engine.definitions.process import Element
from engine.errors import EngineError
from engine.incidents import open_incident
from engine.model import Person, UserTask
from engine.model.base_model import new_id
from engine.model.user_task import TaskState
from engine.moments import moment_of
from engine.parties import offer
from engine.spiff.host import StepFailed
from engine.spiff.step import Failure, Step
from engine.taking import must_be_other_eyes

DEFAULT_PRIORITY = 50


class WaitNotBegun(StepFailed):
    """A deadline or an assignment could not be worked out."""


class CandidatesNotKnown(StepFailed):
    """`candidateUsers` gives no list of usernames of people who are there."""


class AssigneeNotKnown(StepFailed):
    """The person whom the diagram names as assignee does not exist."""


def open_task(folder: CaseWork, element: Element, step: Step) -> None:
    """A person has something to do: a row, its offers, its clock, a notice."""
    with folder.at(step.words):
        _open_task(folder, element, step)


def _open_task(folder: CaseWork, element: Element, step: Step) -> None:
    words = folder.words
    task = UserTask(
        id=new_id(),
        case_id=folder.case.id,
        step_id=step.id,
        element_id=element.id,
        name=_name(element, words),
        form=element.form,
        stage=element.stage or folder.case.stage,
        state=TaskState.OPEN,
        discretionary=element.is_discretionary,
        candidate_groups=list(element.candidate_groups),
        candidate_users=[],
        four_eyes=element.properties.get("four_eyes"),
        priority=_priority(element, words),
        due_at=_moment(element.due_date, words) or _deadline_around(folder, element),
        follow_up_at=_moment(element.follow_up_date, words),
        meeting_at=_moment(element.properties.get("meeting"), words),
        meeting_place=_place(element.properties.get("meeting_place"), words),
        created_at=folder.work.now,
    )
    folder.work.session.add(task)
    folder.tasks.append(task)
    folder.record("task_opened", element_id=element.id, task_id=task.id, actor="system")
    complete_opening(folder, element, task)
    offer(folder, task)
    if not task.discretionary:
        folder.work.enqueue("notify_task", {"task_id": task.id}, dedupe=f"notify_task:{task.id}")


def complete_opening(folder: CaseWork, element: Element, task: UserTask) -> None:
    """Assignment and clock of an open task, as far as they are not there yet."""
    if element.candidate_users and not task.candidate_users:
        _or_incident(folder, element, task.step_id, lambda: _name_candidates(folder, element, task))
    if element.assignee and task.assignee_id is None:
        _or_incident(folder, element, task.step_id, lambda: _assign(folder, element, task))
    if element.properties.get("clock") and not any(c.task_id == task.id for c in folder.clocks):
        _or_incident(folder, element, task.step_id, lambda: _start_clock(folder, element, task))


def _deadline_around(folder: CaseWork, element: Element) -> datetime:
    """Without a deadline of its own a task has the first of those that watch it or the part it lies in."""
    process = folder.bundle.process
    watching = (c.due_at for c in folder.clocks if process.watches(c.element_id, element.id))
    return min(watching, default=NO_DEADLINE)


def start_timer(folder: CaseWork, element: Element, step: Step) -> None:
    """A timer event waits: its clock row."""
    with folder.at(step.words):
        _or_incident(folder, element, step.id, lambda: start_clock(folder, element, step=step))


def _start_clock(folder: CaseWork, element: Element, task: UserTask) -> None:
    task.due_at = start_clock(folder, element, task=task).due_at


def _assign(folder: CaseWork, element: Element, task: UserTask) -> None:
    source = element.assignee or ""
    username = str(evaluate(source, folder.words)) if source.startswith("=") else source
    named = select(Person).where(Person.username == username, Person.left_at.is_(None))
    with folder.work.session.no_autoflush:
        person = folder.work.session.scalars(named).first()
        if person is None:
            raise AssigneeNotKnown(assignee=username)
        must_be_other_eyes(folder, task, person_id=person.id)
    task.assign(person_id=person.id, at=folder.work.now)
    facts = {"assignee": person.username}
    folder.record("task_assigned", element_id=element.id, task_id=task.id, actor="system", details=facts)


def _name_candidates(folder: CaseWork, element: Element, task: UserTask) -> None:
    source = element.candidate_users or ""
    usernames = evaluate(source, folder.words) if source.startswith("=") else re.split(r"\s*,\s*", source.strip())
    if not isinstance(usernames, list) or not usernames or not all(isinstance(name, str) for name in usernames):
        raise CandidatesNotKnown(candidates=str(usernames)[:200])
    named = select(Person).where(Person.username.in_(usernames), Person.left_at.is_(None))
    with folder.work.session.no_autoflush:
        found = {person.username: person.id for person in folder.work.session.scalars(named)}
    if set(usernames) - set(found):
        raise CandidatesNotKnown(candidates=", ".join(sorted(set(usernames) - set(found)))[:200])
    task.candidate_users = [found[name] for name in dict.fromkeys(usernames)]
    folder.record(
        "task_offered", element_id=element.id, task_id=task.id, actor="system", details={"people": list(found)}
    )


def _or_incident(folder: CaseWork, element: Element, step_id: str, begin: Callable[[], object]) -> None:
    try:
        begin()
    except StepFailed as failed:
        open_incident(folder, Failure(step_id, element.id, failed))
    except (EngineError, ValueError, TypeError) as wrong:
        cause = wrong.code if isinstance(wrong, EngineError) else type(wrong).__name__
        open_incident(folder, Failure(step_id, element.id, WaitNotBegun(cause=cause, reason=str(wrong)[:200])))


def _name(element: Element, words: Mapping[str, Any]) -> str:
    """The name of the element; of an instance of many also which one it is."""
    label = element.properties.get("instance_label")
    try:
        which = evaluate(label, words) if label else None
    except EngineError:
        which = None
    return f"{element.name}（{which}）"[:200] if which is not None else element.name


def _priority(element: Element, words: Mapping[str, Any]) -> int:
    try:
        value = evaluate(element.priority, words) if element.priority else DEFAULT_PRIORITY
    except EngineError:
        return DEFAULT_PRIORITY
    return int(value) if isinstance(value, (int, Decimal)) else DEFAULT_PRIORITY


def _place(source: str | None, words: Mapping[str, Any]) -> str | None:
    """As with a day: a place that cannot be found out is not known."""
    if not source:
        return None
    try:
        value = evaluate(source, words) if source.startswith("=") else source
    except EngineError:
        return None
    return value.strip()[:200] or None if isinstance(value, str) else None


def _moment(source: str | None, words: Mapping[str, Any]) -> datetime | None:
    """A due date that cannot be computed must not stop the task from being opened; it then has none."""
    if not source:
        return None
    try:
        value = evaluate(source, words) if source.startswith("=") else datetime.fromisoformat(source)
        return moment_of(value, now=words["现在"])
    except (EngineError, ValueError):
        return None
