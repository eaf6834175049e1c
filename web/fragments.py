"""Whether the browser asks for a part of a page (htmx) or for the page."""

from flask import request


def is_fragment() -> bool:
    """Without scripts a part is a page of its own."""
    return "HX-Request" in request.headers


def is_part_of_list() -> bool:
    """A list that htmx takes out of the history again is a whole page."""
    return is_fragment() and "HX-History-Restore-Request" not in request.headers
