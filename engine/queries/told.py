"""Who was told what of a case and when, and what became of the mails; for those in charge of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.model import Mail, Notice, NoticeDelivery, Person, UserTask
from engine.notice_kinds import CONFIDENTIAL
from engine.permissions import is_in_charge
from engine.queries.paging import Page, page_of
from engine.queries.seeing import readable_case


@dataclass(frozen=True, kw_only=True)
class ToldRow:
    """`mail` is the state of the mail, `due` before its hour, why it was dropped, or None: in the app only."""

    id: str
    at: datetime
    kind: str
    person: str
    task: str | None
    task_en: str | None
    read_at: datetime | None
    mail: str | None
    mail_at: datetime | None


def may_know_who_was_told(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> bool:
    """Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    groups = catalogue.bundle(session, case.deployment_id).process.oversight_groups
    return is_in_charge(actor, groups, town=case.town)


def told_of_case(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    catalogue: Catalogue,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[ToldRow]:
    """Those in charge read of everybody, others of themselves; what is confidential stands with whom it was sent to."""
    mine = Notice.person_id == actor.person_id
    everybody = may_know_who_was_told(session, actor, case_id, catalogue=catalogue)
    seen = mine | Notice.kind.not_in(CONFIDENTIAL) if everybody else mine
    query, key = _rows().where(Notice.case_id == case_id, seen), ((Notice.at, datetime), (Notice.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(_row(row) for row in page.items)


def mail_state(delivery: NoticeDelivery | None, mail: Mail | None) -> tuple[str | None, datetime | None]:
    """What became of a notice by mail, and when; for one that waits, when it is due."""
    if delivery is None:
        return None, None
    if mail is None:
        return delivery.dropped or "due", None if delivery.dropped else delivery.due_at
    return mail.state, mail.sent_at or mail.created_at


def _rows() -> Any:
    return (
        select(Notice, Person.name, UserTask.name, NoticeDelivery, Mail)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(UserTask, UserTask.id == Notice.task_id)
        .outerjoin(NoticeDelivery, NoticeDelivery.notice_id == Notice.id)
        .outerjoin(Mail, Mail.id == NoticeDelivery.mail_id)
    )


def _row(found: tuple[Any, ...]) -> ToldRow:
    notice, person, task, delivery, mail = found
    state, at = mail_state(delivery, mail)
    return ToldRow(
        id=notice.id, at=notice.at, kind=notice.kind, person=person, task=task,
        task_en=notice.params.get("task_en"), read_at=notice.read_at, mail=state, mail_at=at,
    )  # fmt: skip
