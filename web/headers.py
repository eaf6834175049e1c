"""What the browser is told about how far to trust a page."""

from flask import Response, request

from web.fragments import is_fragment

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
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
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
_HASHED = "/build/assets/"  # names below it carry a hash of the content
_YEAR = 365 * 24 * 3600


def protect(response: Response) -> Response:
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
