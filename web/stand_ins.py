"""Who acts for me while I am away, and for whom I do; and the same of a person, for the security administrator."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext

from engine.commands.end_stand_in import EndStandIn
from engine.commands.name_stand_in import NameStandIn
from engine.queries.people_register import person_file
from engine.queries.stand_ins import form_words, stand_ins
from engine.registry import registry_form
from web import door
from web.list_filters import given
from web.people.entry_form import drawn, entry, hand_in, is_page
from web.permission import permission
from web.return_path import safe_path

STATES = {
    "coming": later("未开始"),
    "in_force": later("代理中"),
    "over": later("已期满"),
    "ended": later("已终止"),
}
ROWS = 20
screen = Blueprint("stand_ins", __name__)


@screen.get("/me/stand-ins")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        page = stand_ins(session, door.actor(), now=door.now(), cursor=given("cursor"), limit=ROWS)
    return drawn("me/stand_ins.html", page=page, states=STATES)


@screen.get("/me/stand-ins/new")
@permission("signed_in")
def form() -> str:
    return _page(answers=_from_today())


@screen.post("/me/stand-ins/new")
@permission("signed_in")
def name() -> Response:
    outcome = hand_in(
        registry_form("stand_in"), _words(), page=_page, command=lambda answers: NameStandIn(answers=answers)
    )
    if is_page(outcome):
        return outcome
    flash(_("已安排代理，对方会收到通知。"), "good")
    return redirect(url_for("pages.stand_ins.show"))


@screen.get("/people/<person_id>/stand-ins")
@permission("security")
def form_for(person_id: str) -> str:
    return _page_for(person_id, answers=_from_today())


@screen.post("/people/<person_id>/stand-ins")
@permission("security")
def name_for(person_id: str) -> Response:
    outcome = hand_in(
        registry_form("stand_in"), _words(person_id), page=lambda **said: _page_for(person_id, **said),
        command=lambda answers: NameStandIn(answers=answers, person_id=person_id),
    )  # fmt: skip
    if is_page(outcome):
        return outcome
    flash(_("已安排代理，双方会收到通知。"), "good")
    return redirect(url_for("pages.person_page.show", person_id=person_id))


@screen.post("/stand-ins/<stand_in_id>/end")
@permission("signed_in")
def end(stand_in_id: str) -> Response:
    tasks = door.run(EndStandIn(stand_in_id=stand_in_id, reason=request.form.get("reason", "").strip()))
    told = ngettext("%(num)d 项待办已退回原处。", "%(num)d 项待办已退回原处。", tasks) if tasks else ""
    flash(_("代理已终止。") + told, "good")
    return redirect(safe_path(request.form.get("next"), default=url_for("pages.stand_ins.show")))


def _from_today() -> dict[str, Any]:
    return {"starts_on": door.today().isoformat()}


def _words(person_id: str | None = None) -> dict[str, Any]:
    with door.reading() as session:
        return form_words(session, door.actor(), now=door.now(), person_id=person_id)


def _page(*, answers: Any, verdict: Any = None, complaint: str | None = None) -> str:
    words = _words()
    return drawn(
        "me/new_stand_in.html", complaint=complaint, button=_("安排代理"), back=url_for("pages.stand_ins.show"),
        has_colleagues=bool(words["colleagues"]),
        **entry(registry_form("stand_in"), words, answers=answers, verdict=verdict),
    )  # fmt: skip


def _page_for(person_id: str, *, answers: Any, verdict: Any = None, complaint: str | None = None) -> str:
    words = _words(person_id)
    with door.reading() as session:
        file = person_file(session, door.actor(), person_id, now=door.now())
    return drawn(
        "people/new_stand_in.html", file=file, complaint=complaint, button=_("安排代理"),
        back=url_for("pages.person_page.show", person_id=person_id), has_colleagues=bool(words["colleagues"]),
        **entry(registry_form("stand_in"), words, answers=answers, verdict=verdict),
    )  # fmt: skip
