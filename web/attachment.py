"""Files leave as downloads that never run as a page of this site, or as a preview with everything switched off."""

from urllib.parse import quote

from flask import Response

_SEALED_OFF = "default-src 'none'; sandbox"
# A viewer of PDF files does not start in a sandbox; scripts, forms and requests are off all the same.
_PREVIEW = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def attachment(content: bytes, *, name: str, media_type: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = _SEALED_OFF
    return response


def preview(content: bytes, *, name: str, media_type: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = _PREVIEW
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def framed(html: str) -> Response:
    """A page of ours inside of another one."""
    response = Response(html)
    response.headers["Content-Security-Policy"] = f"{_SEALED_OFF}; style-src 'unsafe-inline'; frame-ancestors 'self'"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
