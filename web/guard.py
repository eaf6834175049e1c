"""Pages are for people who are logged in, except the few that lead there."""

from flask import Response, g, redirect, request, url_for

OPEN = {"pages.static", "pages.login.form", "pages.login.enter", "pages.locale_switch.choose"}


def ask_for_login() -> Response | None:
    if g.get("actor") is not None or request.endpoint in OPEN:
        return None
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": url_for("pages.login.form")})
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("pages.login.form", next=target if target != "/" else None))
