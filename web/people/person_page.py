"""One person: entry, rights, logins, what the administrators did; and leaving."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from engine.commands.add_person import AddPerson
from engine.commands.edit_person import EditPerson
from engine.commands.record_leaving import RecordLeaving
from engine.commands.reinstate_person import ReinstatePerson
from engine.errors import Conflict, NotAllowed, Rejected
from engine.groups import ADMINISTRATORS
from engine.queries.administration import acts_about
from engine.queries.people_register import person_file
from engine.queries.stand_ins import stand_ins
from engine.registry import registry_form
from web import door
from web.error_pages import sentence_for
from web.people.entry_form import drawn, entry, hand_in, is_page, seen
from web.people.people_list import STATES
from web.permission import permission
from web.stand_ins import STATES as STAND_IN_STATES

ACTS = 10
STAND_INS = 5
screen = Blueprint("person_page", __name__)


@screen.get("/people/new")
@permission("admin")
def new() -> str:
    return _new_page(answers={"organisation": request.args.get("organisation")})


@screen.post("/people/new")
@permission("admin")
def add() -> Response:
    outcome = hand_in(registry_form("person"), {}, page=_new_page, command=lambda answers: AddPerson(answers=answers))
    if is_page(outcome):
        return outcome
    flash(_("已登记人员。请安全管理员授予角色、发放邀请码。"), "good")
    return redirect(url_for("pages.person_page.show", person_id=outcome))


@screen.get("/people/<person_id>")
@permission("registry")
def show(person_id: str) -> str:
    return page_of(person_id)


@screen.post("/people/<person_id>")
@permission("admin")
def edit(person_id: str) -> Response:
    outcome = hand_in(
        registry_form("person"), {}, page=lambda **said: page_of(person_id, **said),
        command=lambda answers: EditPerson(person_id=person_id, answers=answers, seen=seen()),
    )  # fmt: skip
    if is_page(outcome):
        return outcome
    flash(_("已保存。"), "good")
    return redirect(url_for("pages.person_page.show", person_id=person_id))


@screen.post("/people/<person_id>/leaving")
@permission("admin")
def leave(person_id: str) -> Response:
    """What is wrong is said on the page, with what was typed."""
    given = {name: request.form.get(name, "").strip() for name in ("reason", "successor")}
    command = RecordLeaving(person_id=person_id, reason=given["reason"], successor=given["successor"] or None)
    try:
        gone = door.run(command)
    except (Rejected, Conflict, NotAllowed) as refusal:
        page = page_of(person_id, leaving=given, leaving_problem=sentence_for(refusal))
        return Response(page, 422, content_type="text/html; charset=utf-8")
    told = ngettext("%(num)d 项待办已交回或移交。", "%(num)d 项待办已交回或移交。", gone.tasks)
    flash(_("已办理离开，账号立即停用。") + told, "good")
    return redirect(url_for("pages.person_page.show", person_id=person_id))


@screen.post("/people/<person_id>/return")
@permission("admin")
def reinstate(person_id: str) -> Response:
    door.run(ReinstatePerson(person_id=person_id, reason=request.form.get("reason", "").strip()))
    flash(_("已恢复。请安全管理员重新授予角色、发放邀请码。"), "good")
    return redirect(url_for("pages.person_page.show", person_id=person_id))


def page_of(
    person_id: str, *, answers: Any = None, verdict: Any = None, complaint: str | None = None, **more: Any
) -> str:
    """The page of a person; `more` is what one of its other forms has to say."""
    with door.reading() as session:
        file = person_file(session, door.actor(), person_id, now=door.now())
        acts = acts_about(session, door.actor(), f"person:{person_id}", limit=ACTS)
        standing_in = stand_ins(session, door.actor(), now=door.now(), person_id=person_id, limit=STAND_INS)
    may_write = door.actor().is_in(ADMINISTRATORS) and file.state != "left"
    shown = file.answers if answers is None else {**answers, "username": file.username}
    return drawn(
        "people/person.html", file=file, acts=acts, states=STATES, stand_ins=standing_in,
        stand_in_states=STAND_IN_STATES, seen=file.version, complaint=complaint,
        button=_("保存"), back=url_for("pages.people_list.show"), **more,
        **entry(registry_form("person"), {}, answers=shown, verdict=verdict, may_write=may_write),
    )  # fmt: skip


def _new_page(*, answers: Any, verdict: Any = None, complaint: str | None = None) -> str:
    return drawn(
        "people/new_person.html", complaint=complaint, button=_("登记"), back=url_for("pages.people_list.show"),
        **entry(registry_form("person"), {}, answers=answers, verdict=verdict),
    )  # fmt: skip


def code_page(person_id: str, code: str) -> str:
    """An invitation code, which is shown once."""
    with door.reading() as session:
        file = person_file(session, door.actor(), person_id, now=door.now())
    return render_template("people/code.html", file=file, code=code)
