"""A mail as it is sent: from its notices only what may travel – titles, steps, deadlines, addresses of pages."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from engine.clockwork import NO_DEADLINE
from engine.mailing import case_titles
from engine.model import Mail, MailAddress, Notice, NoticeDelivery, Person, UserTask
from engine.model.mail import MailKind
from engine.post import Letter, LetterItem
from engine.work import Work

# Free texts, names of people and answers stay behind: a mailbox is no place for them.
TRAVELS = ("task", "task_en", "clock", "clock_en", "due", "ballot", "closes_at")
# Notices about what is no vote, by how their kind begins, with the pages of that.
_GATHERINGS = {"survey": "surveys", "demand": "demands"}


class Leads(Protocol):
    """Of a notice, what says where it leads."""

    kind: str
    params: dict[str, Any]
    task_id: str | None
    case_id: str | None


def letter_of(work: Work, mail: Mail, person: Person, address: MailAddress) -> Letter:
    return Letter(
        mail_id=mail.id,
        message_id=mail.message_id,
        address=mail.address,
        person_id=person.id,
        person_name=person.name,
        locale=person.locale,
        kind=mail.kind,
        at=mail.created_at,
        items=_items(work, mail),
        code=address.code if mail.kind == MailKind.CONFIRMATION else None,
    )


def _items(work: Work, mail: Mail) -> tuple[LetterItem, ...]:
    query = select(Notice).join(NoticeDelivery, NoticeDelivery.notice_id == Notice.id)
    notices = work.session.scalars(query.where(NoticeDelivery.mail_id == mail.id).order_by(Notice.at, Notice.id)).all()
    titles = case_titles(work, notices)
    ids = {n.task_id for n in notices if n.task_id}
    rows = work.session.execute(select(UserTask.id, UserTask.due_at).where(UserTask.id.in_(ids))) if ids else ()
    deadlines: dict[str, datetime] = dict(list(rows))
    return tuple(_item(notice, titles, deadlines) for notice in notices)


def _item(notice: Notice, titles: dict[str, tuple[str, str]], deadlines: dict[str, datetime]) -> LetterItem:
    number, title = titles.get(notice.case_id or "", (None, None))
    due_at = deadlines.get(notice.task_id or "")
    return LetterItem(
        kind=notice.kind,
        params={key: str(notice.params[key]) for key in TRAVELS if notice.params.get(key)},
        is_for_another="for" in notice.params,
        case_number=number,
        case_title=title,
        due_at=due_at if due_at and due_at < NO_DEADLINE else None,
        path=place_of(notice),
        at=notice.at,
    )


def place_of(notice: Leads) -> str:
    """The page that a notice leads to."""
    if ballot_id := notice.params.get("ballot_id"):
        what, _, _ = notice.kind.partition("_")
        closing = "/closing" if notice.params.get("is_scrutineer") else ""
        return f"/{_GATHERINGS.get(what, 'ballots')}/{ballot_id}{closing}"
    if notice.params.get("roster_import_id"):
        return f"/roster-imports/{notice.params['roster_import_id']}"
    if notice.params.get("draft_id"):
        return f"/designer/drafts/{notice.params['draft_id']}/review"
    if notice.params.get("expert_id"):
        return f"/experts/{notice.params['expert_id']}"
    if notice.task_id:
        return f"/tasks/{notice.task_id}"
    return f"/cases/{notice.case_id}" if notice.case_id else "/notices"
