"""How notices reach me: my address, what goes when, silence, and my calendar."""

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.choose_notices import ChooseNotices
from engine.commands.close_calendar_feed import CloseCalendarFeed
from engine.commands.confirm_mail_address import ConfirmMailAddress
from engine.commands.open_calendar_feed import OpenCalendarFeed
from engine.commands.remove_mail_address import RemoveMailAddress
from engine.commands.set_mail_address import SetMailAddress
from engine.errors import EngineError
from engine.notice_kinds import KINDS, REQUIRED
from engine.queries.mail_settings import mail_settings
from web import door
from web.error_pages import sentence_for, status_of
from web.language import problem_words
from web.notice_kinds import KIND_NAMES, WAY_NAMES
from web.permission import permission

screen = Blueprint("mail_settings", __name__)


@screen.get("/me/notices")
@permission("signed_in")
def show() -> str:
    return _page()


@screen.post("/me/notices")
@permission("signed_in")
def choose() -> Response:
    given = request.form
    ways = {kind: given[f"way-{kind}"] for kind in KINDS if f"way-{kind}" in given}
    silence = {name: given.get(name, "") if given.get("quiet") else "" for name in ("quiet_from", "quiet_until")}
    wishes = ChooseNotices(ways=ways, digest_at=given.get("digest_at"), **silence)
    return _done(wishes, _("消息设置已保存。"), typed=given)


@screen.post("/me/mail")
@permission("signed_in")
def set_address() -> Response:
    address = request.form.get("address", "")
    return _done(SetMailAddress(address=address), _("确认码已发到该邮箱，请在下方填写。"), typed=request.form)


@screen.post("/me/mail/confirm")
@permission("signed_in")
def confirm() -> Response:
    return _done(ConfirmMailAddress(code=request.form.get("code", "")), _("邮箱已确认。"), typed=request.form)


@screen.post("/me/mail/remove")
@permission("signed_in")
def remove_address() -> Response:
    return _done(RemoveMailAddress(), _("邮箱已删除，不再发送邮件。"))


@screen.post("/me/calendar")
@permission("signed_in")
def open_feed() -> Response:
    """The address is shown this once."""
    token = door.run(OpenCalendarFeed())
    address = f"{current_app.config['PUBLIC_ADDRESS']}{url_for('pages.calendar_feed.read', token=token)}"
    return make_response(_page(feed_address=address))


@screen.post("/me/calendar/end")
@permission("signed_in")
def close_feed() -> Response:
    return _done(CloseCalendarFeed(), _("日历订阅地址已失效。"))


def _done(command: object, words: str, *, typed: object = None) -> Response:
    """A refusal shows the page again with everything that was typed."""
    try:
        door.run(command)
    except EngineError as refusal:
        problems = {problem.path: problem_words(problem) for problem in refusal.problems}
        summary = "" if problems else sentence_for(refusal)
        return make_response(_page(problems=problems, summary=summary, typed=typed), status_of(refusal))
    flash(words, "good")
    return redirect(url_for("pages.mail_settings.show"))


def _page(**said: object) -> str:
    with door.reading() as session:
        mine = mail_settings(session, door.actor())
    return render_template(
        "me/notices.html", mine=mine, kinds=KIND_NAMES, ways=WAY_NAMES, required=REQUIRED,
        sends_mail=door.engine().post is not None, **{"problems": {}, "typed": {}, **said},
    )  # fmt: skip
