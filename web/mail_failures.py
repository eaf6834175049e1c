"""Mails that did not arrive, for the system administrator."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.retry_mail import RetryMail
from engine.queries.mails import undelivered
from web import door
from web.notice_kinds import MAIL_STATES
from web.permission import permission

ROWS = 50
screen = Blueprint("mail_failures", __name__)


@screen.get("/mails")
@permission("admin")
def show() -> str:
    state = request.args.get("state", "refused")
    with door.reading() as session:
        page = undelivered(session, door.actor(), state=state, cursor=request.args.get("cursor"), limit=ROWS)
    sends = door.engine().post is not None
    return render_template("mails/failures.html", rows=page, state=state, states=MAIL_STATES, sends_mail=sends)


@screen.post("/mails/<mail_id>/retry")
@permission("admin")
def retry(mail_id: str) -> Response:
    door.run(RetryMail(mail_id=mail_id))
    flash(_("邮件已重新排队发送。"), "good")
    return redirect(url_for("pages.mail_failures.show"))
