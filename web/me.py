"""Who am I here: groups, towns, sessions, language."""

from flask import Blueprint, Response, redirect, render_template, url_for

from engine.commands.sign_out import SignOut
from engine.queries.people import me
from web import door
from web.permission import permission

screen = Blueprint("me", __name__)


@screen.get("/me")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        return render_template("me/me.html", me=me(session, door.actor(), now=door.now()))


@screen.post("/me/sessions/<session_id>/end")
@permission("signed_in")
def end_session(session_id: str) -> Response:
    door.run(SignOut(session_id=session_id))
    return redirect(url_for("pages.me.show"))
