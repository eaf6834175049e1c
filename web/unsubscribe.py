"""The link in a mail that stops further ones. Opening it changes nothing: mail programmes look at links unasked."""

from flask import Blueprint, Response, abort, current_app, make_response, render_template

from engine.actor import SYSTEM
from engine.commands.unsubscribe import Unsubscribe
from engine.notice_kinds import KINDS, REQUIRED
from web import door
from web.mails.unsubscribing import EVERYTHING, Wish, read
from web.notice_kinds import kind_name
from web.permission import permission

screen = Blueprint("unsubscribe", __name__)


@screen.get("/unsubscribe/<token>")
@permission("public")
def ask(token: str) -> Response:
    return _page(_wish(token), token=token, done=False)


@screen.post("/unsubscribe/<token>")
@permission("public")
def stop(token: str) -> Response:
    wish = _wish(token)
    door.engine().run(Unsubscribe(person_id=wish.person_id, kinds=wish.kinds), actor=SYSTEM)
    return _page(wish, token=token, done=True)


def _wish(token: str) -> Wish:
    wish = read(token, str(current_app.secret_key))
    if wish is None or (wish.kind != EVERYTHING and wish.kind not in KINDS):
        abort(404)
    return wish


def _page(wish: Wish, *, token: str, done: bool) -> Response:
    everything = wish.kind == EVERYTHING
    kept = [kind_name(kind) for kind in sorted(REQUIRED)] if everything else []
    body = render_template(
        "mails/unsubscribe.html", token=token, done=done, kind=None if everything else kind_name(wish.kind),
        is_required=wish.kind in REQUIRED, kept=kept,
    )  # fmt: skip
    return make_response(body)
