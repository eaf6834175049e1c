"""What the administrators did: about one person or organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.groups import THREE_ADMINISTRATORS
from engine.model import HistoryEntry, HistorySubject
from engine.model.history_entry import ADMINISTRATION
from engine.permissions import must_be_in
from engine.queries.looking_up import people_by_username
from engine.queries.paging import Page, page_of


@dataclass(frozen=True)
class AdministrationRow:
    """One line of a chain without a case; `actor` is a username."""

    stream: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    on_behalf_of: str | None
    action: str
    reason: str | None
    details: Mapping[str, Any]
    hash: str


def acts_about(
    session: Session, actor: Actor, subject: str, *, cursor: str | None = None, limit: int = 20
) -> Page[AdministrationRow]:
    """`subject` is `person:<id>` or `organisation:<id>`; newest first."""
    must_be_in(actor, *THREE_ADMINISTRATORS)
    mine = (HistorySubject.subject == subject, HistorySubject.stream == ADMINISTRATION)
    joined = (HistoryEntry.stream == HistorySubject.stream) & (HistoryEntry.seq == HistorySubject.seq)
    query = select(HistoryEntry).join(HistorySubject, joined).where(*mine)
    page = page_of(session, query, (HistorySubject.seq, int), cursor=cursor, limit=limit, is_descending=True)
    return page.of(administration_rows(session, list(page.items)))


def administration_rows(session: Session, entries: list[HistoryEntry]) -> tuple[AdministrationRow, ...]:
    names = people_by_username(session, {e.actor for e in entries})
    return tuple(
        AdministrationRow(
            stream=e.stream,
            seq=e.seq,
            at=e.at,
            actor=e.actor,
            actor_name=names.get(e.actor, "系统" if e.actor == "system" else e.actor),
            on_behalf_of=e.on_behalf_of,
            action=e.action,
            reason=e.reason,
            details=e.details,
            hash=e.hash,
        )
        for e in entries
    )
