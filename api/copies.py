"""What is sent to people to read, and whether they did."""

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion
from api.permissions import permission
from api.schemas.copies import CopiesAnswer, CopiesSent, SendCopiesQuestion
from engine.commands.read_copy import ReadCopy
from engine.commands.send_copies import SendCopies
from engine.queries.copies import copies_of, my_copies

copies = ApiBlueprint("copies", "What is sent to people to read.")


@copies.get("/cases/<case_id>/copies")
@permission("case_party")
@copies.response(200, CopiesAnswer)
def sent(case_id: str) -> dict:
    """To whom this case was sent to read, newest first, and who has read it."""
    with the_engine().reading() as session:
        found = copies_of(session, the_actor(), case_id)
    return {"items": found, "next": None, "total": len(found)}


@copies.post("/cases/<case_id>/copies")
@permission("case_party")
@copies.arguments(SendCopiesQuestion)
@copies.response(201, CopiesSent)
def send(question: dict, case_id: str) -> dict:
    """Send a case, or one task of it, to people to read."""
    named = {**question, "to": tuple(question["to"])}
    return {"sent": run(SendCopies(case_id=case_id, **named))}


@copies.get("/me/copies")
@permission("signed_in")
@copies.arguments(PageQuestion, location="query")
@copies.response(200, CopiesAnswer)
def mine(question: dict) -> object:
    """What was sent to this person to read, newest first."""
    with the_engine().reading() as session:
        return my_copies(session, the_actor(), **question)


@copies.post("/copies/<copy_id>/read")
@permission("signed_in")
@copies.response(204)
def read(copy_id: str) -> Response:
    """Confirm that you have read it; a second time changes nothing."""
    run(ReadCopy(copy_id=copy_id))
    return Response(status=204)
