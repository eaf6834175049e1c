"""Failed steps, for administrators and for those in charge."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.definitions.process import Process
from engine.former_versions import process_with
from engine.groups import ADMINISTRATORS
from engine.model import Case, Incident
from engine.queries.case_file import incident_row
from engine.queries.paging import Page, page_of
from engine.queries.rows import IncidentRow
from engine.queries.seeing import may_read_case

# What a failure says of the process; everything else in its details may be a value that somebody handed in.
_ABOUT_THE_DIAGRAM = frozenset(
    {"cause", "code", "decision", "element_id", "error_code", "expression", "hit_policy", "input", "limit", "output",
     "part", "rule", "rules", "service", "topic", "type", "version"}
)  # fmt: skip


def incidents(
    session: Session,
    actor: Actor,
    *,
    catalogue: Catalogue,
    state: str = "open",
    cursor: str | None = None,
    limit: int = 50,
) -> Page[IncidentRow]:
    """Administrators see where something failed, not what the case says."""
    reads = may_read_case(actor)
    query = select(Incident, Case, reads).join(Case, Case.id == Incident.case_id).where(Incident.state == state)
    if not actor.is_in(ADMINISTRATORS):
        query = query.where(reads)
    key = ((Incident.created_at, datetime), (Incident.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(_row(i, c, process_with(session, catalogue, c, i.element_id), reads) for i, c, reads in page.items)


def _row(incident: Incident, case: Case, process: Process, reads: bool) -> IncidentRow:
    row = incident_row(incident, case, process)
    if reads:
        return row
    told = {name: value if name in _ABOUT_THE_DIAGRAM else "…" for name, value in row.details.items()}
    return replace(row, details=told)
