"""What happened in a case, why it waits, where it stands."""

from collections.abc import Sized
from datetime import datetime
from typing import Any

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.downloads import download
from api.languages import the_locale
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.case_views import ClockList, DiagramAnswer, DocumentList, HistoryEntry, WaitingList
from api.schemas.fields import SHANGHAI
from engine.queries.case_file import CaseFile, case_file
from engine.queries.diagram import diagram
from engine.queries.evidence import evidence
from engine.queries.history import history
from engine.queries.rows import Waiting
from texts import sentence

case_views = ApiBlueprint("case_views", "What happened in a case, why it waits, where it stands.")


@case_views.get("/cases/<case_id>/history")
@permission("case_party")
@case_views.arguments(PageQuestion, location="query")
@case_views.response(200, page_of(HistoryEntry))
def case_history(question: dict, case_id: str) -> object:
    """The hash-chained history, newest first."""
    engine = the_engine()
    with engine.reading() as session:
        return history(session, the_actor(), case_id, catalogue=engine.catalogue, **question)


@case_views.get("/cases/<case_id>/waiting")
@permission("case_party")
@case_views.response(200, WaitingList)
def waiting(case_id: str) -> dict:
    """Why the case waits: one sentence for each place in the diagram where it stands."""
    locale = the_locale()
    return _whole([_explained(w, locale) for w in _read(case_id).waiting])


@case_views.get("/cases/<case_id>/diagram")
@permission("case_party")
@case_views.response(200, DiagramAnswer)
def case_diagram(case_id: str) -> dict:
    """The diagram this case runs on, and where its tokens are."""
    engine = the_engine()
    with engine.reading() as session:
        state = diagram(session, the_actor(), case_id, catalogue=engine.catalogue)
    marks = {"done": state.done, "current": state.current, "failed": state.failed}
    return {"xml": state.xml.decode("utf-8"), **marks}


@case_views.get("/cases/<case_id>/documents")
@permission("case_party")
@case_views.response(200, DocumentList)
def case_documents(case_id: str) -> dict:
    """The files of the case."""
    return _whole(_read(case_id).documents)


@case_views.get("/cases/<case_id>/clocks")
@permission("case_party")
@case_views.response(200, ClockList)
def case_clocks(case_id: str) -> dict:
    """The deadlines of the case with rule, article and formula."""
    return _whole(_read(case_id).clocks)


@case_views.get("/cases/<case_id>/evidence")
@permission("case_party")
@case_views.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
def case_evidence(case_id: str) -> Response:
    """Everything about the case in one zip with a verifier that needs Python alone."""
    engine = the_engine()
    with engine.reading() as session:
        content = evidence(session, the_actor(), case_id, store=engine.documents, now=engine.now())
    return download(content, name=f"evidence-{case_id}.zip", media_type="application/zip")


def _read(case_id: str) -> CaseFile:
    engine = the_engine()
    with engine.reading() as session:
        return case_file(session, the_actor(), case_id, catalogue=engine.catalogue, now=engine.now())


def _whole(items: Sized) -> dict:
    """A list that is never long enough for pages."""
    return {"items": items, "next": None, "total": len(items)}


def _explained(waiting: Waiting, locale: str) -> dict:
    gaps = {name: _shown(value) for name, value in waiting.params.items()}
    places = {"code": waiting.code, "element_id": waiting.element_id, "task_id": waiting.task_id}
    return {**places, "params": waiting.params, "message": sentence("waiting", waiting.code, locale, **gaps)}


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else value
