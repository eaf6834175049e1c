"""Who was asked to sign a task, and what they said, for those who may read it; and who may be asked."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.audit import digest
from engine.circles import Circle, own_circles
from engine.cosigning.eligible import SIDES, circle_of, side_of
from engine.definitions.process import Process
from engine.model import Case, Cosignature, Document, GroupMembership, Person, UserTask
from engine.model.cosignature import CosignMode, CosignState
from engine.model.document import DocumentStatus
from engine.queries.copies import Reader, possible_readers
from engine.queries.looking_up import people_by_id
from engine.queries.place import Place
from engine.queries.row_making import document_row
from engine.queries.rows import DocumentRow
from engine.queries.seeing import may_read_case, visible_task


@dataclass(frozen=True)
class SignatureRow:
    """Somebody who was asked to sign. `is_for_me`: this reader may know what was asked and said; else both are empty.

    `state` is planned, asked, signed, removed or closed. `superseded_at`: what was signed was changed, or undone;
    `has_changed`: the draft is not the one that lay before them.
    """

    id: str
    task_id: str | None
    mode: str
    state: str
    person: str
    person_name: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    ended_at: datetime | None
    ended_by_name: str | None
    circle: str
    is_for_me: bool
    question: str
    verdict: str | None
    opinion: str
    end_reason: str | None
    documents: tuple[DocumentRow, ...]
    superseded_at: datetime | None
    has_changed: bool


def signatures_of(session: Session, actor: Actor, task_id: str, *, at: Place) -> tuple[SignatureRow, ...]:
    """Of the task itself, or of the one that it asks somebody to sign; in their order. Raises TaskNotFound."""
    task, case = visible_task(session, actor, task_id)
    return signatures(session, actor, task, case, process=at.catalogue.bundle(session, case.deployment_id).process)


def signatures(
    session: Session, actor: Actor, task: UserTask, case: Case, *, process: Process
) -> tuple[SignatureRow, ...]:
    """The same for a task that is loaded and known to be visible."""
    principal = session.get_one(UserTask, task.principal_id) if task.principal_id else task
    query = select(Cosignature, UserTask.superseded_at).outerjoin(UserTask, UserTask.id == Cosignature.task_id)
    rows = session.execute(
        query.where(Cosignature.principal_id == principal.id).order_by(Cosignature.asked_at, Cosignature.id)
    ).all()
    if not rows:
        return ()
    circles = _circles(session, actor, case, process)
    look = _Look(session, actor, circles, principal, [row for row, _ in rows])
    return tuple(look.row(row, superseded_at) for row, superseded_at in rows)


def possible_cosigners(session: Session, actor: Actor, task_id: str, *, at: Place) -> tuple[Reader, ...]:
    """Whom this person may ask, as far as a list can tell; the command has the last word. Raises TaskNotFound."""
    task, case = visible_task(session, actor, task_id)
    process = at.catalogue.bundle(session, case.deployment_id).process
    mine = circle_of(case, process, actor)
    gone = {
        u
        for u, _ in people_by_id(
            session, [task.assignee_id, task.owner_id, task.on_behalf_of_id, actor.person_id]
        ).values()
    }
    side = side_of(mine, actor.groups)
    readers = possible_readers(session, actor, case.id, catalogue=at.catalogue)
    groups = _groups(session, {r.username for r in readers})
    return tuple(r for r in readers if r.username not in gone and _is_of(case, mine, side, r, groups[r.username]))


def _is_of(case: Case, mine: Circle, side: Circle | None, reader: Reader, groups: set[str]) -> bool:
    held = {role for role, people in case.parties.items() if reader.username in people}
    if mine in SIDES:
        return side_of(Circle.EVERYBODY, held) == mine
    return side_of(Circle.EVERYBODY, held | groups) in (None, side)


def _groups(session: Session, usernames: Collection[str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = select(Person.username, GroupMembership.group).join(GroupMembership, GroupMembership.person_id == Person.id)
    for username, group in session.execute(query.where(Person.username.in_(usernames))):
        found[username].add(group)
    return found


def _circles(session: Session, actor: Actor, case: Case, process: Process) -> frozenset[str]:
    sees_all = session.scalar(select(Case.id).where(Case.id == case.id, may_read_case(actor)))
    return frozenset(own_circles(case, process, actor)) if sees_all else frozenset()


class _Look:
    """One reader before the signatures of one task."""

    def __init__(
        self, session: Session, actor: Actor, circles: frozenset[str], principal: UserTask, rows: list[Cosignature]
    ) -> None:
        self._actor, self._circles = actor, circles
        self._now = digest(principal.draft) if principal.draft is not None else None
        tasks = [row.task_id for row in rows if row.task_id]
        filed = (Document.task_id.in_(tasks), Document.status == DocumentStatus.FILED)
        self._documents = session.scalars(select(Document).where(*filed).order_by(Document.uploaded_at)).all()
        ids = [i for row in rows for i in (row.person_id, row.asked_by_id, row.ended_by_id)]
        self._people = people_by_id(session, [*ids, *(d.uploaded_by for d in self._documents)])

    def row(self, row: Cosignature, superseded_at: datetime | None) -> SignatureRow:
        is_for_me = row.circle in self._circles or self._actor.person_id in (row.person_id, row.asked_by_id)
        is_live = row.state == CosignState.SIGNED and row.mode == CosignMode.PARALLEL and self._now is not None
        return SignatureRow(
            id=row.id,
            task_id=row.task_id,
            mode=row.mode,
            state=row.state,
            person=self._named(row.person_id)[0],
            person_name=self._named(row.person_id)[1],
            asked_by=self._named(row.asked_by_id)[0],
            asked_by_name=self._named(row.asked_by_id)[1],
            asked_at=row.asked_at,
            ended_at=row.ended_at,
            ended_by_name=self._named(row.ended_by_id)[1] or None,
            superseded_at=superseded_at,
            has_changed=is_live and row.shown_digest != self._now,
            circle=row.circle,
            is_for_me=is_for_me,
            **self._said(row, is_for_me),
        )

    def _said(self, row: Cosignature, is_for_me: bool) -> dict[str, Any]:
        files = tuple(document_row(d, self._people) for d in self._documents if d.task_id == row.task_id)
        return {
            "question": row.question if is_for_me else "",
            "verdict": row.verdict if is_for_me else None,
            "opinion": row.opinion if is_for_me else "",
            "end_reason": row.end_reason if is_for_me else None,
            "documents": files if is_for_me else (),
        }

    def _named(self, person_id: str | None) -> tuple[str, str]:
        return self._people.get(person_id or "", ("", ""))
