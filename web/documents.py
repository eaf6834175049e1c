"""Hand out files and evidence bundles."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for

from engine.commands.remove_document import RemoveDocument
from engine.documents import DocumentNotFound
from engine.media_types import SHOWN_IN_BROWSERS
from engine.queries.documents import document_content
from engine.queries.evidence import evidence
from web import door
from web.attachment import attachment
from web.attachment import preview as inline
from web.permission import permission
from web.return_path import safe_path

screen = Blueprint("documents", __name__)


@screen.get("/documents/<document_id>")
@permission("case_party")
def download(document_id: str) -> Response:
    row, content = _content(document_id)
    return attachment(content, name=row.name, media_type=row.media_type)


@screen.get("/documents/<document_id>/preview")
@permission("case_party")
def preview(document_id: str) -> Response:
    """Shown in the browser: pictures and PDF only, by what the content is and not by its name."""
    row, content = _content(document_id)
    if row.media_type not in SHOWN_IN_BROWSERS:
        raise DocumentNotFound()
    return inline(content, name=row.name, media_type=row.media_type)


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
        content = evidence(
            session, door.actor(), case_id, catalogue=engine.catalogue, store=engine.documents, now=engine.now()
        )
    return attachment(content, name=f"evidence-{case_id}.zip", media_type="application/zip")


def _content(document_id: str) -> Any:
    engine = door.engine()
    with door.reading() as session:
        kit = {"catalogue": engine.catalogue, "store": engine.documents}
        return document_content(session, door.actor(), document_id, **kit)
