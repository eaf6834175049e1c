"""Pages are for people who are logged in, except the few that lead there."""

from flask import Response, abort, current_app, g, redirect, request, url_for

from engine.errors import NotAllowed
from engine.groups import ADMINISTRATORS, AUDITORS, DESIGNERS, FEDERATION, SECURITY, UNIONS
from engine.queries.dispatch_board.scope import COORDINATORS
from web.fragments import is_fragment

MAX_UPLOAD = 64 * 1024 * 1024
MAX_FORM_TEXT = 2 * 1024 * 1024


class AdministratorsOnly(NotAllowed):
    """This page is for system administrators."""


class SecurityAdministratorsOnly(NotAllowed):
    """This page is for security administrators."""


class AuditorsOnly(NotAllowed):
    """This page is for audit administrators."""


class RegistryOnly(NotAllowed):
    """This page is for those who keep organisations, people and rights."""


class DesignersOnly(NotAllowed):
    """This page is for process designers and system administrators."""


class UnionsOnly(NotAllowed):
    """This page is for town unions and the city union."""


class ExpertKeepersOnly(NotAllowed):
    """This page is for the federation of industry and commerce and for security administrators."""


class CoordinatorsOnly(NotAllowed):
    """This page is for who coordinates the dispatch of experts."""


_RESERVED: dict[str, tuple[tuple[str, ...], type[NotAllowed]]] = {
    "admin": ((ADMINISTRATORS,), AdministratorsOnly),
    "security": ((SECURITY,), SecurityAdministratorsOnly),
    "registry": ((ADMINISTRATORS, SECURITY), RegistryOnly),
    "experts": ((FEDERATION, SECURITY), ExpertKeepersOnly),
    "coordinators": (COORDINATORS, CoordinatorsOnly),
    "audit": ((AUDITORS,), AuditorsOnly),
    "union": (UNIONS, UnionsOnly),
    "designer": ((DESIGNERS, ADMINISTRATORS), DesignersOnly),
}


def limit_body() -> None:
    """A form may carry several files; the size of each is checked where it is kept."""
    request.max_content_length = MAX_UPLOAD
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_form_memory_size = getattr(view, "form_text_limit", MAX_FORM_TEXT)


def check_permission() -> Response | None:
    if request.endpoint == "pages.static":
        return None
    needed = current_app.view_functions[request.endpoint].permission
    if needed == "public":
        return None
    if g.get("actor") is None:
        return _to_login()
    if needed == "demo" and not current_app.config["DEMO"]:
        abort(404)
    groups, refusal = _RESERVED.get(needed, ((), None))
    if refusal is not None and not any(map(g.actor.is_in, groups)):
        raise refusal
    return None


def _to_login() -> Response:
    if is_fragment():
        return Response(status=401, headers={"HX-Redirect": url_for("pages.login.form")})
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("pages.login.form", next=target if target != "/" else None))
