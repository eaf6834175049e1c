"""Drafts of processes: the list, one with its files, and what the door would say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.check import Report
from engine.definitions.draft_files import must_fit
from engine.definitions.importing.gap import Gap
from engine.definitions.known_names import DiagramNames, names_of
from engine.drafting import DraftNotFound, files_of, overlaid
from engine.groups import ADMINISTRATORS, DESIGNERS, GROUPS
from engine.model import Deployment, ProcessDraft
from engine.model.process_draft import DraftState
from engine.permissions import must_be_in
from engine.queries.checking import check_files
from engine.queries.looking_up import deployments_by_id, people_by_id
from engine.queries.paging import Page, page_of

STATES = tuple(DraftState)
UNDER_WAY = (DraftState.OPEN, DraftState.SUBMITTED, DraftState.PUBLISHING)


@dataclass(frozen=True)
class BaseVersion:
    """The deployment a draft began with."""

    id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """People by name. `may_approve` says whether this reader could be the second person."""

    id: str
    process: str
    name: str
    based_on: BaseVersion | None
    revision: int
    state: str
    created_by: str
    created_at: datetime
    updated_by: str
    updated_at: datetime
    submitted_by: str | None
    submitted_at: datetime | None
    comment: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    vendor: str | None
    scenarios: int
    played: int
    failures: tuple[Mapping[str, str], ...]
    published_as: BaseVersion | None
    may_approve: bool


@dataclass(frozen=True)
class DraftDetail:
    """`files` by path; `gaps` are those of a diagram that another tool wrote, `newest` the version that runs now."""

    row: DraftRow
    files: Mapping[str, bytes]
    gaps: tuple[Gap, ...]
    newest: BaseVersion | None

    @property
    def is_overtaken(self) -> bool:
        """Somebody published another version since this draft began."""
        return self.newest is not None and self.newest != self.row.based_on


def drafts(
    session: Session,
    actor: Actor,
    *,
    process: str | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[DraftRow]:
    """The latest change first; `state` "current" are those that are not over."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    query = select(ProcessDraft)
    if process:
        query = query.where(ProcessDraft.process == process)
    if state:
        query = query.where(ProcessDraft.state.in_(UNDER_WAY if state == "current" else [state]))
    key = ((ProcessDraft.updated_at, datetime), (ProcessDraft.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(_rows(session, page.items, actor))


def draft(session: Session, actor: Actor, draft_id: str) -> DraftDetail:
    """Raises DraftNotFound."""
    found = known_draft(session, actor, draft_id)
    gaps = tuple(Gap(**gap) for gap in found.gaps)
    newest = _newest(session, found.process)
    return DraftDetail(_rows(session, [found], actor)[0], files_of(session, found.id), gaps, newest)


def known_draft(session: Session, actor: Actor, draft_id: str) -> ProcessDraft:
    """Raises NotInGroup, DraftNotFound."""
    must_be_in(actor, DESIGNERS, ADMINISTRATORS)
    found = session.get(ProcessDraft, draft_id)
    if found is None:
        raise DraftNotFound(draft_id=draft_id)
    return found


def check_draft(
    session: Session,
    actor: Actor,
    draft_id: str,
    changes: Mapping[str, bytes | None],
    *,
    catalogue: Catalogue,
    services: Mapping[str, Any],
) -> Report:
    """What a publication would be told of the draft, with changes that are not saved. Raises DraftFilesRefused."""
    files = _changed(session, actor, draft_id, changes)
    return check_files(session, files, catalogue=catalogue, services=services)


def names_in_draft(
    session: Session,
    actor: Actor,
    draft_id: str,
    changes: Mapping[str, bytes | None],
    *,
    path: str,
    catalogue: Catalogue,
    services: Mapping[str, Any],
) -> DiagramNames | None:
    """What expressions of the diagram at `path` may name; None while it cannot be read. Raises DraftFilesRefused."""
    files = catalogue.with_rules(session, _changed(session, actor, draft_id, changes))
    found = names_of(files, services=services, groups=GROUPS)
    return next((diagram for diagram in found if diagram.path == path), None)


def _changed(session: Session, actor: Actor, draft_id: str, changes: Mapping[str, bytes | None]) -> Mapping[str, bytes]:
    files = overlaid(files_of(session, known_draft(session, actor, draft_id).id), changes)
    must_fit(files)
    return files


def _newest(session: Session, process: str) -> BaseVersion | None:
    query = select(Deployment.id, Deployment.version).where(Deployment.process == process)
    row = session.execute(query.order_by(Deployment.version.desc()).limit(1)).first()
    return BaseVersion(*row) if row else None


def _rows(session: Session, found: Any, actor: Actor) -> list[DraftRow]:
    people = {getattr(d, f"{act}_by") for d in found for act in ("created", "updated", "submitted", "decided")}
    names = {id_: name for id_, (_, name) in people_by_id(session, people).items()}
    versions = deployments_by_id(session, {v for d in found for v in (d.based_on, d.published_as) if v})
    return [_row(d, names, versions, actor) for d in found]


def _row(d: ProcessDraft, names: Mapping[str, str], versions: Mapping[str, Deployment], actor: Actor) -> DraftRow:
    def name(person: str | None) -> str | None:
        return names.get(person, person) if person else None

    def version(id_: str | None) -> BaseVersion | None:
        return BaseVersion(id_, versions[id_].version) if id_ else None

    same = ("id", "process", "name", "revision", "state", "created_at", "updated_at", "submitted_at", "comment")
    more = ("decided_at", "reason", "vendor", "scenarios", "played")
    return DraftRow(
        **{column: getattr(d, column) for column in same + more},
        based_on=version(d.based_on),
        published_as=version(d.published_as),
        created_by=name(d.created_by) or "",
        updated_by=name(d.updated_by) or "",
        submitted_by=name(d.submitted_by),
        decided_by=name(d.decided_by),
        failures=tuple(d.failures),
        may_approve=d.state == DraftState.SUBMITTED
        and actor.is_in(DESIGNERS)
        and actor.person_id not in (d.submitted_by, d.updated_by),
    )
