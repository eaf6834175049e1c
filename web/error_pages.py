"""Refusals and faults as pages in the same look; requests to the JSON edge are left to it."""

import logging

from flask import Blueprint, Flask, Response, make_response, render_template, request
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
    return _hints(status_of(error)) if text == error.code else text


def page(status: int, sentence: str | None = None) -> Response:
    body = render_template("errors/error.html", status=status, title=_titles(status), sentence=sentence or _hints(status))
    return make_response(body, status)


def _engine_error(error: EngineError) -> Response:
    status = status_of(error)
    if status == 500:
        _log.error("a definition failed while a page was made", exc_info=error)
    return page(status, sentence_for(error))


def _http_error(error: HTTPException) -> Response | HTTPException:
    if request.path.startswith("/api/"):
        return error
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        _log.error("a page failed", exc_info=error.original_exception)
    return page(error.code)


def _titles(status: int) -> str:
    known = {
        401: _("请先登录"),
        403: _("您不能进行此操作"),
        404: _("没有找到"),
        405: _("不能这样访问"),
        409: _("情况已经变化"),
        413: _("文件太大"),
        422: _("提交的内容有问题"),
        429: _("请稍候再试"),
    }
    return known.get(status, _("系统出错了"))


def _hints(status: int) -> str:
    known = {
        401: _("请登录后再继续。"),
        403: _("您的身份不能进行这项操作。如确需办理，请联系案件经办人或系统管理员。"),
        404: _("这个页面不存在，或者您不是该案件的参与人。请从待办或案件列表进入。"),
        405: _("请从页面上的按钮操作，不要直接输入地址。"),
        409: _("您打开页面之后，别人已经处理了这件事。请返回查看最新情况。"),
        413: _("单个文件请控制在 20 MB 以内，再重新上传。"),
        422: _("请返回上一页，按提示修改后再提交。"),
        429: _("操作太频繁，请一分钟后再试。"),
    }
    return known.get(status, _("您填写的内容没有被改动。请稍后重试；如仍不成功，请把时间和案号告诉系统管理员。"))
