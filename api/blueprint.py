"""What every route of the JSON edge has in common, before and around its own few lines."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

import flask_smorest
from flask import Request, Response, current_app, g, request
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from api.cross_site import SAFE_METHODS, refuse_cross_site
from api.errors import (
    REFUSALS,
    MalformedRequest,
    Unauthenticated,
    answer_engine_error,
    answer_http_error,
    answer_unexpected_error,
)
from api.idempotency import KEY_PARAMETER, the_key
from api.request_body import RequestParser
from api.schemas.fields import UNKNOWN
from engine.errors import EngineError, NotFound, Problem

View = TypeVar("View", bound=Callable[..., Any])
JSON_LIMIT = 1_000_000  # bytes
_ID = re.compile(r"[\w.:~-]{1,200}\Z")


class ApiBlueprint(flask_smorest.Blueprint):
    """Login, size, cross-site and stray-input checks before the view; problem details after it."""

    ARGUMENTS_PARSER = RequestParser()
    PAGINATION_HEADER_NAME = None
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING: ClassVar = {
        **flask_smorest.Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING,
        "multipart": "multipart/form-data",
        "either": "application/json",
    }

    def __init__(self, name: str, description: str, *, url_prefix: str = "/api/v1") -> None:
        super().__init__(name, __name__, url_prefix=url_prefix, description=description)
        self._prepare_doc_cbks.append(_document_access)
        self.before_request(check_request)
        self.after_request(protect_answer)
        self.register_error_handler(EngineError, answer_engine_error)
        self.register_error_handler(HTTPException, answer_http_error)
        for status in REFUSALS:  # by number, else the pages' handlers for a number would come first
            self.register_error_handler(status, answer_http_error)
        self.register_error_handler(Exception, answer_unexpected_error)

    def arguments(self, schema: Any, *, location: str = "json", **settings: Any) -> Callable[[View], View]:
        """Describes a body of which nothing is required as one that may be left out."""
        if location == "json":
            settings.setdefault("required", not _may_be_left_out(schema))
        return super().arguments(schema, location=location, **settings)


def _may_be_left_out(schema: Any) -> bool:
    """Whether a request says the same without a body as with an empty one."""
    known = (schema() if isinstance(schema, type) else schema).fields
    return not any(field.required for field in known.values())


def body_limit(size: int) -> Callable[[View], View]:
    """The largest body in bytes that a route reads; others stop at `JSON_LIMIT`. A larger one is 413."""

    def mark(view: View) -> View:
        view.body_limit = size
        return view

    return mark


def takes_header(parameter: dict[str, Any]) -> Callable[[View], View]:
    """Describe a request header (an OpenAPI parameter) that a route reads itself."""

    def mark(view: View) -> View:
        known = getattr(view, "_apidoc", {})
        view._apidoc = {**known, "headers": [*known.get("headers", ()), parameter]}
        return view

    return mark


def check_request() -> None:
    view = current_app.view_functions[request.endpoint]
    request.max_content_length = getattr(view, "body_limit", JSON_LIMIT)
    if view.permission != "public" and g.get("actor") is None:
        raise Unauthenticated
    refuse_cross_site(request)
    if request.method not in SAFE_METHODS:
        the_key()
    refuse_odd_ids(request)
    refuse_stray_input(request, takes=_locations(view))


def refuse_odd_ids(request: Request) -> None:
    """No id or key of ours looks like this, so there is nothing to ask the database."""
    if not all(_ID.match(str(value)) for value in (request.view_args or {}).values()):
        raise NotFound


def refuse_stray_input(request: Request, *, takes: frozenset[str]) -> None:
    """A route without query or body takes none: an ignored `?filter=` would answer another question."""
    if "query" not in takes and request.args:
        raise MalformedRequest(problems=[Problem(name, UNKNOWN) for name in request.args])
    if takes.isdisjoint({"json", "multipart", "either"}):
        _refuse_body(request)


def _refuse_body(request: Request) -> None:
    body = request.get_data(cache=True).strip()
    if body and request.mimetype != "application/json":
        raise UnsupportedMediaType
    if body not in (b"", b"{}"):
        raise MalformedRequest(problems=[Problem("", UNKNOWN)])


def protect_answer(response: Response) -> Response:
    """Nothing of a case stays in a shared cache, and nothing is taken for a page."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
    response.vary.update(["Accept-Language", "Authorization", "Cookie"])
    return response


def _locations(view: Callable) -> frozenset[str]:
    parameters = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ())
    return frozenset(parameter["in"] for parameter in parameters)


def _document_access(doc: dict[str, Any], doc_info: dict[str, Any], *, method: str, **_: Any) -> dict[str, Any]:
    permission = doc_info.get("permission", "public")
    is_open, is_write = permission == "public", method.upper() not in SAFE_METHODS
    doc["x-permission"] = permission
    doc["security"] = [] if is_open else [{"bearer": []}, {"cookie": []}]
    headers = [*doc_info.get("headers", ()), *([KEY_PARAMETER] if is_write and not is_open else ())]
    if headers:
        doc.setdefault("parameters", []).extend(headers)
    answers = doc.setdefault("responses", {})
    for status in _usual_refusals(is_open=is_open, is_write=is_write):
        answers.setdefault(status.value, status.name)
    return doc


def _usual_refusals(*, is_open: bool, is_write: bool) -> list[HTTPStatus]:
    """What any route of this kind may answer; everything else has the same shape (`default`)."""
    refusals = [HTTPStatus.BAD_REQUEST]
    refusals += [] if is_open else [HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND]
    return refusals + ([HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY] if is_write else [])
