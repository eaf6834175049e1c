"""What I was told."""

from flask import Blueprint, Response, redirect, render_template, request, url_for

from engine.commands.mark_notices_read import MarkNoticesRead
from engine.queries.people import notices
from web import door
from web.permission import permission

ROWS = 50
screen = Blueprint("notices", __name__)


@screen.get("/notices")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        page = notices(session, door.actor(), cursor=request.args.get("cursor"), limit=ROWS)
    return render_template("notices/notices.html", rows=page)


@screen.post("/notices/read")
@permission("signed_in")
def mark_read() -> Response:
    door.run(MarkNoticesRead(ids=tuple(request.form.getlist("id"))))
    return redirect(url_for("pages.notices.show"))
