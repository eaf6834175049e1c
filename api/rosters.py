"""Staff rosters: an Excel file comes in whole or not at all, in the background."""

from dataclasses import replace
from typing import Any

from flask import url_for

from api.blueprint import ApiBlueprint, body_limit
from api.current import the_actor, the_engine
from api.errors import problem_entry
from api.idempotency import run
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.registry import IdAnswer
from api.schemas.rosters import (
    RosterFileAnswer,
    RosterFlawAnswer,
    RosterPlaceAnswer,
    RosterPlaceListQuestion,
    RosterQuestion,
    RosterRunAnswer,
)
from api.uploads import DOCUMENT_LIMIT
from engine.commands.cancel_roster import CancelRoster
from engine.commands.import_roster import ImportRoster
from engine.errors import Problem
from engine.queries.rosters import RosterFlawRow, roster_file, roster_flaws, roster_places, roster_run

rosters = ApiBlueprint("rosters", "Staff rosters from Excel, and how far their imports are.")


@rosters.get("/rosters")
@permission("signed_in")
@rosters.arguments(RosterPlaceListQuestion, location="query")
@rosters.response(200, page_of(RosterPlaceAnswer))
def place_list(question: dict) -> object:
    """The enterprises whose staff this person may enter, by name."""
    with the_engine().reading() as session:
        return roster_places(session, the_actor(), **question)


@rosters.get("/rosters/<enterprise_id>")
@permission("signed_in")
@rosters.response(200, RosterFileAnswer)
def place(enterprise_id: str) -> object:
    """One enterprise with its latest imports."""
    with the_engine().reading() as session:
        return roster_file(session, the_actor(), enterprise_id)


@rosters.post("/rosters/<enterprise_id>/imports")
@permission("signed_in")
@body_limit(DOCUMENT_LIMIT)
@rosters.arguments(RosterQuestion, location="multipart")
@rosters.response(201, IdAnswer)
def begin(question: dict, enterprise_id: str) -> tuple[dict, int, dict]:
    """Begin to enter the staff of an enterprise; who began it is told when it has ended."""
    file = question["file"]
    import_id = run(ImportRoster(enterprise_id=enterprise_id, filename=file.filename or "", content=file.read()))
    return {"id": import_id}, 201, {"Location": url_for("rosters.progress", import_id=import_id)}


@rosters.get("/roster-imports/<import_id>")
@permission("signed_in")
@rosters.response(200, RosterRunAnswer)
def progress(import_id: str) -> object:
    """How far an import is, or how it ended."""
    return _progress(import_id)


@rosters.get("/roster-imports/<import_id>/flaws")
@permission("signed_in")
@rosters.arguments(PageQuestion, location="query")
@rosters.response(200, page_of(RosterFlawAnswer))
def flaws(question: dict, import_id: str) -> object:
    """What is wrong with which line, from the top."""
    with the_engine().reading() as session:
        page = roster_flaws(session, the_actor(), import_id, **question)
    return replace(page, items=tuple(_flaw(row) for row in page.items))


@rosters.post("/roster-imports/<import_id>/cancel")
@permission("signed_in")
@rosters.response(200, RosterRunAnswer)
def cancel(import_id: str) -> object:
    """Stop an import before it is written; nothing of it stays."""
    run(CancelRoster(import_id=import_id))
    return _progress(import_id)


def _progress(import_id: str) -> object:
    with the_engine().reading() as session:
        return roster_run(session, the_actor(), import_id)


def _flaw(row: RosterFlawRow) -> dict[str, Any]:
    told = problem_entry(Problem(path=row.column, code=row.code, params=dict(row.params)))
    return {**told, "line": row.line, "name": row.name}
