"""The rows of asking somebody to sign: begun, signed, ended; and the count of those awaited, kept on the task."""

from collections import Counter
from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from engine.case_work import CaseWork
from engine.model import Cosignature, Person, TaskOffer, UserTask
from engine.model.base_model import growing_id, new_id
from engine.model.cosignature import AWAITED, CosignMode, CosignState, SignaturesAwaited
from engine.model.user_task import TaskState
from engine.parties import let_read, offer, sees_all

# Reasons that the system gives, see `texts/*/cosigning.yml`.
STEP_ENDED, CASE_ENDED, SIGNER_LEFT, SIGNER_HAS_IT, BROUGHT_BACK = (
    "step_ended",
    "case_ended",
    "signer_left",
    "signer_has_it",
    "brought_back",
)


def awaited(folder: CaseWork, principals: Collection[UserTask]) -> list[Cosignature]:
    """Who is still to sign these tasks, in the order in which they were asked."""
    ids = [task.id for task in principals if any(task.signatures_awaited.values())]
    query = select(Cosignature).where(Cosignature.principal_id.in_(ids), Cosignature.state.in_(AWAITED))
    return list(folder.work.session.scalars(query.order_by(Cosignature.asked_at, Cosignature.id))) if ids else []


def must_be_signed(folder: CaseWork, task: UserTask) -> None:
    """Raises SignaturesAwaited with the names of those who have to sign before the task can be handed in."""
    if task.awaits(CosignMode.BEFORE, CosignMode.PARALLEL):
        rows = [row for row in awaited(folder, [task]) if row.mode != CosignMode.AFTER]
        raise SignaturesAwaited(people=names_of(folder, rows))


def names_of(folder: CaseWork, rows: Iterable[Cosignature]) -> list[str]:
    ids = [row.person_id for row in rows]
    found = dict(folder.work.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())
    return [found[id_] for id_ in ids]


def plan_request(
    folder: CaseWork, task: UserTask, *, person_id: str, mode: str, question: str, circle: str, asked_by: str
) -> Cosignature:
    """Somebody is to sign; they are not asked yet."""
    row = Cosignature(
        id=growing_id(),
        case_id=folder.case.id,
        principal_id=task.id,
        mode=mode,
        state=CosignState.PLANNED,
        person_id=person_id,
        asked_by_id=asked_by,
        asked_at=folder.work.now,
        circle=circle,
        question=question,
    )
    folder.work.session.add(row)
    _count(task, row, +1)
    return row


def ask(folder: CaseWork, task: UserTask, row: Cosignature, person: Person) -> None:
    """The task with which they are asked; they may read the case from now on."""
    own = UserTask(
        id=new_id(),
        case_id=task.case_id,
        principal_id=task.id,
        step_id=task.step_id,
        element_id=task.element_id,
        name=task.name,
        stage=task.stage,
        state=TaskState.CLAIMED,
        assignee_id=person.id,
        candidate_groups=[],
        candidate_users=[],
        signatures_awaited={},
        discretionary=False,
        priority=task.priority,
        due_at=task.due_at,
        created_at=folder.work.now,
        claimed_at=folder.work.now,
    )
    folder.work.session.add(own)
    folder.tasks.append(own)
    folder.work.session.flush()  # the task before the row that refers to it
    row.state, row.task_id, row.asked_at = CosignState.ASKED, own.id, folder.work.now
    offer(folder, own)
    if not sees_all(folder, person.as_actor()):
        let_read(folder, person)
    facts = {"signer": person.username, "mode": row.mode}
    folder.record("cosign_opened", element_id=task.element_id, task_id=own.id, actor="system", details=facts)
    _tell(folder, person.id, "cosign_asked", own, note=row.question)


def end(folder: CaseWork, rows: Iterable[Cosignature], *, state: CosignState, by: str | None, reason: str) -> None:
    """They need not sign any more: their tasks end, and those who had been asked are told why."""
    session = folder.work.session
    for row in rows:
        asked = folder.task(row.task_id) if row.task_id else None
        row.end(state, by=by, reason=reason, at=folder.work.now)
        principal = folder.task(row.principal_id)
        if principal is not None:
            _count(principal, row, -1)
        if asked is None:
            continue
        asked.cancel()
        withdraw(folder, asked)
        signer = session.get_one(Person, row.person_id)
        if by is None:
            facts = {"signer": signer.username, "mode": row.mode, "cause": reason}
            folder.record("cosign_ended", element_id=asked.element_id, task_id=asked.id, actor="system", details=facts)
        if signer.id != folder.work.actor.person_id:
            _tell(folder, signer.id, "cosign_ended", asked, note=reason if by else "", cause="" if by else reason)


def close(folder: CaseWork, principals: Collection[UserTask], *, reason: str) -> None:
    """These tasks end, and with them all that was asked beside them."""
    end(folder, awaited(folder, principals), state=CosignState.CLOSED, by=None, reason=reason)


def withdraw(folder: CaseWork, task: UserTask) -> None:
    """A task that has ended is offered to nobody any more."""
    folder.tasks.remove(task)
    folder.work.session.execute(delete(TaskOffer).where(TaskOffer.task_id == task.id))


def count_signed(task: UserTask, row: Cosignature) -> None:
    _count(task, row, -1)


def tell_holder(folder: CaseWork, task: UserTask, *, kind: str, by: str = "") -> None:
    """Who has the task, and is not who acts now, hears of it."""
    if task.assignee_id is not None and task.assignee_id != folder.work.actor.person_id:
        _tell(folder, task.assignee_id, kind, task, by=by)


def _tell(
    folder: CaseWork, person_id: str, kind: str, task: UserTask, *, note: str = "", cause: str = "", by: str = ""
) -> None:
    facts = {"person_id": person_id, "kind": kind, "task_id": task.id, "note": note, "cause": cause}
    folder.work.enqueue("notify_cosigning", facts | {"by": by or folder.work.actor.name})


def _count(task: UserTask, row: Cosignature, change: int) -> None:
    counts = Counter(task.signatures_awaited)
    counts[row.mode] += change
    task.signatures_awaited = {mode: number for mode, number in sorted(counts.items()) if number > 0}
