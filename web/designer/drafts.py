"""Processes and drafts, the modeller over one draft, and what is done with a draft as a whole."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import ngettext

from engine.commands.start_process_draft import StartProcessDraft
from engine.definitions.packing import packed
from engine.errors import Problem, Rejected
from engine.groups import DESIGNERS
from engine.queries.bringing_in import BroughtIn, bring_in
from engine.queries.drafts import draft, drafts
from engine.queries.processes import processes
from web import door
from web.attachment import attachment
from web.designer.words import STATES
from web.error_pages import sentence_for
from web.language import current_locale, sentence
from web.list_filters import given
from web.permission import permission

screen = Blueprint("drafts", __name__)


@screen.get("/designer")
@permission("designer")
def show() -> str:
    return _page()


@screen.post("/designer/drafts")
@permission("designer")
def start() -> Response:
    """A copy of a process or of an older version, an empty one of a name, or files."""
    try:
        brought = _brought_in()
        draft_id = door.run(StartProcessDraft(**_wanted(), **vars(brought)))
    except Rejected as refusal:
        return make_response(_page(refusal=refusal), 422)
    if brought.gaps:
        count = len(brought.gaps)
        flash(ngettext("已转成草稿，有 %(num)d 处请看一看。", "已转成草稿，有 %(num)d 处请看一看。", count), "info")
    return redirect(url_for("pages.drafts.edit", draft_id=draft_id))


@screen.get("/designer/drafts/<draft_id>")
@permission("designer")
def edit(draft_id: str) -> str:
    with door.reading() as session:
        found = draft(session, door.actor(), draft_id)
    may_edit = found.row.state == "open" and door.actor().is_in(DESIGNERS)
    return render_template("designer/draft.html", draft=found.row, found=found, data=embedded(found, may_edit=may_edit))


@screen.get("/designer/drafts/<draft_id>/export")
@permission("designer")
def export(draft_id: str) -> Response:
    with door.reading() as session:
        found = draft(session, door.actor(), draft_id)
    return attachment(packed(found.files), name=f"{found.row.process or 'draft'}.zip", media_type="application/zip")


def _page(*, refusal: Rejected | None = None) -> str:
    with door.reading() as session:
        return render_template(
            "designer/processes.html",
            processes=processes(session, door.actor(), catalogue=door.engine().catalogue),
            page=drafts(session, door.actor(), state="current", cursor=given("cursor")),
            may_design=door.actor().is_in(DESIGNERS),
            states=STATES,
            complaint=sentence_for(refusal) if refusal else "",
            details=[_told(problem) for problem in refusal.problems] if refusal else [],
        )


def _told(problem: Problem) -> str:
    said = sentence("errors", problem.code, **problem.params)
    return f"{problem.path}：{said}" if problem.path and "file" not in problem.params else said


def _wanted() -> dict[str, Any]:
    named = {name: request.form.get(name) or None for name in ("process", "name")}
    return {**named, "version": request.form.get("version", type=int)}


def _brought_in() -> BroughtIn:
    files = {file.filename: file.read() for file in request.files.getlist("files") if file.filename}
    if not files:
        return BroughtIn({})
    with door.reading() as session:
        return bring_in(session, files, catalogue=door.engine().catalogue, services=door.engine().services)


def embedded(found: Any, *, may_edit: bool) -> dict[str, Any]:
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
        "gaps": [gap.told(current_locale()) | {"params": dict(gap.params)} for gap in found.gaps],
        "vendor": row.vendor,
    }
