"""Automatic steps that failed and need a person."""

from dataclasses import fields
from typing import Any

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.errors import sentence_of
from api.idempotency import run
from api.paging import page_of
from api.permissions import permission
from api.schemas.work import IncidentAnswer, IncidentListQuestion, IncidentState
from engine.commands.retry_incident import RetryIncident
from engine.queries.incidents import incidents as find_incidents
from engine.queries.rows import IncidentRow

incidents = ApiBlueprint("incidents", "Automatic steps that failed and need a person.")


@incidents.get("/incidents")
@permission("oversight")
@incidents.arguments(IncidentListQuestion, location="query")
@incidents.response(200, page_of(IncidentAnswer))
def incident_list(question: dict) -> dict:
    """One page of failed steps."""
    engine = the_engine()
    with engine.reading() as session:
        page = find_incidents(session, the_actor(), catalogue=engine.catalogue, **question)
    return {"items": [_explained(row) for row in page.items], "next": page.next, "total": page.total}


@incidents.post("/incidents/<incident_id>/retry")
@permission("oversight")
@incidents.response(200, IncidentState)
def retry(incident_id: str) -> dict:
    """Try a failed step again."""
    run(RetryIncident(incident_id=incident_id))
    return {"id": incident_id, "state": "resolved"}


def _explained(row: IncidentRow) -> dict[str, Any]:
    facts = {field.name: getattr(row, field.name) for field in fields(row)}
    return {**facts, "message": sentence_of(row.code, row.details)}
