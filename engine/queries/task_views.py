"""The queues of a worklist as SQL conditions on `UserTask`; decision 0014 says why they look as they do.

What an actor may see is put as sets of ids that are read once from an index; the tasks that wait are then walked in
the order of the list. No condition joins, so that an index alone answers.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import and_, literal_column, not_, or_, select, tuple_

from engine.actor import Absent, Actor
from engine.model import Case, CaseAudience, CaseFollow, Clock, TaskFollow, TaskOffer, UserTask
from engine.model.case import CaseStatus
from engine.queries.paging import Order
from engine.queries.seeing import held_by
from engine.visibility import reached, within
from engine.work import CITY_TIME

# Written into the statement, not bound: PostgreSQL compares them with the condition of the partial index.
_WAITING = UserTask.state.in_([literal_column("'open'"), literal_column("'claimed'")])
OWED = and_(_WAITING, UserTask.discretionary.is_(False))
DONE = "done"


@dataclass(frozen=True)
class Queues:
    """The queues of one actor at one moment."""

    actor: Actor
    now: datetime

    def of(self, view: str) -> Any:
        """The condition of a view; KeyError for one that does not exist."""
        return _VIEWS[view](self)

    @cached_property
    def mine(self) -> Any:
        return and_(self.held, UserTask.state == literal_column("'claimed'"))

    @cached_property
    def held(self) -> Any:
        return held_by(self.actor)

    @cached_property
    def offered(self) -> Any:
        return reached(self.actor, _offered, UserTask.case_id)

    @cached_property
    def free(self) -> Any:
        return and_(UserTask.state == literal_column("'open'"), self.offered)

    @cached_property
    def readable(self) -> Any:
        """Of a live case of which this person sees all."""
        return reached(self.actor, _readable, UserTask.case_id)

    @cached_property
    def own(self) -> Any:
        """What somebody expects of this person: his, or offered to him."""
        return or_(self.held, self.offered)

    @cached_property
    def seen(self) -> Any:
        return or_(self.own, self.readable)

    @cached_property
    def followed(self) -> Any:
        me = self.actor.person_id
        tasks = select(TaskFollow.task_id).where(TaskFollow.person_id == me)
        cases = select(CaseFollow.case_id).where(CaseFollow.person_id == me)
        return or_(UserTask.id.in_(tasks), UserTask.case_id.in_(cases))

    @cached_property
    def suspended(self) -> Any:
        halted = (Case.closed_at.is_(None), Case.status == CaseStatus.SUSPENDED)
        return UserTask.case_id.in_(select(Case.id).where(*halted))

    @cached_property
    def stopped(self) -> Any:
        """Its clock is paused: its own, or the one around it that gave it its due date."""
        paused = Clock.state == literal_column("'paused'")
        own = select(Clock.task_id).where(paused, Clock.task_id.is_not(None))
        around = select(Clock.case_id, Clock.due_at).where(paused, Clock.step_id.is_not(None))
        return or_(UserTask.id.in_(own), tuple_(UserTask.case_id, UserTask.due_at).in_(around))

    @cached_property
    def late(self) -> Any:
        return and_(UserTask.due_at <= self.now, not_(self.stopped))

    @cached_property
    def due_today(self) -> Any:
        return and_(UserTask.due_at > self.now, UserTask.due_at < self.tomorrow, not_(self.stopped))

    @property
    def tomorrow(self) -> datetime:
        today = self.now.astimezone(CITY_TIME).date()
        return datetime.combine(today + timedelta(days=1), time(), CITY_TIME)

    @property
    def _running(self) -> Any:
        return not_(self.suspended)

    @property
    def _done(self) -> Any:
        return and_(UserTask.completed_by_id == self.actor.person_id, UserTask.completed_at.is_not(None))


def _offered(audiences: Collection[str]) -> Any:
    return UserTask.id.in_(select(TaskOffer.task_id).where(TaskOffer.audience.in_(audiences)))


def _readable(audiences: Collection[str]) -> Any:
    seen = (CaseAudience.audience.in_(audiences), CaseAudience.is_live.is_(True))
    return UserTask.case_id.in_(select(CaseAudience.case_id).where(*seen, CaseAudience.is_guest.is_(False)))


def waiting_for(actor: Actor, absent: Absent) -> Any:
    """Tasks that reach an actor only because this person is away: had by them, held for them, or free for them."""
    away, free = absent.person_id, UserTask.state == literal_column("'open'")
    held = and_(UserTask.assignee_id == actor.person_id, UserTask.on_behalf_of_id == away)
    had = and_(UserTask.assignee_id == away, UserTask.on_behalf_of_id.is_(None))
    offered = and_(_offered(absent.audiences), within(actor, absent, UserTask.case_id))
    return or_(held, and_(offered, or_(had, and_(free, not_(_offered(actor.audiences))))))


_VIEWS: Mapping[str, Callable[[Queues], Any]] = {
    "mine": lambda q: and_(OWED, q.mine, q._running),
    "claimable": lambda q: and_(OWED, q.free, q._running),
    "group": lambda q: and_(OWED, q.seen, q._running),
    "followed": lambda q: and_(OWED, q.followed, q.seen, q._running),
    "overdue": lambda q: and_(OWED, q.own, q.late, q._running),
    "today": lambda q: and_(OWED, q.own, q.due_today, q._running),
    "paused": lambda q: and_(OWED, q.own, or_(q.suspended, q.stopped)),
    DONE: lambda q: q._done,
}
_ORDERS = {
    "due": Order(UserTask.due_at, UserTask.id),
    "waiting": Order(UserTask.created_at, UserTask.id),
    "newest": Order(UserTask.created_at, UserTask.id, is_descending=True),
}


def order_of(view: str, sort: str) -> Order:
    """What is done is sorted by when it was done, the newest first."""
    return Order(UserTask.completed_at, UserTask.id, is_descending=True) if view == DONE else _ORDERS[sort]
