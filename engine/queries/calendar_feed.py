"""The deadlines and meetings of one person, as a calendar programme reads them under a secret address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.clockwork import NO_DEADLINE
from engine.errors import NotFound
from engine.model import CalendarFeed, Case, GroupMembership, Party, Person, UserTask
from engine.queries.my_ballots import ballots_of_voter
from engine.queries.rows import AbsentRow
from engine.queries.seeing import may_read_case
from engine.queries.stand_ins import absent_by_task
from engine.queries.task_views import OWED, Queues
from engine.standing_in import with_absent
from engine.work import CITY_TIME

MOST = 500
_WHOLE_DAY = (23, 59)


class FeedNotFound(NotFound):
    """There is no such calendar address, or it is dead."""


@dataclass(frozen=True, kw_only=True)
class FeedEvent:
    """`kind` is deadline, meeting or vote. A deadline at the end of a day is that whole day (`on`).

    `on_behalf_of` is the name of somebody who is away, where it is theirs.
    """

    uid: str
    kind: str
    title: str
    case_number: str
    case_title: str
    at: datetime
    on: date | None
    since: datetime
    path: str
    on_behalf_of: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Feed:
    person_id: str
    locale: str
    events: tuple[FeedEvent, ...]


def calendar_feed(session: Session, token: str, *, now: datetime) -> Feed:
    """Raises FeedNotFound, also for people who have left."""
    query = select(Person).join(CalendarFeed, CalendarFeed.person_id == Person.id)
    query = query.where(CalendarFeed.token_hash == CalendarFeed.hash_of(token), Person.left_at.is_(None))
    person = session.scalars(query).first()
    if person is None:
        raise FeedNotFound()
    actor = _actor(session, person, today=now.astimezone(CITY_TIME).date())
    events = (*_deadlines(session, actor, now), *_meetings(session, actor, now), *_votes(session, actor, now))
    return Feed(person.id, person.locale, tuple(sorted(events, key=lambda event: (event.at, event.uid))))


def _actor(session: Session, person: Person, *, today: date) -> Actor:
    """As at a login of this day: a membership ends with its last day."""
    is_on = or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= today)
    found = session.scalars(select(GroupMembership).where(GroupMembership.person_id == person.id, is_on))
    memberships = tuple(m.as_membership() for m in found)
    own = Actor(person.id, person.username, person.name, memberships, person.locale)
    return with_absent(session, own, today=today)


def _deadlines(session: Session, actor: Actor, now: datetime) -> list[FeedEvent]:
    """Of the tasks that somebody expects of this person: theirs, or free for them; not where the clock stands."""
    queues = Queues(actor, now)
    mine = or_(queues.mine, queues.free)
    query = select(UserTask, Case).join(Case, Case.id == UserTask.case_id)
    query = query.where(OWED, mine, UserTask.due_at < NO_DEADLINE, not_(queues.suspended), not_(queues.stopped))
    query = query.order_by(UserTask.due_at, UserTask.id).limit(MOST)
    found = list(session.execute(query))
    absent = absent_by_task(session, actor, [task for task, _ in found])
    return [_deadline(task, case, absent.get(task.id, ())) for task, case in found]


def _deadline(task: UserTask, case: Case, absent: tuple[AbsentRow, ...]) -> FeedEvent:
    local = task.due_at.astimezone(CITY_TIME)
    end_of_day = (local.hour, local.minute) == _WHOLE_DAY
    event = _event(task, case, kind="deadline", at=task.due_at, on=local.date() if end_of_day else None)
    return replace(event, on_behalf_of=absent[0].name) if absent else event


def _meetings(session: Session, actor: Actor, now: datetime) -> list[FeedEvent]:
    """Of cases that this person may read and is a party of, and of tasks that are theirs."""
    party = exists().where(Party.case_id == Case.id, Party.person_id == actor.person_id)
    theirs = or_(and_(party, may_read_case(actor)), Queues(actor, now).own)
    query = select(UserTask, Case).join(Case, Case.id == UserTask.case_id)
    query = query.where(OWED, UserTask.meeting_at > now - timedelta(days=30), theirs)
    query = query.order_by(UserTask.meeting_at, UserTask.id).limit(MOST)
    found = session.execute(query)
    return [replace(_event(t, c, kind="meeting", at=t.meeting_at, on=None), place=t.meeting_place) for t, c in found]


def _votes(session: Session, actor: Actor, now: datetime) -> list[FeedEvent]:
    """The ends of votes in which this person may take part; whether they did is not in a calendar."""
    return [
        FeedEvent(
            uid=f"vote-{ballot.id}", kind="vote", title=ballot.title, case_number=ballot.case_number, case_title="",
            at=ballot.closes_at, on=None, since=ballot.closes_at, path=f"/ballots/{ballot.id}",
        )
        for ballot in ballots_of_voter(session, actor, now=now)
        if ballot.closes_at > now
    ]  # fmt: skip


def _event(task: UserTask, case: Case, *, kind: str, at: Any, on: date | None) -> FeedEvent:
    return FeedEvent(
        uid=f"{kind}-{task.id}", kind=kind, title=task.name, case_number=case.number, case_title=case.title,
        at=at, on=on, since=task.created_at, path=f"/tasks/{task.id}" if kind == "deadline" else f"/cases/{case.id}",
    )  # fmt: skip
