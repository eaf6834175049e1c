"""Automatic steps that failed and need a person."""

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import page_of
from api.permissions import permission
from api.schemas.work import IncidentAnswer, IncidentListQuestion, IncidentState
from engine.commands.retry_incident import RetryIncident
from engine.queries.incidents import incidents as find_incidents

incidents = ApiBlueprint("incidents", "Automatic steps that failed and need a person.")


@incidents.get("/incidents")
@permission("oversight")
@incidents.arguments(IncidentListQuestion, location="query")
@incidents.response(200, page_of(IncidentAnswer))
def incident_list(question: dict) -> object:
    """One page of failed steps."""
    with the_engine().reading() as session:
        return find_incidents(session, the_actor(), **question)


@incidents.post("/incidents/<incident_id>/retry")
@permission("oversight")
@incidents.response(200, IncidentState)
def retry(incident_id: str) -> dict:
    """Try a failed step again."""
    run(RetryIncident(incident_id=incident_id))
    return {"id": incident_id, "state": "resolved"}
