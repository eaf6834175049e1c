"""Who stands in for whom: for the two themselves, for the security administrator, and what it does to tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from engine.actor import Actor
from engine.groups import ADMINISTRATORS, SECURITY
from engine.model import Deployment, Person, StandIn, UserTask
from engine.naming_stand_ins import stand_in_words
from engine.people import known_person
from engine.permissions import must_be_in
from engine.queries.paging import Page, page_of
from engine.queries.rows import AbsentRow
from engine.queries.task_views import waiting_for
from engine.standing_in import in_force
from engine.taking import Chances
from engine.work import CITY_TIME


@dataclass(frozen=True)
class StandInRow:
    """`state` is coming, in_force, over or ended; `groups` and `processes` are None for all of them."""

    id: str
    person: str
    person_name: str
    stand_in: str
    stand_in_name: str
    starts_on: date
    ends_on: date
    groups: tuple[str, ...] | None
    processes: tuple[tuple[str, str], ...] | None
    reason: str
    named_by: str
    named_by_name: str
    named_at: datetime
    ended_at: datetime | None
    state: str
    is_mine: bool


def stand_ins(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    person_id: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[StandInRow]:
    """Those of a person on either side, the latest period first. Other people's only for administrators."""
    if person_id is not None:
        must_be_in(actor, ADMINISTRATORS, SECURITY)
        known_person(session, person_id)
    whose = person_id or actor.person_id
    away, deputy, by = aliased(Person), aliased(Person), aliased(Person)
    query = select(StandIn, away, deputy, by).join(away, away.id == StandIn.person_id)
    query = query.join(deputy, deputy.id == StandIn.stand_in_id).join(by, by.id == StandIn.named_by_id)
    query = query.where(or_(StandIn.person_id == whose, StandIn.stand_in_id == whose))
    key = ((StandIn.ends_on, date), (StandIn.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    today = now.astimezone(CITY_TIME).date()
    names = _processes(session, [one for one, *_ in page.items])
    return page.of(_row(*found, whose=whose, names=names, today=today) for found in page.items)


def form_words(session: Session, actor: Actor, *, now: datetime, person_id: str | None = None) -> dict[str, Any]:
    """What the form may offer. Raises PersonNotFound."""
    if person_id is not None:
        must_be_in(actor, SECURITY)
    person = known_person(session, person_id or actor.person_id)
    return stand_in_words(session, person, today=now.astimezone(CITY_TIME).date())


def absent_by_task(session: Session, actor: Actor, tasks: Sequence[UserTask]) -> dict[str, tuple[AbsentRow, ...]]:
    """{task id: those because of whose absence it reaches this person}; no statement for those who act for nobody."""
    if not actor.absent or not tasks:
        return {}
    ids = [task.id for task in tasks]
    ways = [waiting_for(actor, one) for one in actor.absent]
    found = session.execute(select(UserTask.id, *ways).where(UserTask.id.in_(ids), or_(*ways)))
    rows = [AbsentRow(one.username, one.name, one.until) for one in actor.absent]
    return {
        id_: tuple(dict.fromkeys(row for row, is_way in zip(rows, of_task, strict=True) if is_way))
        for id_, *of_task in found
    }


def in_the_name_of(chances: Chances) -> tuple[tuple[str, str], ...]:
    """For the choice on the page of a task; empty where nothing can be chosen."""
    own = [(chances.actor.username, chances.actor.name)] if chances.is_own_free else []
    return (*own, *dict.fromkeys((one.username, one.name) for one in chances.free))


def away_until(session: Session, task: UserTask, *, now: datetime) -> date | None:
    """The last day on which somebody stands in for who has the task."""
    if task.assignee_id is None:
        return None
    mine = and_(StandIn.person_id == task.assignee_id, in_force(now.astimezone(CITY_TIME).date()))
    return session.scalar(select(StandIn.ends_on).where(mine).order_by(StandIn.ends_on.desc()).limit(1))


def _row(
    one: StandIn, away: Person, deputy: Person, by: Person, *, whose: str, names: dict[str, str], today: date
) -> StandInRow:
    return StandInRow(
        id=one.id,
        person=away.username,
        person_name=away.name,
        stand_in=deputy.username,
        stand_in_name=deputy.name,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        groups=None if one.groups is None else tuple(one.groups),
        processes=None if one.processes is None else tuple((key, names.get(key, key)) for key in one.processes),
        reason=one.reason,
        named_by=by.username,
        named_by_name=by.name,
        named_at=one.named_at,
        ended_at=one.ended_at,
        state=_state(one, today),
        is_mine=one.person_id == whose,
    )


def _state(one: StandIn, today: date) -> str:
    if one.ended_at is not None:
        return "ended"
    if one.ends_on < today:
        return "over"
    return "in_force" if one.starts_on <= today else "coming"


def _processes(session: Session, found: Sequence[StandIn]) -> dict[str, str]:
    keys = {key for one in found for key in one.processes or ()}
    query = select(Deployment.process, Deployment.name).where(Deployment.process.in_(keys)).order_by(Deployment.version)
    return dict(tuple(row) for row in session.execute(query)) if keys else {}
