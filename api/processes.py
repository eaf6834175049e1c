"""The processes that are deployed, and how a case of one starts."""

from dataclasses import fields

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.downloads import download
from api.form_data import form_data
from api.permissions import permission
from api.schemas.case_views import DiagramQuestion
from api.schemas.processes import ProcessAlone, ProcessList, StartFormAnswer, StartFormQuestion
from engine.errors import NotFound
from engine.queries.processes import ProcessDetail, process_detail, start_form
from engine.queries.processes import processes as find_processes

processes = ApiBlueprint("processes", "The processes that are deployed.")


@processes.get("/processes")
@permission("signed_in")
@processes.response(200, ProcessList)
def process_list() -> dict:
    """All processes in their newest version."""
    engine = the_engine()
    with engine.reading() as session:
        found = find_processes(session, the_actor(), catalogue=engine.catalogue)
    return {"items": found, "next": None, "total": len(found)}


@processes.get("/processes/<key>")
@permission("signed_in")
@processes.response(200, ProcessAlone)
def process(key: str) -> dict:
    """One process with its stages, elements and forms."""
    found = _read(key)
    row = {field.name: getattr(found.row, field.name) for field in fields(found.row)}
    elements = list(found.process.elements.values())
    return {**row, "stages": found.process.stages, "elements": elements, "forms": found.forms, "diagrams": found.sheets}


@processes.get("/processes/<key>/bpmn")
@permission("signed_in")
@processes.arguments(DiagramQuestion, location="query")
@processes.response(200, {"type": "string"}, content_type="application/xml")
def diagram(question: dict, key: str) -> Response:
    """The diagram that runs, in BPMN 2.0 XML; or one that it calls."""
    which = question["diagram"]
    return download(_read(key, which=which).xml, name=f"{which or key}.bpmn", media_type="application/xml")


@processes.get("/processes/<key>/start-form")
@permission("signed_in")
@processes.arguments(StartFormQuestion, location="query")
@processes.response(200, StartFormAnswer)
def form_to_start(question: dict, key: str) -> dict:
    """The form that starts a case, what its fields hold at first, and for which enterprises one may start."""
    engine = the_engine()
    with engine.reading() as session:
        found = start_form(session, the_actor(), key, catalogue=engine.catalogue, now=engine.now(), **question)
    if question["enterprise"] not in {None, *(enterprise.id for enterprise in found.enterprises)}:
        raise NotFound
    form = found.form
    shown = {"form": form.id if form else None, "schema": form.schema if form else None}
    return {**shown, "data": form_data(form, None, found.context), "enterprises": found.enterprises}


def _read(key: str, *, which: str | None = None) -> ProcessDetail:
    engine = the_engine()
    with engine.reading() as session:
        return process_detail(session, the_actor(), key, catalogue=engine.catalogue, which=which)
