"""A demand of the workers: read it, sign it, withdraw it; who has signed is shown to the union, once enough have."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands.sign_demand import SignDemand
from engine.commands.withdraw_signature import WithdrawSignature
from engine.errors import Conflict
from engine.queries.demands import demand_file, signatories
from web import door
from web.language import sentence
from web.list_filters import address_with, given
from web.permission import permission

ROWS = 100
screen = Blueprint("demands", __name__)


@screen.get("/demands/<demand_id>")
@permission("signed_in")
def show(demand_id: str) -> str:
    with door.reading() as session:
        shown = demand_file(session, door.actor(), demand_id)
    return render_template("demands/demand.html", demand=shown, is_open=shown.state == "open")


@screen.post("/demands/<demand_id>")
@permission("signed_in")
def act(demand_id: str) -> Response:
    """Signed twice, withdrawn twice, or too late: the page says how it stands now."""
    is_withdrawn = request.form.get("act") == "withdraw"
    command = WithdrawSignature(demand_id=demand_id) if is_withdrawn else SignDemand(demand_id=demand_id)
    try:
        door.run(command)
        flash(_("已撤回签名。") if is_withdrawn else _("已签名，谢谢。"), "good")
    except Conflict as refusal:
        flash(_("征集已经结束。") if refusal.code == "ballot_not_open" else sentence("errors", refusal.code), "warn")
    return redirect(url_for("pages.demands.show", demand_id=demand_id))


@screen.get("/demands/<demand_id>/names")
@permission("signed_in")
def names(demand_id: str) -> str:
    with door.reading() as session:
        shown = demand_file(session, door.actor(), demand_id)
        rows = signatories(session, door.actor(), demand_id, cursor=given("cursor"), limit=ROWS)
    more = address_with(cursor=rows.next) if rows.next else None
    return render_template("demands/names.html", demand=shown, rows=rows, more=more)
