"""ETags: a client that has read a task or a case can say `If-Match` and is told when it has changed since."""

import hashlib
import json
from typing import Any

from flask import Response, current_app, request

from api.errors import StaleTag

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of the task as it was read; 412 when it has changed since.",
    "schema": {"type": "string"},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "An `ETag`; 304 without a body when nothing has changed.",
    "schema": {"type": "string"},
}
ETAG_HEADER = {"ETag": {"description": "Changes when the content changes", "schema": {"type": "string"}}}


def tag_of(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def tagged(body: Any, *, tag: str) -> Response:
    """The body with its tag, or 304 when the client has it already."""
    answer = current_app.json.response(body)
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


def refuse_stale(tag: str) -> None:
    """Raises StaleTag when the client named a tag and it is not this one."""
    if request.if_match and not request.if_match.contains(tag):
        raise StaleTag
