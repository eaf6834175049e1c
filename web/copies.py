"""What is sent to people to read: to whom, by whom, and whether they did."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.read_copy import ReadCopy
from engine.commands.send_copies import CopyRefused, SendCopies
from engine.queries.case_file import case_file
from engine.queries.copies import my_copies, possible_readers
from web import door
from web.fragments import is_fragment
from web.permission import permission
from web.return_path import safe_path
from web.task_acts import gone_to, refusal_words

ROWS = 50
screen = Blueprint("copies", __name__)


@screen.get("/copies")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        page = my_copies(session, door.actor(), cursor=request.args.get("cursor"), limit=ROWS)
    return render_template("copies/mine.html", rows=page)


@screen.get("/cases/<case_id>/copies")
@permission("case_party")
def ask(case_id: str) -> str:
    return _dialog(case_id, given={}, chosen=[], task_id=request.args.get("task"))


@screen.post("/cases/<case_id>/copies")
@permission("case_party")
def send(case_id: str) -> Response:
    given, chosen, task_id = request.form, request.form.getlist("to"), request.form.get("task") or None
    command = SendCopies(case_id=case_id, to=tuple(chosen), note=given.get("note", ""), task_id=task_id)
    try:
        count = door.run(command)
    except CopyRefused as refusal:
        again = _dialog(case_id, given=given, chosen=chosen, task_id=task_id, wrong=refusal_words(refusal))
        return make_response(again, 422)
    flash(_("已抄送 %(count)s 人。", count=count), "good")
    return gone_to(_back(case_id, task_id))


@screen.post("/copies/<copy_id>/read")
@permission("signed_in")
def read(copy_id: str) -> Response:
    door.run(ReadCopy(copy_id=copy_id))
    flash(_("已记录您的阅知。"), "good")
    return redirect(safe_path(request.form.get("next"), default=url_for("pages.copies.show")))


def _back(case_id: str, task_id: str | None) -> str:
    if task_id:
        return url_for("pages.task_page.show", task_id=task_id)
    return url_for("pages.case_page.show", case_id=case_id)


def _dialog(case_id: str, *, given: Mapping[str, str], chosen: list[str], task_id: str | None, wrong: Any = ()) -> str:
    catalogue = door.engine().catalogue
    with door.reading() as session:
        file = case_file(session, door.actor(), case_id, catalogue=catalogue, now=door.now())
        readers = possible_readers(session, door.actor(), case_id, catalogue=catalogue)
    return render_template(
        "copies/send.html" if is_fragment() else "copies/send_page.html",
        case=file.case, readers=readers, given=given, chosen=chosen, task_id=task_id, wrong=wrong,
        back=_back(case_id, task_id),
    )  # fmt: skip
