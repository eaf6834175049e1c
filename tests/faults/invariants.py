"""What must be true of a database at any moment, whatever broke before: invariants I1, I2 and I6 of the engine."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.audit import GENESIS, chain_hash
from engine.engine import Engine
from engine.errors import EngineError
from engine.history import hashed_part
from engine.model import (
    Answer,
    Case,
    Clock,
    Cosignature,
    HistoryEntry,
    HistoryStream,
    Incident,
    MessageWait,
    ProcessInstance,
    SignalWait,
    TaskOffer,
    UserTask,
)
from engine.spiff.process_run import ProcessRun

Waiting = tuple[str, str]
_TASK_OF = {
    "planned": {None}, "asked": {"claimed"}, "signed": {"completed"},
    "removed": {None, "cancelled"}, "closed": {None, "cancelled"},
}  # fmt: skip
OPEN, LIVE, GOING_ON = ("open", "claimed"), ("running", "paused"), ("running", "suspended")


class NoHost:
    """Looking at tokens asks nothing of the world."""

    def __getattr__(self, question: str) -> Any:
        raise AssertionError(f"the world was asked to {question} while looking")


def broken_invariants(engine: Engine, *, case_id: str | None = None) -> list[str]:
    """One line for everything that is wrong, in one case or in all; empty when all is well."""
    with engine.reading() as session:
        query = select(Case, ProcessInstance).join(ProcessInstance, ProcessInstance.case_id == Case.id)
        rows = session.execute(query.where(Case.id == case_id) if case_id else query)
        found = [fault for case, instance in rows.all() for fault in _of_case(engine, session, case, instance)]
        return [*found, *_of_streams(session), *_of_offers(session)]


def _of_case(engine: Engine, session: Session, case: Case, instance: ProcessInstance) -> Iterator[str]:
    for fault in (
        *_tokens_against_rows(engine, session, case, instance),
        *_counts(session, case),
        *_signatures(session, case),
        *chain_faults(session, case.id, seq=case.history_seq, head=case.history_head),
    ):
        yield f"{case.number}: {fault}"


def _tokens_against_rows(engine: Engine, session: Session, case: Case, instance: ProcessInstance) -> Iterator[str]:
    """I1: the state loads, and every token has its row and every row its token."""
    bundle = engine.catalogue.bundle(session, instance.deployment_id)
    specs = engine.catalogue.specs.specs(bundle.content_hash, bundle.process)
    try:
        run = ProcessRun.restore(instance.state, specs, NoHost())
    except EngineError as unreadable:
        yield f"its state does not load: {unreadable.code}"
        return
    offered = {e.id for e in bundle.process.elements.values() if e.is_discretionary}
    steps = run.steps if case.status in GOING_ON else ()
    tokens = {("user" if s.element_id in offered else s.kind, s.id) for s in steps if s.kind != "condition"}
    failed = _failed(session, case)
    yield from _end(case, run)
    yield from _rows_against_tokens(_rows(session, case), tokens, failed=set(failed))
    yield from _incidents_against_tokens(case, run, failed)


def _end(case: Case, run: ProcessRun) -> Iterator[str]:
    if case.status in GOING_ON and run.is_finished:
        yield "its process has ended, the case has not"
    if case.status == "completed" and not run.is_finished:
        yield "the case has ended, its process has not"


def _rows(session: Session, case: Case) -> Counter[Waiting]:
    """Who and what is waited for, by kind and step."""
    return Counter(
        [
            *_waiting(
                session,
                "user",
                UserTask.step_id,
                UserTask.case_id == case.id,
                UserTask.state.in_(OPEN),
                UserTask.principal_id.is_(None),
            ),
            *_waiting(session, "timer", Clock.step_id, Clock.case_id == case.id, Clock.state.in_(LIVE)),
            *_waiting(session, "message", MessageWait.step_id, MessageWait.case_id == case.id),
            *_waiting(session, "signal", SignalWait.step_id, SignalWait.case_id == case.id),
        ]
    )


def _failed(session: Session, case: Case) -> Counter[str]:
    query = select(Incident.step_id).where(Incident.case_id == case.id, Incident.state == "open")
    return Counter(session.scalars(query))


def _rows_against_tokens(rows: Counter[Waiting], tokens: set[Waiting], *, failed: set[str]) -> Iterator[str]:
    yield from (f"a {kind} step without a row" for kind, step in tokens - set(rows) if step not in failed)
    yield from (f"a {kind} row without a step" for kind, _ in set(rows) - tokens)
    yield from (f"{count} {kind} rows of one step" for (kind, _), count in rows.items() if count > 1)


def _incidents_against_tokens(case: Case, run: ProcessRun, failed: Counter[str]) -> Iterator[str]:
    waiting = {step.id for step in run.steps}
    for step, count in failed.items():
        if case.status not in GOING_ON or not (step in waiting or run.has_failed(step)):
            yield "an incident without a step"
        if count > 1:
            yield f"{count} incidents of one step"


def _waiting(session: Session, kind: str, column: Any, *where: Any) -> list[Waiting]:
    return [(kind, step) for step in session.scalars(select(column).where(*where)) if step is not None]


def _counts(session: Session, case: Case) -> Iterator[str]:
    """I2: completed tasks, their answers and their lines in the history are the same tasks, each once."""
    completed = select(UserTask.id).where(
        UserTask.case_id == case.id, UserTask.state == "completed", UserTask.principal_id.is_(None)
    )
    answered = select(Answer.task_id).where(Answer.case_id == case.id, Answer.task_id.is_not(None))
    told = select(HistoryEntry.task_id).where(HistoryEntry.stream == case.id, HistoryEntry.action == "task_completed")
    tasks, answers, entries = (sorted(session.scalars(query)) for query in (completed, answered, told))
    if tasks != answers:
        yield f"{len(tasks)} completed tasks, {len(answers)} answers"
    if tasks != entries:
        yield f"{len(tasks)} completed tasks, {len(entries)} in the history"


def _signatures(session: Session, case: Case) -> Iterator[str]:
    """Who is asked has an open task beside an open one, who has signed a completed one; and the tasks count them."""
    tasks = {task.id: task for task in session.scalars(select(UserTask).where(UserTask.case_id == case.id))}
    rows = session.scalars(select(Cosignature).where(Cosignature.case_id == case.id)).all()
    awaited: dict[str, Counter[str]] = {id_: Counter() for id_ in tasks}
    for row in rows:
        own, principal = tasks.get(row.task_id or ""), tasks[row.principal_id]
        state = own.state if own else None
        awaited[principal.id] += Counter([row.mode] if row.state in ("planned", "asked") else [])
        if state not in _TASK_OF[row.state]:
            yield f"a signature is {row.state}, its task {state}"
        if row.state in ("planned", "asked") and principal.state not in OPEN:
            yield f"a signature of a task that is {principal.state} is {row.state}"
    for task in tasks.values():
        if task.signatures_awaited != dict(awaited[task.id]):
            yield f"a task awaits {task.signatures_awaited}, not {dict(awaited[task.id])}"
        if (task.principal_id is not None) != any(row.task_id == task.id for row in rows):
            yield "a task to sign without a signature, or the reverse"
        if task.handed_in_at is not None and (task.state != "claimed" or not task.signatures_awaited):
            yield f"a task that is {task.state} lies with nobody to be signed"


def chain_faults(session: Session, stream: str, *, seq: int, head: str) -> Iterator[str]:
    """I6: the chain has no gap, no change, and ends where its owner says."""
    prev, count = GENESIS, 0
    query = select(HistoryEntry).where(HistoryEntry.stream == stream).order_by(HistoryEntry.seq)
    for count, entry in enumerate(session.scalars(query), 1):
        if entry.seq != count or entry.prev != prev or entry.hash != chain_hash(prev, hashed_part(entry)):
            yield f"the history breaks at entry {entry.seq}"
            return
        prev = entry.hash
    if (count, prev) != (seq, head):
        yield f"the history ends at {count}, not at {seq}"


def _of_streams(session: Session) -> Iterator[str]:
    for end in session.scalars(select(HistoryStream)):
        yield from (f"{end.stream}: {f}" for f in chain_faults(session, end.stream, seq=end.seq, head=end.head))


def _of_offers(session: Session) -> Iterator[str]:
    stale = select(func.count()).select_from(TaskOffer).join(UserTask, UserTask.id == TaskOffer.task_id)
    count = session.scalar(stale.where(UserTask.state.not_in(OPEN)))
    if count:
        yield f"{count} offers of tasks that have ended"
