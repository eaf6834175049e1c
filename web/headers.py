"""What the browser is told about how far to trust a page."""

import secrets

from flask import Response, g, request

from web.fragments import is_fragment

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'{styles}",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
_HASHED = "/build/assets/"  # names below it carry a hash of the content
_YEAR = 365 * 24 * 3600


def style_nonce() -> str:
    """For a page whose editors write styles of their own: those that carry this word, and style attributes."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    return g.style_nonce


def _policy() -> str:
    nonce = g.get("style_nonce")
    return _POLICY.format(styles=f" 'nonce-{nonce}'; style-src-attr 'unsafe-inline'" if nonce else "")


def protect(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _policy())
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/assets/") and (_HASHED in request.path or "v" in request.args):
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    elif request.endpoint != "pages.static":
        response.headers.setdefault("Cache-Control", "no-store")
    response.vary.add("Accept-Encoding" if request.endpoint == "pages.static" else "Cookie")
    if is_fragment():
        response.vary.add("HX-Request")
    return response
