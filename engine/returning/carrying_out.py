"""Carries out a plan: the case stands again where the plan says, and everybody concerned hears of it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update

from engine.case_work import CaseWork
from engine.model import Answer, Document, HistoryEntry, Incident, IncomingMessage, Movement, Person, UserTask
from engine.model.incident import IncidentState
from engine.model.message import MessageState
from engine.parties import appoint
from engine.progress import moving
from engine.returning.clocks import former_clock
from engine.returning.plan import OpenedAgain, ReturnPlan
from engine.returning.trying import variables_without
from engine.spiff.going_back import go_back
from engine.trails import keep_trail, movement_number

KEEP_AGAIN_DAYS = 30


def carry_out(folder: CaseWork, plan: ReturnPlan, *, action: str, reason: str) -> None:
    """Raises nothing of its own: the plan was made under the same lock."""
    assert plan.way is not None
    target = folder.work.session.get_one(UserTask, plan.target_id)
    facts = {
        "to": target.element_id,
        "superseded": [row.task_id for row in plan.superseded],
        "ended": [row.task_id for row in plan.ended],
        "took_back": _entries_of(folder, plan),
    }
    folder.record(action, element_id=target.element_id, task_id=target.id, reason=reason or None, details=facts)
    _supersede(folder, plan)
    _restore_facts(folder, plan)
    _let_clocks_go_on(folder, plan)
    undone = [plan.events[n].number for n in sorted(plan.way.undone)]
    _forget_passed(folder, plan)
    with moving(folder, by_person=False) as run:
        go_back(run, plan.way, plan.events)
        keep_trail(folder, undone=undone)
        run.settle_down()
        _open_incidents_again(folder, run.failed_steps())
    for row in plan.opened:
        _hand_to(folder, row, reason=reason)
    _tell(folder, plan, reason=reason)


def _supersede(folder: CaseWork, plan: ReturnPlan) -> None:
    ids = [row.task_id for row in plan.superseded]
    for model, column in ((UserTask, UserTask.id), (Answer, Answer.task_id)):
        folder.work.session.execute(update(model).where(column.in_(ids)).values(superseded_at=folder.work.now))
    filed = update(Document).where(Document.task_id.in_(ids), Document.case_id == folder.case.id)
    folder.work.session.execute(filed.values(superseded_at=folder.work.now))


def _restore_facts(folder: CaseWork, plan: ReturnPlan) -> None:
    """Variables and parties as they were; messages that came wait again in the inbox."""
    assert plan.way is not None
    folder.instance.variables = variables_without(folder, plan.events, plan.way)
    for role, before in plan.parties.items():
        appoint(folder, role=role, people=before[0] if before else {})
    folder.trail.forget()
    if plan.messages:
        again = update(IncomingMessage).where(IncomingMessage.message_id.in_(plan.messages))
        until = folder.work.now + timedelta(days=KEEP_AGAIN_DAYS)
        folder.work.session.execute(again.values(state=MessageState.BUFFERED, expires_at=until))


def _let_clocks_go_on(folder: CaseWork, plan: ReturnPlan) -> None:
    going_on = {row.clock_id for row in plan.clocks if row.effect == "goes_on"}
    assert plan.way is not None
    for image in plan.way.back:
        clock = former_clock(folder, image.id) if going_on else None
        if clock is not None and clock.id in going_on:
            folder.continuing[image.id] = clock


def _forget_passed(folder: CaseWork, plan: ReturnPlan) -> None:
    """Elements that only undone events have passed were not passed."""
    assert plan.way is not None
    kept = {event.element for n, event in enumerate(plan.events) if n not in plan.way.undone}
    gone = {plan.events[n].element for n in plan.way.undone} - kept
    folder.instance.passed = [element for element in folder.instance.passed if element not in gone]


def _open_incidents_again(folder: CaseWork, steps: Sequence[str]) -> None:
    """A step that had failed and was taken away waits again for somebody to put it right."""
    for step in [step for step in steps if step not in folder.instance.troubled]:
        query = select(Incident).where(Incident.case_id == folder.case.id, Incident.step_id == step)
        incident = folder.work.session.scalars(query.order_by(Incident.created_at.desc()).limit(1)).first()
        if incident is not None:
            incident.state, incident.resolved_at = IncidentState.OPEN, None
            folder.instance.troubled = [*folder.instance.troubled, step]


def _hand_to(folder: CaseWork, row: OpenedAgain, *, reason: str) -> None:
    """The same person does it again, and finds there what they had written."""
    here = (task for task in folder.tasks if task.step_id == row.step_id and task.principal_id is None)
    task = next(here, None)
    if task is None:
        return
    task.returned_by_id, task.return_reason = folder.work.actor.person_id, reason or None
    answers = select(Answer.answers).where(Answer.task_id == row.task_id).limit(1)
    task.draft, task.draft_at = folder.work.session.scalar(answers), folder.work.now
    if row.person_id is not None and task.assignee_id != row.person_id:
        task.assign(person_id=row.person_id, at=folder.work.now)
        username = folder.work.session.get_one(Person, row.person_id).username
        facts = {"assignee": username}
        folder.record("task_assigned", element_id=task.element_id, task_id=task.id, actor="system", details=facts)


def _tell(folder: CaseWork, plan: ReturnPlan, *, reason: str) -> None:
    """Who has to do something again is told so; whose work ended or does not count any more is told that."""
    actor = folder.work.actor
    opened = {row.person_id for row in plan.opened}
    facts = {"case_id": folder.case.id, "step": plan.target_name, "by": actor.name, "note": reason}
    ended = [row for row in plan.ended if not row.is_signature]  # who was to sign was told when that ended
    others = {row.person_id for row in (*plan.opened, *plan.superseded, *ended)}
    for person_id in plan.told:
        if person_id != actor.person_id and person_id in others:
            kind = "task_returned" if person_id in opened else "task_withdrawn"
            folder.work.enqueue("notify_person", {**facts, "person_id": person_id, "kind": kind})


def _entries_of(folder: CaseWork, plan: ReturnPlan) -> list[list[int]]:
    """Which entries of the history this takes back, as ranges."""
    assert plan.way is not None
    numbers = {movement_number(plan.events[n]) for n in plan.way.undone}
    kept = {movement_number(event) for n, event in enumerate(plan.events) if n not in plan.way.undone}
    query = select(Movement).where(Movement.case_id == folder.case.id, Movement.number.in_(numbers))
    rows = folder.work.session.scalars(query).all()
    whole = [(row.first_entry, row.last_entry) for row in rows if row.number not in kept]
    first = min((row.first_entry for row in rows), default=folder.case.history_seq + 1)
    return _ranges({n for start, end in whole for n in range(start, end + 1)} | set(_single(folder, plan, first)))


def _single(folder: CaseWork, plan: ReturnPlan, first: int) -> list[int]:
    """Entries of tasks and clocks that are gone, in acts of which a part stays."""
    tasks = {row.task_id for row in (*plan.superseded, *plan.ended)}
    clocks = {row.clock_id for row in plan.clocks if row.effect == "stops"}
    entry = HistoryEntry
    later = (entry.seq >= first) | entry.task_id.in_(plan.signed)  # a signature comes before what it signs
    query = select(entry.seq, entry.task_id, entry.details).where(entry.stream == folder.case.id, later)
    found = folder.work.session.execute(query).all()
    return [seq for seq, task, details in found if task in tasks or (details or {}).get("clock") in clocks]


def _ranges(numbers: set[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
