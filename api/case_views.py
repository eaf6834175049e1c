"""What happened in a case, why it waits, where it stands."""

from collections.abc import Sized
from dataclasses import asdict

from flask import Response

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.downloads import download
from api.languages import the_locale
from api.paging import page_of
from api.permissions import permission
from api.schemas.case_views import (
    ClockList,
    DiagramAnswer,
    DiagramQuestion,
    DocumentList,
    HistoryEntry,
    HistoryQuestion,
    ReplayAnswer,
    WaitingList,
)
from engine.queries.case_file import CaseFile, case_file
from engine.queries.diagram import diagram
from engine.queries.evidence import evidence
from engine.queries.history import HistoryFilter, history
from engine.queries.replay import replay
from engine.queries.rows import Waiting
from texts.waiting import waiting_sentence

case_views = ApiBlueprint("case_views", "What happened in a case, why it waits, where it stands.")


@case_views.get("/cases/<case_id>/history")
@permission("case_party")
@case_views.arguments(HistoryQuestion, location="query")
@case_views.response(200, page_of(HistoryEntry))
def case_history(question: dict, case_id: str) -> object:
    """The hash-chained history, newest first; all of it, or only acts of one kind or at one step."""
    engine, only = the_engine(), HistoryFilter(kind=question.pop("kind"), element=question.pop("element"))
    with engine.reading() as session:
        return history(session, the_actor(), case_id, catalogue=engine.catalogue, only=only, **question)


@case_views.get("/cases/<case_id>/replay")
@permission("case_party")
@case_views.response(200, ReplayAnswer)
def case_replay(case_id: str) -> dict:
    """The case played again: after each act what tokens passed in it and where they stood then, oldest first."""
    engine = the_engine()
    with engine.reading() as session:
        return _whole(replay(session, the_actor(), case_id, catalogue=engine.catalogue))


@case_views.get("/cases/<case_id>/waiting")
@permission("case_party")
@case_views.response(200, WaitingList)
def waiting(case_id: str) -> dict:
    """Why the case waits: one sentence for each place in the diagram where it stands."""
    locale = the_locale()
    return _whole([_explained(w, locale) for w in _read(case_id).waiting])


@case_views.get("/cases/<case_id>/diagram")
@permission("case_party")
@case_views.arguments(DiagramQuestion, location="query")
@case_views.response(200, DiagramAnswer)
def case_diagram(question: dict, case_id: str) -> dict:
    """A diagram this case runs on, the main one or one that it calls, and where the tokens of all of them are.

    With `version` the diagram that it ran on before, what was passed on it, and where the case stood when it was moved.
    """
    engine = the_engine()
    with engine.reading() as session:
        asked = {"which": question["diagram"], "version": question["version"], "until": question["until"]}
        state = diagram(session, the_actor(), case_id, catalogue=engine.catalogue, **asked)
    marks = {"done": state.done, "current": state.current, "failed": state.failed}
    listed = [{**asdict(sheet), "here": sheet.key in state.here} for sheet in state.sheets]
    told = {"version": state.version, "versions": state.versions, "moved": state.moved}
    return {"xml": state.xml.decode("utf-8"), **marks, "diagram": state.key, "diagrams": listed, **told}


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
        content = evidence(
            session, the_actor(), case_id, catalogue=engine.catalogue, store=engine.documents, now=engine.now()
        )
    return download(content, name=f"evidence-{case_id}.zip", media_type="application/zip")


def _read(case_id: str) -> CaseFile:
    engine = the_engine()
    with engine.reading() as session:
        return case_file(session, the_actor(), case_id, catalogue=engine.catalogue, now=engine.now())


def _whole(items: Sized) -> dict:
    """A list that is never long enough for pages."""
    return {"items": items, "next": None, "total": len(items)}


def _explained(waiting: Waiting, locale: str) -> dict:
    places = {"code": waiting.code, "element_id": waiting.element_id, "task_id": waiting.task_id}
    return {**places, "params": waiting.params, "message": waiting_sentence(waiting.code, waiting.params, locale)}
