"""我的服务: what an expert has before them, on the phone first."""

from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.claim_task import ClaimTask
from engine.commands.come_forward import ComeForward
from engine.commands.decline_task import DeclineTask
from engine.errors import Conflict, NotAllowed, Rejected
from engine.experts import ExpertNotFound
from engine.queries.expert_desk import expert_desk
from engine.queries.experts import ExpertFile, expert_file
from web import door
from web.case_dispatch import reason_words
from web.error_pages import sentence_for
from web.permission import permission

screen = Blueprint("expert_desk", __name__)


@screen.get("/expert")
@permission("signed_in")
def show() -> str:
    """Who is not in the register is told so."""
    with door.reading() as session:
        line = _own_line(session)
        if line is None:
            return render_template("people/no_expert.html")
        desk = expert_desk(session, door.actor(), catalogue=door.engine().catalogue, now=door.now())
        return render_template("people/expert_desk.html", desk=desk, line=line, place_link=_geo)


@screen.post("/expert/offers/<task_id>/accept")
@permission("signed_in")
def accept(task_id: str) -> Response:
    """Claim it and go on to the declaration of conflicts."""
    try:
        door.run(ClaimTask(task_id=task_id))
    except (Conflict, NotAllowed) as refusal:
        is_late = refusal.code == "task_already_claimed"
        words = _("另一位专家先承接了。如果对方回避，可能会再邀请您。") if is_late else sentence_for(refusal)
        return _back(words, "warn")
    flash(_("已领取。请先作利益冲突声明，声明以后才能看到企业的具体情况。"), "good")
    return redirect(url_for("pages.task_page.show", task_id=task_id))


@screen.post("/expert/offers/<task_id>/decline")
@permission("signed_in")
def decline(task_id: str) -> Response:
    try:
        door.run(DeclineTask(task_id=task_id, reason=request.form.get("reason", "")))
    except (Conflict, NotAllowed, Rejected) as refusal:
        return _back(sentence_for(refusal), "warn")
    return _back(_("已谢绝。"), "good")


@screen.post("/expert/searches/<task_id>")
@permission("signed_in")
def come_forward(task_id: str) -> Response:
    try:
        door.run(ComeForward(task_id=task_id))
    except (Conflict, NotAllowed) as refusal:
        why = [{"code": code, "params": {}} for code in refusal.details.get("reasons", ())]
        return _back(sentence_for(refusal) + reason_words(why), "warn")
    flash(_("已认领。请先作利益冲突声明。"), "good")
    return redirect(url_for("pages.task_page.show", task_id=task_id))


def _own_line(session: object) -> ExpertFile | None:
    try:
        return expert_file(session, door.actor(), door.actor().person_id, today=door.today())  # type: ignore[arg-type]
    except ExpertNotFound:
        return None


def _back(words: str, tone: str) -> Response:
    flash(words, tone)
    return redirect(url_for("pages.expert_desk.show"))


def _geo(place: str) -> str:
    """RFC 5870 without a position: the phone's own map programme looks the place up (`q` is what maps understand)."""
    return f"geo:0,0?q={quote(place)}"
