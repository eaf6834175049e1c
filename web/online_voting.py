"""Online voting of enterprises: the union switches it off and on."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.switch_online_voting import SwitchOnlineVoting
from engine.errors import EngineError, Rejected
from engine.queries.online_voting import online_voting, online_voting_of
from web import door
from web.list_filters import address_with, given
from web.permission import permission

ROWS = 40
screen = Blueprint("online_voting", __name__)


@screen.get("/online-voting")
@permission("union")
def show() -> str:
    state = given("state")
    is_off = {"off": True, "on": False}.get(state or "")
    with door.reading() as session:
        rows = online_voting(session, door.actor(), text=given("q"), is_off=is_off, cursor=given("cursor"), limit=ROWS)
    more = address_with(cursor=rows.next) if rows.next else None
    return render_template("online_voting/list.html", rows=rows, more=more, filtered=any(map(given, ("q", "state"))))


@screen.get("/online-voting/<enterprise_id>")
@permission("union")
def enterprise(enterprise_id: str) -> str:
    return _page(enterprise_id)


@screen.post("/online-voting/<enterprise_id>")
@permission("union")
def switch(enterprise_id: str) -> Response | tuple[str, int]:
    is_off, reason = request.form.get("is_off") == "1", request.form.get("reason", "")
    try:
        door.run(SwitchOnlineVoting(enterprise_id=enterprise_id, is_off=is_off, reason=reason))
    except Rejected as refusal:
        return _page(enterprise_id, refusal=refusal, reason=reason), 422
    flash(_("已停用线上表决。") if is_off else _("已恢复线上表决。"), "good")
    return redirect(url_for("pages.online_voting.enterprise", enterprise_id=enterprise_id))


def _page(enterprise_id: str, *, refusal: EngineError | None = None, reason: str = "") -> str:
    with door.reading() as session:
        row, switches = online_voting_of(session, door.actor(), enterprise_id)
    return render_template("online_voting/enterprise.html", row=row, switches=switches, refusal=refusal, reason=reason)
