"""Hand out files and evidence bundles."""

from urllib.parse import quote

from flask import Blueprint, Response, redirect, request, url_for

from engine.commands.remove_document import RemoveDocument
from engine.queries.documents import document_content
from engine.queries.evidence import evidence
from web import door
from web.permission import permission
from web.return_path import safe_path

screen = Blueprint("documents", __name__)


@screen.get("/documents/<document_id>")
@permission("case_party")
def download(document_id: str) -> Response:
    engine = door.engine()
    with door.reading() as session:
        row, content = document_content(session, door.actor(), document_id, store=engine.documents)
    return _attachment(content, name=row.name, media_type=row.media_type)


@screen.post("/documents/<document_id>/remove")
@permission("case_party")
def remove(document_id: str) -> Response:
    door.run(RemoveDocument(document_id=document_id))
    return redirect(safe_path(request.form.get("next"), default=url_for("pages.worklist.show")))


@screen.get("/cases/<case_id>/evidence")
@permission("case_party")
def bundle(case_id: str) -> Response:
    engine = door.engine()
    with door.reading() as session:
        content = evidence(session, door.actor(), case_id, store=engine.documents, now=engine.now())
    return _attachment(content, name=f"evidence-{case_id}.zip", media_type="application/zip")


def _attachment(content: bytes, *, name: str, media_type: str) -> Response:
    """Always a download: a file somebody uploaded must never run as a page of this site."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
