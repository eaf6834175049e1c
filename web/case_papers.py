"""What a paper of a case says now, and making it."""

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _

from engine.errors import Conflict, Rejected
from engine.queries.papers import case_paper
from papermaking import make_paper, preview_of
from web import door
from web.attachment import framed
from web.case_documents import documents_page
from web.case_page import page_of_case
from web.error_pages import sentence_for, status_of
from web.permission import permission

screen = Blueprint("case_papers", __name__)
_PAPER = "/cases/<case_id>/papers/<key>"


@screen.get(_PAPER)
@permission("case_party")
def show(case_id: str, key: str) -> str:
    engine = door.engine()
    with door.reading() as session:
        paper = case_paper(session, door.actor(), case_id, key, catalogue=engine.catalogue, now=door.now())
        return page_of_case(session, case_id, "paper", paper=paper)


@screen.get(f"{_PAPER}/page")
@permission("case_party")
def page(case_id: str, key: str) -> Response:
    """The paper alone, to be framed: nothing in it runs."""
    return framed(preview_of(door.engine(), case_id, key, actor=door.actor()))


@screen.post(_PAPER)
@permission("case_party")
def make(case_id: str, key: str) -> Response:
    """An official paper from the facts of the case; the same facts give the document that is there already."""
    try:
        make_paper(door.engine(), case_id, key, request.form.get("kind", ""), actor=door.actor())
    except (Rejected, Conflict) as refusal:
        return make_response(documents_page(case_id, not_made=sentence_for(refusal)), status_of(refusal))
    flash(_("文书已生成，列在文件中。"), "good")
    return redirect(url_for("pages.case_documents.show", case_id=case_id))
