"""The processes that are deployed."""

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.form_data import form_data
from api.permissions import permission
from api.schemas.processes import ProcessAlone, ProcessList, StartFormAnswer, StartFormQuestion
from engine.queries.processes import process_detail, start_form
from engine.queries.processes import processes as find_processes

processes = ApiBlueprint("processes", "The processes that are deployed.")


@processes.get("/processes")
@permission("signed_in")
@processes.response(200, ProcessList)
def process_list() -> dict:
    """All processes this person may know, in their newest version."""
    engine = the_engine()
    with engine.reading() as session:
        found = find_processes(session, the_actor(), engine.catalogue)
    return {"items": found, "next": None, "total": len(found)}
