"""Processes and drafts, the modeller over one draft, and what is done with a draft as a whole."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.start_process_draft import StartProcessDraft
from engine.definitions.packing import packed
from engine.groups import DESIGNERS
from engine.queries.bringing_in import bring_in
from engine.queries.drafts import draft, drafts
from engine.queries.processes import processes
from web import door
from web.attachment import attachment
from web.language import current_locale
from web.permission import permission

MAX_UPLOAD = 24 * 1024 * 1024
screen = Blueprint("drafts", __name__)


@screen.get("/designer")
@permission("designer")
def show() -> str:
    with door.reading() as session:
        return render_template(
            "designer/processes.html",
            processes=processes(session, door.actor(), catalogue=door.engine().catalogue),
            page=drafts(session, door.actor(), state="current", cursor=request.args.get("cursor")),
            may_design=door.actor().is_in(DESIGNERS),
        )


@screen.post("/designer/drafts")
@permission("designer")
def start() -> Response:
    """A copy of a process, an empty one of a name, or files."""
    files = {file.filename or "": file.read() for file in request.files.getlist("files") if file.filename}
    wanted: dict[str, Any] = {name: request.form.get(name) or None for name in ("process", "name")}
    with door.reading() as session:
        kit = {"catalogue": door.engine().catalogue, "services": door.engine().services}
        brought = vars(bring_in(session, files, **kit)) if files else {}
    draft_id = door.run(StartProcessDraft(**wanted, version=request.form.get("version", type=int), **brought))
    if brought.get("gaps"):
        flash(_("已转成草稿，有 %(count)s 处需要看一看。", count=len(brought["gaps"])), "info")
    return redirect(url_for("pages.drafts.edit", draft_id=draft_id))


@screen.get("/designer/drafts/<draft_id>")
@permission("designer")
def edit(draft_id: str) -> str:
    with door.reading() as session:
        found = draft(session, door.actor(), draft_id)
    may_edit = found.row.state == "open" and door.actor().is_in(DESIGNERS)
    return render_template(
        "designer/draft.html", draft=found.row, found=found, data=_embedded(found, may_edit=may_edit)
    )


@screen.get("/designer/drafts/<draft_id>/export")
@permission("designer")
def export(draft_id: str) -> Response:
    with door.reading() as session:
        found = draft(session, door.actor(), draft_id)
    return attachment(packed(found.files), name=f"{found.row.process or 'draft'}.zip", media_type="application/zip")


def _embedded(found: Any, *, may_edit: bool) -> dict[str, Any]:
    """What the modeller begins with, as `GET /api/v1/drafts/<id>` gives it."""
    row = found.row
    return {
        "id": row.id,
        "process": row.process,
        "name": row.name,
        "based_on": vars(row.based_on) if row.based_on else None,
        "revision": row.revision,
        "state": row.state,
        "may_edit": may_edit,
        "updated_by": row.updated_by,
        "updated_at": row.updated_at.isoformat(),
        "files": {path: content.decode() for path, content in found.files.items()},
        "gaps": [gap.told(current_locale()) for gap in found.gaps],
        "vendor": row.vendor,
    }
