"""A page of another site must not act with the cookie of a person who is logged in here."""

from urllib.parse import urlsplit

from flask import Request, g

from api.errors import CrossSiteRequest

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_cross_site(request: Request) -> None:
    """Bearer tokens are not sent by browsers on their own, so only cookies need this. Raises CrossSiteRequest."""
    if request.method in SAFE_METHODS or not g.get("by_cookie", True) or not request.cookies:
        return
    if not _comes_from_here(request):
        raise CrossSiteRequest


def _comes_from_here(request: Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.host
    # Neither header: not a browser of today. An older one cannot send JSON to another site without asking first.
    return request.mimetype == "application/json"
