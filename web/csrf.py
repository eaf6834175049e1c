"""A form that changes something must come from one of our own pages."""

import hmac
import secrets

from flask import Response, current_app, g, request

from engine.errors import NotAllowed

VISIT_COOKIE = "tongban_visit"
_SAFE = {"GET", "HEAD", "OPTIONS"}
# What a mail programme sends for its reader (RFC 8058) comes from no page; the signature in the address is its token.
_SIGNED_LINKS = {"pages.unsubscribe.stop"}


class FormFromElsewhere(NotAllowed):
    """A request that changes something came from another site."""


class FormExpired(NotAllowed):
    """The page was loaded in another session; its form can no longer be sent."""


def token() -> str:
    """The secret that every form of one login carries."""
    key = current_app.secret_key
    key = key.encode() if isinstance(key, str) else key
    return hmac.new(key or b"", b"csrf:" + _subject().encode(), "sha256").hexdigest()


def refuse_other_sites() -> None:
    """Browsers say where a request comes from; a cookie sent along from elsewhere counts for nothing."""
    if request.method in _SAFE or "Authorization" in request.headers:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise FormFromElsewhere


def refuse_without_token() -> None:
    if request.method in _SAFE or request.endpoint in _SIGNED_LINKS:
        return
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not hmac.compare_digest(given.encode(), token().encode()):
        raise FormExpired


def remember_visit(response: Response) -> Response:
    """Before login there is no session to bind the token to; a random cookie stands in for it."""
    if "visit" in g:
        response.set_cookie(VISIT_COOKIE, g.visit, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _subject() -> str:
    if g.get("actor") is not None and g.actor.session_id:
        return f"session:{g.actor.session_id}"
    known = request.cookies.get(VISIT_COOKIE)
    if known:
        return f"visit:{known}"
    if "visit" not in g:
        g.visit = secrets.token_urlsafe(18)
    return f"visit:{g.visit}"
