"""Imports of staff rosters: where they may begin, how far they are, what is wrong with which line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.errors import NotFound
from engine.model import Organisation, RosterFlaw, RosterImport
from engine.model.roster import RosterState
from engine.queries.looking_up import people_by_username
from engine.queries.organisations import people_by_organisation
from engine.queries.paging import Page, page_of
from engine.rostering import RosterNotFound, enterprise_for, may_name_reps, open_to

LATEST = 10
STATES = tuple(RosterState)
BATCH = 2_000


@dataclass(frozen=True)
class RosterPlace:
    """An enterprise whose staff one may enter; `people` have an account there."""

    id: str
    name: str
    town: str | None
    people: int


@dataclass(frozen=True, kw_only=True)
class RosterRun:
    """`by` is a name; `refusal` is the code of an error of the whole file."""

    id: str
    enterprise_id: str
    by: str
    at: datetime
    filename: str
    state: str
    is_under_way: bool
    lines: int
    read: int
    flaws: int
    added: int
    changed: int
    refusal: str | None


@dataclass(frozen=True)
class RosterFlawRow:
    line: int
    column: str
    name: str | None
    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class RosterFile:
    """`runs` are the latest imports, newest first; `may_name_reps` for the union."""

    place: RosterPlace
    may_name_reps: bool
    runs: tuple[RosterRun, ...]


def roster_places(
    session: Session, actor: Actor, *, text: str | None = None, cursor: str | None = None, limit: int = 50
) -> Page[RosterPlace]:
    """By name; `text` looks in name and credit code."""
    query = select(Organisation).where(open_to(actor))
    if text:
        like = f"%{text.replace('%', '')}%"
        query = query.where(or_(Organisation.name.like(like), Organisation.uscc.like(like)))
    key = ((Organisation.name, str), (Organisation.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit)
    counts = people_by_organisation(session, [o.id for o in page.items])
    return page.of(RosterPlace(o.id, o.name, o.town, counts.get(o.id, 0)) for o in page.items)


def roster_file(session: Session, actor: Actor, enterprise_id: str) -> RosterFile:
    """Raises RosterPlaceNotFound."""
    found = enterprise_for(session, actor, enterprise_id)
    people = people_by_organisation(session, [found.id]).get(found.id, 0)
    query = select(RosterImport).where(RosterImport.organisation_id == found.id)
    runs = session.scalars(query.order_by(RosterImport.id.desc()).limit(LATEST)).all()
    names = people_by_username(session, {run.by for run in runs})
    place = RosterPlace(found.id, found.name, found.town, people)
    return RosterFile(place, may_name_reps(actor), tuple(_run(run, names) for run in runs))


def roster_run(session: Session, actor: Actor, import_id: str) -> RosterRun:
    """Raises RosterNotFound."""
    run = session.get(RosterImport, import_id)
    try:
        enterprise_for(session, actor, run.organisation_id if run else "")
    except NotFound as hidden:
        raise RosterNotFound(import_id=import_id) from hidden
    return _run(run, people_by_username(session, {run.by}))  # type: ignore[union-attr]


def roster_flaws(
    session: Session, actor: Actor, import_id: str, *, cursor: str | None = None, limit: int = 50
) -> Page[RosterFlawRow]:
    """By line. Raises RosterNotFound."""
    roster_run(session, actor, import_id)
    query = select(RosterFlaw).where(RosterFlaw.import_id == import_id)
    key = ((RosterFlaw.line, int), (RosterFlaw.column, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit)
    return page.of(_flaw(row) for row in page.items)


def all_roster_flaws(session: Session, actor: Actor, import_id: str) -> Iterator[RosterFlawRow]:
    """By line, however many. Raises RosterNotFound."""
    roster_run(session, actor, import_id)
    query = select(RosterFlaw).where(RosterFlaw.import_id == import_id)
    rows = session.scalars(query.order_by(RosterFlaw.line, RosterFlaw.column)).yield_per(BATCH)
    return (_flaw(row) for row in rows)


def _flaw(row: RosterFlaw) -> RosterFlawRow:
    return RosterFlawRow(row.line, row.column, row.name, row.code, row.params)


def _run(run: RosterImport, names: Mapping[str, str]) -> RosterRun:
    columns = ("id", "at", "filename", "state", "is_under_way", "lines", "read", "flaws", "added", "changed", "refusal")
    facts = {name: getattr(run, name) for name in columns}
    return RosterRun(**facts, enterprise_id=run.organisation_id, by=names.get(run.by, run.by))
