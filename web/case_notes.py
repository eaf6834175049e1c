"""Notes beside a case: what one side writes for itself the other side never sees."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from engine.commands.add_note import AddNote
from engine.commands.withdraw_note import WithdrawNote
from engine.errors import Rejected
from engine.queries.notes import notes, writing
from web import door
from web.case_page import page_of_case
from web.error_pages import sentence_for
from web.permission import permission

screen = Blueprint("case_notes", __name__)
CIRCLE_WORDS = {
    "worker": later("仅职工方可见"),
    "employer": later("仅企业方可见"),
    "chiefs": later("仅双方首席代表可见"),
    "sides": later("仅协商双方可见"),
    "office": later("仅办案机关可见"),
    "everybody": later("能看案件的人都可见"),
}


@dataclass(frozen=True)
class Draft:
    """What somebody has typed, and what is wrong with it."""

    text: str = ""
    circle: str = ""
    problem: str = ""


def mention_names(people: dict[str, Any]) -> str:
    """For the script that completes names after an @."""
    return json.dumps({str(circle): list(found) for circle, found in people.items()}, ensure_ascii=False)


def circle_words(circle: str) -> str:
    return str(CIRCLE_WORDS.get(circle, circle))


@screen.get("/cases/<case_id>/notes")
@permission("case_party")
def show(case_id: str) -> str:
    return _page(case_id, Draft())


@screen.post("/cases/<case_id>/notes")
@permission("case_party")
def add(case_id: str) -> Response:
    given = request.form
    text, circle = given.get("text", ""), given.get("circle", "")
    try:
        door.run(AddNote(case_id=case_id, text=text, circle=circle))
    except Rejected as refusal:
        return make_response(_page(case_id, Draft(text, circle, sentence_for(refusal))), 422)
    flash(_("备注已保存。"), "good")
    return redirect(url_for("pages.case_notes.show", case_id=case_id))


@screen.post("/notes/<note_id>/withdraw")
@permission("case_party")
def withdraw(note_id: str) -> Response:
    door.run(WithdrawNote(note_id=note_id))
    flash(_("备注已撤回。"), "good")
    return redirect(url_for("pages.case_notes.show", case_id=request.form.get("case_id", "")))


def _page(case_id: str, draft: Draft) -> str:
    kit: dict[str, Any] = {"catalogue": door.engine().catalogue}
    with door.reading() as session:
        rows = notes(session, door.actor(), case_id, cursor=request.args.get("cursor"), **kit)
        may = writing(session, door.actor(), case_id, **kit)
        return page_of_case(session, case_id, "notes", rows=rows, writing=may, draft=draft)
