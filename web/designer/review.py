"""What a second person looks at: the changes in words and on the diagrams, what they mean for running cases."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.discard_process_draft import DiscardProcessDraft
from engine.commands.publish_process_draft import PublishProcessDraft
from engine.commands.return_process_draft import ReturnProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.errors import Conflict, EngineError, NotAllowed, Rejected
from engine.groups import DESIGNERS
from engine.queries.draft_changes import draft_changes
from engine.queries.drafts import DraftDetail, draft
from web import door
from web.designer import findings, two_diagrams
from web.designer.words import FATES, STATES
from web.error_pages import sentence_for, status_of
from web.fragments import is_fragment
from web.permission import permission

screen = Blueprint("review", __name__)
_REFUSALS = (Conflict, NotAllowed, Rejected)


@screen.get("/designer/drafts/<draft_id>/review")
@permission("designer")
def show(draft_id: str) -> str:
    """The page; while scenarios are played its head is asked for again and again."""
    if is_fragment():
        with door.reading() as session:
            found = draft(session, door.actor(), draft_id)
        return render_template("designer/review_state.html", **_head(found))
    return _page(draft_id)


@screen.post("/designer/drafts/<draft_id>/submit")
@permission("designer")
def submit(draft_id: str) -> Response:
    def act() -> str:
        report = door.run(SubmitProcessDraft(draft_id=draft_id, comment=request.form.get("comment", "")))
        return _("已送审，等另一名流程设计员发布。") if report.deployable else ""

    return _acted(draft_id, act)


@screen.post("/designer/drafts/<draft_id>/publish")
@permission("designer")
def publish(draft_id: str) -> Response:
    def act() -> str:
        report = door.run(PublishProcessDraft(draft_id=draft_id, comment=request.form.get("comment", "").strip()))
        return _("已同意发布。") if report.deployable else ""

    return _acted(draft_id, act)


@screen.post("/designer/drafts/<draft_id>/return")
@permission("designer")
def return_(draft_id: str) -> Response:
    def act() -> str:
        door.run(ReturnProcessDraft(draft_id=draft_id, reason=request.form.get("reason", "")))
        return _("已退回修改。")

    return _acted(draft_id, act)


@screen.post("/designer/drafts/<draft_id>/discard")
@permission("designer")
def discard(draft_id: str) -> Response:
    def act() -> str:
        door.run(DiscardProcessDraft(draft_id=draft_id, reason=request.form.get("reason", "")))
        return _("草稿已放弃。")

    return _acted(draft_id, act)


def _acted(draft_id: str, act: Any) -> Response:
    """Back to the page with what was done; or the page as it was, with what was typed and why it was not done."""
    try:
        said = act()
    except _REFUSALS as refusal:
        return make_response(_page(draft_id, refusal=refusal), status_of(refusal))
    if not said:
        return make_response(_page(draft_id, complaint=_("还有必须修改的问题，没有执行。")), 422)
    flash(said, "good")
    return redirect(url_for("pages.review.show", draft_id=draft_id))


def _page(draft_id: str, *, refusal: EngineError | None = None, complaint: str = "") -> str:
    kit = {"catalogue": door.engine().catalogue, "services": door.engine().services}
    with door.reading() as session:
        found = draft(session, door.actor(), draft_id)
        changes = draft_changes(session, door.actor(), draft_id, **kit)
    return render_template(
        "designer/review.html",
        complaint=sentence_for(refusal) if refusal else complaint,
        given=request.form,
        changes=changes,
        areas=two_diagrams.by_area(changes.changes),
        groups=findings.grouped(changes.report.problems, _drawn(found)),
        drawings=two_diagrams.drawings(changes.before, changes.after) if changes.after else [],
        marks=two_diagrams.marks(changes.changes),
        fates=FATES,
        **_head(found),
    )


def _head(found: DraftDetail) -> dict[str, Any]:
    return {"draft": found.row, "found": found, "states": STATES, "may_design": door.actor().is_in(DESIGNERS)}


def _drawn(found: DraftDetail) -> dict[str, str]:
    return {path: content.decode() for path, content in found.files.items() if path.endswith(".bpmn")}
