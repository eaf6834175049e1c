"""Files leave as downloads that no browser runs in our name."""

from urllib.parse import quote

from flask import Response

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._- ")


def download(content: bytes, *, name: str, media_type: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def disposition(name: str) -> str:
    """RFC 6266: the name in plain letters for old clients, and exactly for all others."""
    plain = "".join(c if c in _PLAIN else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
