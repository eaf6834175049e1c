"""Notices that go by mail: when each is due, and which of them become one message when the time has come."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select

from engine.actor import Actor
from engine.calendar import TIME_ZONE, WorkCalendar
from engine.model import (
    Case,
    Job,
    Mail,
    MailAddress,
    Notice,
    NoticeDelivery,
    NoticeWishes,
    Person,
    ProcessDraft,
    UserTask,
)
from engine.model.base_model import new_id
from engine.model.mail import MailKind
from engine.model.process_draft import DraftState
from engine.model.user_task import TaskState
from engine.moments import SOON_DAYS
from engine.notice_kinds import Way, way_of
from engine.people import known_person
from engine.standing_in import acting
from engine.visibility import is_offered, reached, reaches_part
from engine.work import CITY_TIME, Work

MOST_IN_DIGEST = 200
_WAITS = (NoticeDelivery.mail_id.is_(None), NoticeDelivery.dropped.is_(None))
_OWED = (TaskState.OPEN, TaskState.CLAIMED)
_FOR_VOTERS = "ballot_id"
_DRAFT_WAITS = "draft_submitted"


def plan_mails(work: Work, notices: Iterable[Notice], *, due_at: datetime | None) -> None:
    """For those who get mail: a delivery for each notice, and a job for when it is due. `due_at` colours the clock."""
    told = {notice.person_id: notice for notice in notices}
    if not work.sends_mail or not told:
        return
    addresses = work.session.scalars(select(MailAddress).where(MailAddress.person_id.in_(told)))
    reached = [address.person_id for address in addresses if address.is_usable]
    wishes = work.session.scalars(select(NoticeWishes).where(NoticeWishes.person_id.in_(reached))) if reached else ()
    known = {wish.person_id: wish for wish in wishes}
    is_urgent = due_at is not None and _days_left(work, due_at) <= SOON_DAYS
    calendar = work.catalogue.calendar(work.session)
    planned = [
        _delivery(notice, known.get(person_id) or NoticeWishes.usual(person_id), work.now, calendar, is_urgent)
        for person_id, notice in told.items()
        if person_id in reached
    ]
    deliveries = [delivery for delivery in planned if delivery is not None]
    work.session.add_all(deliveries)
    _wake_up(work, deliveries)


def next_digest(wishes: NoticeWishes, now: datetime, calendar: WorkCalendar) -> datetime:
    """The next working day's digest that is not over yet."""
    local = now.astimezone(TIME_ZONE)
    hour = time.fromisoformat(wishes.digest_at)
    day = local.date() if local.time() < hour else local.date() + timedelta(days=1)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, hour, TIME_ZONE)


def _days_left(work: Work, due_at: datetime) -> int:
    return (due_at.astimezone(CITY_TIME).date() - work.today).days


def _delivery(
    notice: Notice, wishes: NoticeWishes, now: datetime, calendar: WorkCalendar, is_urgent: bool
) -> NoticeDelivery | None:
    way = way_of(notice.kind, wishes.ways)
    if way == Way.OFF:
        return None
    is_digest = way == Way.DIGEST or (way == Way.BY_CLOCK and not is_urgent)
    due_at = next_digest(wishes, now, calendar) if is_digest else wishes.after_silence(now.astimezone(TIME_ZONE))
    return NoticeDelivery(notice_id=notice.id, person_id=notice.person_id, is_digest=is_digest, due_at=due_at)


def _wake_up(work: Work, deliveries: Iterable[NoticeDelivery]) -> None:
    """One job for a person and a moment, however many notices wait for it."""
    wanted = {f"write_mails:{d.person_id}:{d.due_at.timestamp():.0f}": d for d in deliveries}
    known = set(work.session.scalars(select(Job.dedupe).where(Job.dedupe.in_(wanted)))) if wanted else set()
    for key, delivery in wanted.items():
        # At the very moment a delivery is planned its job may run already: that one is for this delivery alone.
        is_now = delivery.due_at <= work.now
        if is_now or key not in known:
            args = {"person_id": delivery.person_id}
            after = max(delivery.due_at - work.now, timedelta(0))
            work.enqueue("write_mails", args, dedupe=None if is_now else key, after=after)


def write_mails(work: Work, args: Mapping[str, Any]) -> None:
    """What is due for one person: each urgent notice alone, the others together; what is no longer true is dropped."""
    person = known_person(work.session, args["person_id"], lock=True)
    address = work.session.get(MailAddress, person.id)
    due = _due(work, person.id)
    is_reached = person.left_at is None and address is not None and address.is_usable
    current = _current(work, person, [notice for _, notice in due]) if is_reached else set()
    kept = []
    for delivery, notice in due:
        if not is_reached:
            delivery.dropped = "left" if person.left_at else "no_address"
        elif notice.read_at is not None:
            delivery.dropped = "read"
        elif notice.id not in current:
            delivery.dropped = "over"
        else:
            kept.append(delivery)
    if address is not None:
        digest = [delivery for delivery in kept if delivery.is_digest]
        for together in [*([d] for d in kept if not d.is_digest), *([digest] if digest else [])]:
            kind = MailKind.DIGEST if together is digest else MailKind.NOTICE
            _put_into(work, new_mail(work, address, kind), together)
    if len(due) == MOST_IN_DIGEST:
        work.enqueue("write_mails", {"person_id": person.id})


def new_mail(work: Work, address: MailAddress, kind: MailKind) -> Mail:
    """A message that waits to be sent, and its job."""
    mail_id = new_id()
    mail = Mail(
        id=mail_id,
        person_id=address.person_id,
        kind=kind,
        address=address.address,
        message_id=f"<{mail_id}@{work.mail_domain}>",
        created_at=work.now,
    )
    work.session.add(mail)
    work.enqueue("send_mail", {"mail_id": mail_id})
    return mail


def _put_into(work: Work, mail: Mail, deliveries: Iterable[NoticeDelivery]) -> None:
    work.session.flush()
    for delivery in deliveries:
        delivery.mail_id = mail.id


def _due(work: Work, person_id: str) -> list[tuple[NoticeDelivery, Notice]]:
    query = select(NoticeDelivery, Notice).join(Notice, Notice.id == NoticeDelivery.notice_id)
    query = query.where(NoticeDelivery.person_id == person_id, NoticeDelivery.due_at <= work.now, *_WAITS)
    query = query.order_by(Notice.at, Notice.id).limit(MOST_IN_DIGEST)
    return [(delivery, notice) for delivery, notice in work.session.execute(query)]


def _current(work: Work, person: Person, notices: list[Notice]) -> set[str]:
    """Ids of notices whose case this person may still read and whose task or draft still waits for them."""
    actor = acting(work.session, person, today=work.today)
    cases = {n.case_id for n in notices if n.case_id}
    tasks = {n.task_id for n in notices if n.task_id}
    seen = select(Case.id).where(Case.id.in_(cases), reaches_part(actor, Case.id))
    readable = set(work.session.scalars(seen)) if cases else set()
    theirs = _theirs(work, actor, tasks) if tasks else {}
    drafts = _waiting_drafts(work, [n.params["draft_id"] for n in notices if n.kind == _DRAFT_WAITS])
    return {n.id for n in notices if _is_current(n, readable, theirs, drafts)}


def _theirs(work: Work, actor: Actor, tasks: set[str]) -> dict[str, bool]:
    """Of the tasks that somebody may see because they are theirs or offered: whether they still wait for them.

    What somebody has for whom they stand in waits for them too.
    """
    offered = reached(actor, lambda keys: is_offered(keys, UserTask.id), UserTask.case_id)
    query = select(UserTask.id, UserTask.state, UserTask.assignee_id).where(UserTask.id.in_(tasks))
    rows = work.session.execute(query.where(or_(UserTask.assignee_id == actor.person_id, offered)))
    theirs = {None, actor.person_id, *(one.person_id for one in actor.absent)}
    return {id_: state in _OWED and assignee in theirs for id_, state, assignee in rows}


def _waiting_drafts(work: Work, ids: list[str]) -> set[str]:
    """Those that nobody has returned, published or thrown away since."""
    query = select(ProcessDraft.id).where(ProcessDraft.id.in_(ids), ProcessDraft.state == DraftState.SUBMITTED)
    return set(work.session.scalars(query)) if ids else set()


def _is_current(notice: Notice, readable: set[str], theirs: Mapping[str, bool], drafts: set[str]) -> bool:
    if notice.kind == _DRAFT_WAITS:
        return notice.params["draft_id"] in drafts
    if notice.case_id is None or _FOR_VOTERS in notice.params:
        return True
    if notice.kind == "copy_received" or notice.task_id is None:
        return notice.case_id in readable
    return theirs.get(notice.task_id, False)


def case_titles(work: Work, notices: Iterable[Notice]) -> dict[str, tuple[str, str]]:
    ids = {n.case_id for n in notices if n.case_id}
    rows = work.session.execute(select(Case.id, Case.number, Case.title).where(Case.id.in_(ids))) if ids else ()
    return {id_: (number, title) for id_, number, title in rows}
