"""Notes beside a case, each for one circle of its readers."""

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.notes import NoteAnswer, NoteId, NoteQuestion
from engine.commands.add_note import AddNote
from engine.commands.withdraw_note import WithdrawNote
from engine.queries.notes import notes as notes_of

notes = ApiBlueprint("notes", "Notes beside a case, each for one circle of its readers.")


@notes.get("/cases/<case_id>/notes")
@permission("case_party")
@notes.arguments(PageQuestion, location="query")
@notes.response(200, page_of(NoteAnswer))
def list_notes(question: dict, case_id: str) -> object:
    """The notes that this person may see, newest first."""
    engine = the_engine()
    with engine.reading() as session:
        return notes_of(session, the_actor(), case_id, catalogue=engine.catalogue, **question)


@notes.post("/cases/<case_id>/notes")
@permission("case_party")
@notes.arguments(NoteQuestion)
@notes.response(201, NoteId)
def add(question: dict, case_id: str) -> dict:
    """Write a note; @username or @name tells that person, if the note is for their eyes."""
    return {"id": run(AddNote(case_id=case_id, **question))}


@notes.delete("/notes/<note_id>")
@permission("case_party")
@notes.response(204)
def withdraw(note_id: str) -> Response:
    """Withdraw a note of yours."""
    run(WithdrawNote(note_id=note_id))
    return Response(status=204)
