"""Mails that were not delivered, for the system administrator: to whom and why, not what about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.errors import Problem, Rejected
from engine.groups import ADMINISTRATORS
from engine.model import Mail, Person
from engine.model.mail import MailState
from engine.permissions import must_be_in
from engine.queries.paging import Page, page_of

STATES = (MailState.REFUSED, MailState.FAILED, MailState.WAITING)


class MailStateUnknown(Rejected):
    """Mails are listed by state: refused, failed or waiting."""


@dataclass(frozen=True)
class MailRow:
    id: str
    kind: str
    person_id: str
    person: str
    address: str
    state: str
    attempts: int
    answer: str | None
    created_at: datetime


def undelivered(
    session: Session, actor: Actor, *, state: str = MailState.REFUSED, cursor: str | None = None, limit: int = 50
) -> Page[MailRow]:
    """The newest first."""
    must_be_in(actor, ADMINISTRATORS)
    if state not in STATES:
        raise MailStateUnknown(problems=[Problem(path="state", code="not_an_option")])
    query = select(Mail, Person.name).join(Person, Person.id == Mail.person_id).where(Mail.state == state)
    key = ((Mail.created_at, datetime), (Mail.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(
        MailRow(m.id, m.kind, m.person_id, person, m.address, m.state, m.attempts, m.answer, m.created_at)
        for m, person in page.items
    )
