"""Log in and out."""

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for

from engine.actor import SYSTEM
from engine.commands.sign_in import SignedIn, SignIn
from engine.commands.sign_out import SignOut
from engine.errors import NotAllowed
from web import door
from web.demo_people import demo_people
from web.error_pages import sentence_for
from web.permission import permission
from web.return_path import safe_path

SESSION_COOKIE = "tongban_session"
screen = Blueprint("login", __name__)


@screen.get("/login")
@permission("public")
def form() -> Response | str:
    if g.get("actor") is not None:
        return redirect(url_for("pages.worklist.show"))
    return _page(username="")


@screen.post("/login")
@permission("public")
def enter() -> Response:
    username = request.form.get("username", "").strip()
    attempt = SignIn(username=username, password=request.form.get("password", ""), agent=str(request.user_agent)[:200])
    try:
        signed_in = door.engine().run(attempt, actor=SYSTEM)
    except NotAllowed as refusal:
        return make_response(_page(username=username, problem=sentence_for(refusal)), 422)
    response = redirect(safe_path(request.form.get("next"), default=url_for("pages.worklist.show")))
    return with_session(response, signed_in)


def with_session(response: Response, signed_in: SignedIn) -> Response:
    """The cookie of a login that has just been opened."""
    response.set_cookie(SESSION_COOKIE, signed_in.token, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


@screen.post("/logout")
@permission("signed_in")
def leave() -> Response:
    door.run(SignOut(session_id=door.actor().session_id))
    response = redirect(url_for("pages.login.form"))
    response.delete_cookie(SESSION_COOKIE)
    return response


def _page(*, username: str, problem: str | None = None) -> str:
    people = demo_people() if current_app.config.get("DEMO") else ()
    target = safe_path(request.values.get("next"), default="")
    return render_template("login/login.html", username=username, problem=problem, people=people, next=target)
