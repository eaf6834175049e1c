"""Automatic steps that failed, for those who can try them again."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.retry_incident import RetryIncident
from engine.queries.incidents import incidents
from web import door
from web.permission import permission

ROWS = 50
screen = Blueprint("incidents", __name__)


@screen.get("/incidents")
@permission("admin")
def show() -> str:
    state = request.args.get("state", "open")
    with door.reading() as session:
        page = incidents(
            session,
            door.actor(),
            catalogue=door.engine().catalogue,
            state=state,
            cursor=request.args.get("cursor"),
            limit=ROWS,
        )
    return render_template("incidents/incidents.html", rows=page, state=state)


@screen.post("/incidents/<incident_id>/retry")
@permission("admin")
def retry(incident_id: str) -> Response:
    door.run(RetryIncident(incident_id=incident_id))
    flash(_("已重新执行该步骤。"), "good")
    return redirect(url_for("pages.incidents.show"))
