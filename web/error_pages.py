"""Refusals and faults as pages in the same look; requests to the JSON edge are left to it."""

import logging

from flask import Blueprint, Flask, Response, make_response, render_template
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError

import texts
from engine.errors import Conflict, EngineError, NotAllowed, NotFound, Rejected
from web.language import current_locale

_log = logging.getLogger(__name__)
_STATUS: tuple[tuple[type[EngineError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Rejected, 422),
)


def register(app: Flask) -> None:
    """Unknown addresses and faults outside the pages blueprint."""
    for status in (404, 405, 413, 500):
        app.register_error_handler(status, _http_error)


def register_for_pages(pages: Blueprint) -> None:
    pages.register_error_handler(EngineError, _engine_error)
    pages.register_error_handler(HTTPException, _http_error)


def status_of(error: EngineError) -> int:
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def sentence_for(error: EngineError) -> str:
    """What the person reads: the sentence of this very error, else the one of its kind."""
    details = {name: value for name, value in error.details.items() if name not in {"topic", "code", "locale", "part"}}
    text = texts.sentence("errors", error.code, current_locale(), **details)
    return texts.sentence("errors", _kind(error), current_locale()) if text == error.code else text


def page(status: int, sentence: str | None = None) -> Response:
    body = render_template("errors/error.html", status=status, title=_title(status), sentence=sentence or _hint(status))
    return make_response(body, status)


def _engine_error(error: EngineError) -> Response:
    status = status_of(error)
    if status == 500:
        _log.error("a definition failed while a page was made", exc_info=error)
    return page(status, sentence_for(error))


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        _log.error("a page failed", exc_info=error.original_exception)
    return page(error.code)


def _kind(error: EngineError) -> str:
    """The code of the sentence for the kind of error that this one is."""
    kinds = {404: "not_found", 403: "not_allowed", 409: "conflict", 422: "rejected"}
    return kinds.get(status_of(error), "unexpected_error")


def _title(status: int) -> str:
    code = f"status_{status}"
    title = texts.sentence("errors", code, current_locale())
    return texts.sentence("errors", "status_500", current_locale()) if title == code else title


def _hint(status: int) -> str:
    known = {
        400: _("请从页面上的按钮操作，不要直接输入地址。"),
        404: _("这个页面不存在，或者您不是有关人员。请从待办或案件列表进入。"),
        405: _("请从页面上的按钮操作，不要直接输入地址。"),
        413: _("上传的文件太大。单个文件请控制在 20 MB 以内，再重新上传。"),
    }
    return known.get(status, _("刚才的操作没有执行。请稍后重试；如仍不成功，请把时间和案号告诉系统管理员。"))
