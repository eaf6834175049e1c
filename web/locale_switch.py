"""中文 / English: kept with the person, or in a cookie before login."""

from flask import Blueprint, Response, abort, g, redirect, request, url_for

import texts
from engine.commands.set_locale import SetLocale
from web import door, language
from web.permission import permission
from web.return_path import came_from

screen = Blueprint("locale_switch", __name__)


@screen.get("/locale/<code>")
@permission("public")
def choose(code: str) -> Response:
    if code not in texts.LOCALES:
        abort(404)
    if g.get("actor") is not None:
        door.run(SetLocale(locale=code))
    response = redirect(came_from(default=url_for("pages.worklist.home")))
    response.set_cookie(language.COOKIE, code, max_age=365 * 86400, samesite="Lax", secure=request.is_secure)
    return response
