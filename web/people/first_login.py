"""The first login: a person chooses a password with an invitation code."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from engine.actor import SYSTEM
from engine.commands.use_invitation import PasswordTooWeak, UseInvitation
from engine.errors import NotAllowed
from web import door
from web.error_pages import sentence_for
from web.login import with_session
from web.people.password_words import password_problem
from web.permission import permission
from web.return_path import safe_path

screen = Blueprint("first_login", __name__)


@screen.get("/login/first")
@permission("public")
def form() -> str:
    return _page()


@screen.post("/login/first")
@permission("public")
def enter() -> Response:
    given = {name: request.form.get(name, "") for name in ("username", "code", "password", "again")}
    if given["password"] != given["again"]:
        return _refused("differs")
    attempt = UseInvitation(
        username=given["username"].strip(), code=given["code"], password=given["password"],
        agent=str(request.user_agent)[:200],
    )  # fmt: skip
    try:
        signed_in = door.engine().run(attempt, actor=SYSTEM)
    except PasswordTooWeak as weak:
        return _refused(weak.problems[0].code)
    except NotAllowed as refusal:
        return make_response(_page(problem=sentence_for(refusal)), 422)
    return with_session(redirect(_onward()), signed_in)


def _onward() -> str:
    """To the page that asked for a login, which may have come by way of the other login page."""
    return safe_path(request.form.get("next"), default=url_for("pages.worklist.show"))


def _refused(code: str) -> Response:
    return make_response(_page(password_problem=password_problem(code)), 422)


def _page(*, problem: str | None = None, password_problem: str | None = None) -> str:
    kept = {name: request.form.get(name, "") for name in ("username", "code")}
    kept["next"] = safe_path(request.values.get("next"), default="")
    return render_template("people/first_login.html", problem=problem, password_problem=password_problem, **kept)
