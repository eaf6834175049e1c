"""Where to send a person back to, without letting a link lead to another site."""

from urllib.parse import urlsplit

from flask import request


def safe_path(target: str | None, *, default: str) -> str:
    """`target` when it is a path of this site, else `default`."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or not target.isprintable():
        return default
    return target


def came_from(*, default: str) -> str:
    """The path of the page whose link or button was used."""
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host:
        return default
    return safe_path(referrer.path + (f"?{referrer.query}" if referrer.query else ""), default=default)
