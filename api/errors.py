"""What went wrong, as RFC 9457 problem details: one table of statuses, one JSON shape."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from math import ceil
from typing import Any

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from api.current import the_engine
from api.languages import the_locale
from engine.definitions.form import problem_text as text_of_form_problem
from engine.errors import Conflict, DefinitionError, EngineError, NotAllowed, NotFound, Problem, Rejected
from texts import sentence

PROBLEM_TYPE = "application/problem+json"


class Unauthenticated(EngineError):
    """Nobody is logged in, or the login has ended."""


class MalformedRequest(EngineError):
    """The request itself is not what this call takes; nothing was looked at."""


class CrossSiteRequest(NotAllowed):
    """A browser sent the session cookie from a page that is not ours."""


class StaleTag(EngineError):
    """The thing has changed since the client read it."""


_STATUS_OF_KIND = {
    Unauthenticated: 401,
    MalformedRequest: 400,
    StaleTag: 412,
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Rejected: 422,
    DefinitionError: 422,
}
_STATUS_OF_CODE = {"wrong_password": 401, "wrong_invitation": 401, "login_locked": 429, "document_too_large": 413}
_CODE_OF_STATUS = {
    400: "malformed_request",
    401: "unauthenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    412: "stale_tag",
    413: "request_too_large",
    415: "unsupported_media_type",
    422: "rejected",
    429: "too_many_requests",
    500: "unexpected_error",
    503: "not_ready",
}
_OURS = ("/api/", "/healthz", "/readyz", "/metrics")
REFUSALS = tuple(status for status in _CODE_OF_STATUS if status < 500)


def status_of(error: EngineError) -> int:
    by_kind = next((status for kind, status in _STATUS_OF_KIND.items() if isinstance(error, kind)), 500)
    return _STATUS_OF_CODE.get(error.code, by_kind)


def answer_engine_error(error: EngineError) -> Response:
    status = status_of(error)
    if status == 500:
        current_app.logger.error("%s without a kind: %s", error.code, error, exc_info=error)
    problems = [problem_entry(p) for p in error.problems]
    answer = problem_response(status, code=error.code, params=error.details, problems=problems)
    if status == 429 and error.details.get("until"):
        wait = datetime.fromisoformat(error.details["until"]) - the_engine().now()
        answer.headers["Retry-After"] = str(max(1, ceil(wait.total_seconds())))
    return answer


def answer_http_error(error: HTTPException) -> Response:
    """For what Flask and Werkzeug refuse themselves: unknown paths, methods, sizes."""
    if error.response is not None:
        return error.response
    status = error.code or 500
    answer = problem_response(status, code=_CODE_OF_STATUS.get(status, "malformed_request"))
    methods = getattr(error, "valid_methods", None)
    if methods:
        answer.headers["Allow"] = ", ".join(sorted(methods))
    return answer


def answer_unexpected_error(error: Exception) -> Response:
    current_app.logger.error("unexpected error in %s %s", request.method, request.url_rule, exc_info=error)
    return problem_response(500, code="unexpected_error")


def problem_response(
    status: int,
    *,
    code: str,
    params: Mapping[str, Any] | None = None,
    problems: Iterable[Mapping[str, Any]] = (),
    more: Mapping[str, Any] | None = None,
) -> Response:
    """`more` adds members of its own beside the standard ones, as RFC 9457 allows."""
    locale = the_locale()
    body = {
        "type": f"urn:tongban:problem:{code}",
        "title": sentence("errors", f"status_{status}", locale),
        "status": status,
        "detail": sentence_of(code, params or {}),
        "code": code,
        "problems": list(problems),
        **(more or {}),
    }
    answer = Response(current_app.json.dumps(body), status, mimetype=PROBLEM_TYPE)
    answer.headers["Content-Language"] = locale
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def problem_entry(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "code": problem.code,
        "message": problem_text(problem),
        "element_id": problem.element_id,
    }


def problem_text(problem: Problem) -> str:
    """The designer's own words, else the sentence of the form checks, else that of the request checks."""
    found = text_of_form_problem(problem, the_locale())
    return found if found != problem.code else sentence("errors", problem.code, the_locale(), **problem.params)


def answer_unroutable() -> Response | None:
    """Unknown paths and methods of ours answer in JSON although no blueprint was reached."""
    error = request.routing_exception
    if not isinstance(error, HTTPException) or not request.path.startswith(_OURS):
        return None
    g.setdefault("actor", None)
    return answer_http_error(error)


def sentence_of(code: str, params: Mapping[str, Any]) -> str:
    """`locale`, `topic` and the like are arguments of `sentence` itself and can never be gaps."""
    gaps = {name: value for name, value in params.items() if name not in {"topic", "code", "locale", "part"}}
    return sentence("errors", code, the_locale(), **gaps)
