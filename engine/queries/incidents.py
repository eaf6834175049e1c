"""Failed steps, for administrators and for those in charge."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.groups import ADMINISTRATORS
from engine.model import Case, Incident
from engine.queries.case_file import incident_row
from engine.queries.paging import Page, page_of
from engine.queries.rows import IncidentRow
from engine.queries.seeing import may_read_case


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
    query = select(Incident, Case).join(Case, Case.id == Incident.case_id).where(Incident.state == state)
    if not actor.is_in(ADMINISTRATORS):
        query = query.where(may_read_case(actor))
    key = ((Incident.created_at, datetime), (Incident.id, str))
    page = page_of(session, query, *key, cursor=cursor, limit=limit, is_descending=True)
    return page.of(incident_row(i, c, catalogue.bundle(session, c.deployment_id).process) for i, c in page.items)
