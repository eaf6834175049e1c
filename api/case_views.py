"""What happened in a case, why it waits, where it stands."""

from collections.abc import Sized

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.downloads import download
from api.languages import the_locale
from api.paging import PageQuestion, page_of
from api.permissions import permission
from api.schemas.case_views import ClockList, DiagramAnswer, DocumentList, HistoryEntry, WaitingList
from engine.queries.case_file import CaseFile, Waiting, case_file
from engine.queries.diagram import DiagramState, diagram
from engine.queries.evidence import evidence
from engine.queries.history import history
from texts import sentence

case_views = ApiBlueprint("case_views", "What happened in a case, why it waits, where it stands.")


@case_views.get("/cases/<case_id>/history")
@permission("case_party")
@case_views.arguments(PageQuestion, location="query")
@case_views.response(200, page_of(HistoryEntry))
def case_history(question: dict, case_id: str) -> object:
    """The hash-chained history, oldest first."""
    with the_engine().reading() as session:
        return history(session, the_actor(), case_id, **question)


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
def case_diagram(case_id: str) -> DiagramState:
    """The diagram this case runs on, and where its tokens are."""
    engine = the_engine()
    with engine.reading() as session:
        return diagram(session, the_actor(), case_id, catalogue=engine.catalogue)


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
        content = evidence(session, the_actor(), case_id)
    return download(content, name=f"evidence-{case_id}.zip", media_type="application/zip")


def _read(case_id: str) -> CaseFile:
    engine = the_engine()
    with engine.reading() as session:
        return case_file(session, the_actor(), case_id, catalogue=engine.catalogue, now=engine.now())


def _whole(items: Sized) -> dict:
    """A list that is never long enough for pages."""
    return {"items": items, "next": None, "total": len(items)}


def _explained(waiting: Waiting, locale: str) -> dict:
    params = {name: value for name, value in waiting.params.items() if name not in {"code", "locale", "part", "topic"}}
    places = {"code": waiting.code, "element_id": waiting.element_id, "task_id": waiting.task_id}
    return {**places, "params": waiting.params, "message": sentence("waiting", waiting.code, locale, **params)}
