"""What a command may use: the session, the time, the actor, the catalogue; and the locks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, literal, select
from sqlalchemy.orm import Session

from engine.actor import SYSTEM, Absent, Actor
from engine.ballots.safe import KeySafe
from engine.case_work import CaseWork
from engine.catalogue import Catalogue
from engine.documents import DocumentStore
from engine.errors import EngineError, NotFound
from engine.history import Act
from engine.model import Case, Job, ProcessInstance, TaskOffer, UserTask
from engine.model.history_entry import ADMINISTRATION
from engine.services import Service
from engine.visibility import is_offered, reached, reaches_part, sees_part, within

CITY_TIME = ZoneInfo("Asia/Shanghai")


class CaseNotFound(NotFound):
    """There is no such case, or it is not for your eyes."""


class TaskNotFound(NotFound):
    """There is no such task, or it is not for your eyes."""


class ClocksDue(EngineError):
    """Clocks of the case ran out before this command; they must fire first, each in its own transaction."""

    def __init__(self, clock_ids: tuple[str, ...]) -> None:
        super().__init__()
        self.clock_ids = clock_ids


@dataclass
class Work:
    """One command's small bag of tools; rules belong to the nouns and to `progress`."""

    session: Session
    catalogue: Catalogue
    actor: Actor
    now: datetime
    documents: DocumentStore
    services: Mapping[str, Service]
    safe: KeySafe
    acts: list[Act] = field(default_factory=list)
    is_demo: bool = False
    mail_domain: str = ""
    # Whether designers may deploy without a second person; the system itself always may.
    direct_deployment: bool = True
    # Who is away while the actor does this in their stead (代理).
    acts_for: Absent | None = None

    @property
    def sends_mail(self) -> bool:
        return bool(self.mail_domain)

    @property
    def acts_for_id(self) -> str | None:
        return self.acts_for.person_id if self.acts_for else None

    @property
    def today(self) -> date:
        return self.now.astimezone(CITY_TIME).date()

    def as_system(self) -> "Work":
        """The same transaction and the same acts, without the actor's blinkers."""
        return replace(self, actor=SYSTEM, acts_for=None)

    def record(self, action: str, *, case: Case | None = None, **facts: Any) -> None:
        """Remember an act of this actor, and for whom they act; `facts` are the other fields of `Act`."""
        facts.setdefault("actor", self.actor.username)
        if self.acts_for is not None and facts["actor"] == self.actor.username:
            facts.setdefault("on_behalf_of", self.acts_for.username)
        self.acts.append(Act(action=action, case=case, **facts))

    def administer(self, action: str, *subjects: str, **facts: Any) -> None:
        """Remember what an administrator did, in the chain of administration."""
        self.record(action, stream=ADMINISTRATION, subjects=subjects, **facts)

    def enqueue(
        self, kind: str, args: dict[str, Any], *, dedupe: str | None = None, after: timedelta = timedelta(0)
    ) -> None:
        """A row of the outbox; the worker does it after the commit, and not before `after` has passed."""
        self.session.add(Job(kind=kind, args=args, due_at=self.now + after, dedupe=dedupe))

    def lock_case(self, case_id: str, *, clocks_first: bool = True) -> CaseWork:
        """The case, locked before anything of it is read. Raises CaseNotFound, and ClocksDue to fire them first."""
        facts = {"case_id": case_id, "audiences": list(self.actor.audiences)}
        query = _ANY_CASE if self.actor is SYSTEM else _VISIBLE_CASE
        if self.actor.absent:
            query = _ANY_CASE.where(reaches_part(self.actor, Case.id))
        folder = self._locked(query, facts, missing=CaseNotFound(case_id=case_id), clocks_first=clocks_first)
        self.acts_for = self._whom_for(case_id)
        return folder

    def lock_task(self, task_id: str) -> tuple[CaseWork, UserTask]:
        """The task's case, locked, and the task as it is under that lock. Raises TaskNotFound, ClocksDue."""
        facts = {"task_id": task_id, "audiences": list(self.actor.audiences)}
        query = _CASE_OF_TASK
        if self.actor.absent:
            offered = reached(self.actor, lambda keys: is_offered(keys, task_id), Case.id)
            query = _LOCKING.where(Case.id == _OWNER, reaches_part(self.actor, Case.id) | offered)
        folder = self._locked(query, facts, missing=TaskNotFound(task_id=task_id), clocks_first=True)
        task = folder.task(task_id)
        if task is None:
            raise TaskNotFound(task_id=task_id)
        is_held = task.assignee_id == self.actor.person_id
        away = self.actor.absent_of(task.on_behalf_of_id) if is_held and task.on_behalf_of_id else None
        self.acts_for = away or (None if is_held else self._whom_for(folder.case.id, task))
        return folder, task

    def _whom_for(self, case_id: str, task: UserTask | None = None) -> Absent | None:
        """None where the actor needs nobody's absence to be there; else the first through whom they are."""
        if not self.actor.absent:
            return None

        def sees(keys: Collection[str]) -> Any:
            seen = sees_part(keys, case_id)
            return seen | is_offered(keys, task.id) if task else seen

        case = literal(case_id)
        ways = [sees(one.audiences) & within(self.actor, one, case) for one in self.actor.absent]
        own, *theirs = self.session.execute(select(sees(self.actor.audiences), *ways)).one()
        if own:
            return None
        return next((one for one, is_way in zip(self.actor.absent, theirs, strict=True) if is_way), None)

    def _locked(self, query: Any, facts: dict[str, Any], *, missing: EngineError, clocks_first: bool) -> CaseWork:
        row = self.session.execute(query, facts).first()
        if row is None:
            raise missing
        folder = CaseWork(work=self, case=row[0], instance=row[1])
        due = folder.due_clocks() if clocks_first else ()
        if due:
            raise ClocksDue(tuple(c.id for c in due))
        return folder


_AUDIENCES = bindparam("audiences", expanding=True)
_SEEN = sees_part(_AUDIENCES, Case.id)
_OFFERED = exists().where(TaskOffer.task_id == bindparam("task_id"), TaskOffer.audience.in_(_AUDIENCES))
_LOCKING = (
    select(Case, ProcessInstance)
    .join(ProcessInstance, ProcessInstance.case_id == Case.id)
    # Both rows: PostgreSQL reads again, after a wait, only the rows that it locks.
    .with_for_update(of=[Case, ProcessInstance])
    .execution_options(populate_existing=True)
)
_ANY_CASE = _LOCKING.where(Case.id == bindparam("case_id"))
_VISIBLE_CASE = _ANY_CASE.where(_SEEN)
_OWNER = select(UserTask.case_id).where(UserTask.id == bindparam("task_id")).scalar_subquery()
_CASE_OF_TASK = _LOCKING.where(Case.id == _OWNER, _SEEN | _OFFERED)
