"""Failed steps, for administrators and for those in charge."""

from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.groups import ADMINISTRATORS
from engine.model import Case, Incident
from engine.queries.case_file import incident_row
from engine.queries.paging import Page, clamp, read_cursor, write_cursor
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
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Incident.id).subquery())) or 0
    query = query.order_by(Incident.created_at.desc(), Incident.id.desc())
    if cursor:
        query = query.where(tuple_(Incident.created_at, Incident.id) < read_cursor(cursor, datetime, str))
    found = session.execute(query.limit(clamp(limit) + 1)).all()
    shown = found[: clamp(limit)]
    more = write_cursor(shown[-1][0].created_at, shown[-1][0].id) if len(found) > len(shown) else None
    rows = (incident_row(i, c, catalogue.bundle(session, c.deployment_id).process) for i, c in shown)
    return Page(tuple(rows), more, total)
