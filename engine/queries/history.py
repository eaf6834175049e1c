"""What happened in a case, newest first; all of it, or only acts of one kind or at one step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Element
from engine.former_versions import CaseVersions, process_with, stage_around, versions_of_case
from engine.model import HistoryEntry
from engine.queries.looking_up import people_by_username
from engine.queries.paging import Page, page_of
from engine.queries.rows import HistoryRow
from engine.queries.seeing import is_guest, visible_case

_DECISIONS = (
    "task_completed", "task_signed", "task_returned", "task_recalled", "parties_appointed", "effect_recorded",
    "stage_entered",
)  # fmt: skip
KINDS = {
    "people": HistoryEntry.actor != "system",
    "documents": HistoryEntry.action.startswith("document_"),
    "clocks": HistoryEntry.action.startswith("clock_"),
    "decisions": or_(
        HistoryEntry.action.in_(_DECISIONS),
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
    versions = versions_of_case(session, catalogue, case)
    entries = [HistoryEntry.stream == case_id, *only.conditions()]
    if is_guest(session, actor, case):
        entries.append(HistoryEntry.actor == actor.username)
    query, key = select(HistoryEntry).where(*entries), (HistoryEntry.seq, int)
    page = page_of(session, query, key, cursor=cursor, limit=limit, is_descending=True)
    gone = taken_back(session, case_id)
    names = people_by_username(session, set().union(*(_named(e) for e in page.items)))
    return page.of(_row(e, versions, names, e.seq in gone) for e in page.items)


def step_of_case(
    session: Session, actor: Actor, case_id: str, element_id: str, *, catalogue: Catalogue
) -> Element | None:
    """As the case has it now, or had it in a former version. Raises CaseNotFound."""
    case = visible_case(session, actor, case_id)
    return process_with(session, catalogue, case, element_id).elements.get(element_id)


def taken_back(session: Session, case_id: str) -> frozenset[int]:
    """The numbers of the entries that somebody went back behind; that somebody did so stays true."""
    query = select(HistoryEntry.seq, HistoryEntry.details).where(
        HistoryEntry.stream == case_id, HistoryEntry.action.in_(("task_returned", "task_recalled"))
    )
    acts = session.execute(query).all()
    ranges = [span for _, details in acts for span in details["took_back"]]
    return frozenset(n for first, last in ranges for n in range(first, last + 1)) - {seq for seq, _ in acts}


def _row(entry: HistoryEntry, versions: CaseVersions, names: dict[str, str], is_taken_back: bool) -> HistoryRow:
    process = versions.bundle_with(entry.element_id, entry.seq).process
    element = process.elements.get(entry.element_id or "")
    name = element.name if element else ""
    return HistoryRow(
        stream=entry.stream,
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        actor_name=names.get(entry.actor, "系统" if entry.actor == "system" else entry.actor),
        on_behalf_of=entry.on_behalf_of,
        on_behalf_of_name=names.get(entry.on_behalf_of or "", entry.on_behalf_of),
        action=entry.action,
        element_id=entry.element_id,
        element_name=name,
        element_name_en=(element.name_en if element else "") or name,
        stage=stage_around(process, element),
        is_initiative=element is not None and element.is_discretionary,
        task_id=entry.task_id,
        reason=entry.reason,
        details=entry.details,
        prev=entry.prev,
        hash=entry.hash,
        names={username: names.get(username, username) for username in _mentioned(entry)},
        taken_back=is_taken_back,
    )


def _named(entry: HistoryEntry) -> set[str]:
    return {entry.actor, *([entry.on_behalf_of] if entry.on_behalf_of else ()), *_mentioned(entry)}


def _mentioned(entry: HistoryEntry) -> set[str]:
    """Usernames in the details of an entry."""
    assignee = entry.details.get("assignee")
    signer = entry.details.get("signer")
    shown_by = entry.details.get("shown_by")
    return {*entry.details.get("people", ()), *(name for name in (assignee, signer, shown_by) if name)}
