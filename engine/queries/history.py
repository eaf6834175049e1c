"""What happened in a case, newest first; all of it, or only acts of one kind or at one step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Process
from engine.model import HistoryEntry
from engine.queries.looking_up import people_by_username
from engine.queries.paging import Page, page_of
from engine.queries.rows import HistoryRow
from engine.queries.seeing import is_guest, visible_case

KINDS = {
    "people": HistoryEntry.actor != "system",
    "documents": HistoryEntry.action.startswith("document_"),
    "clocks": HistoryEntry.action.startswith("clock_"),
    "decisions": or_(
        HistoryEntry.action.in_(("task_completed", "parties_appointed", "effect_recorded", "stage_entered")),
        HistoryEntry.action.startswith("case_"),
        HistoryEntry.action.startswith("ballot_"),
    ),
}


@dataclass(frozen=True)
class HistoryFilter:
    """`kind` is a key of KINDS, `element` the id of a step."""

    kind: str | None = None
    element: str | None = None

    def conditions(self) -> Iterator[Any]:
        if self.kind in KINDS:
            yield KINDS[self.kind]
        if self.element:
            yield HistoryEntry.element_id == self.element


def history(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    catalogue: Catalogue,
    only: HistoryFilter = HistoryFilter(),
    cursor: str | None = None,
    limit: int = 100,
) -> Page[HistoryRow]:
    """A guest of the case sees his own acts. Raises CaseNotFound."""
    case = visible_case(session, actor, case_id)
    process = catalogue.bundle(session, case.deployment_id).process
    entries = [HistoryEntry.stream == case_id, *only.conditions()]
    if is_guest(session, actor, case):
        entries.append(HistoryEntry.actor == actor.username)
    query, key = select(HistoryEntry).where(*entries), (HistoryEntry.seq, int)
    page = page_of(session, query, key, cursor=cursor, limit=limit, is_descending=True)
    names = people_by_username(session, {e.actor for e in page.items}.union(*(_mentioned(e) for e in page.items)))
    return page.of(_row(e, process, names) for e in page.items)


def _row(entry: HistoryEntry, process: Process, names: dict[str, str]) -> HistoryRow:
    element = process.elements.get(entry.element_id or "")
    name = element.name if element else ""
    return HistoryRow(
        stream=entry.stream,
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        actor_name=names.get(entry.actor, "系统" if entry.actor == "system" else entry.actor),
        on_behalf_of=entry.on_behalf_of,
        action=entry.action,
        element_id=entry.element_id,
        element_name=name,
        element_name_en=(element.name_en if element else "") or name,
        stage=element.stage if element else None,
        task_id=entry.task_id,
        reason=entry.reason,
        details=entry.details,
        prev=entry.prev,
        hash=entry.hash,
        names={username: names.get(username, username) for username in _mentioned(entry)},
    )


def _mentioned(entry: HistoryEntry) -> set[str]:
    """Usernames in the details of an entry."""
    assignee = entry.details.get("assignee")
    return {*entry.details.get("people", ()), *([assignee] if assignee else ())}
