"""One line of the register of experts: for who keeps it, and for the expert, who says when not to be dispatched."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.end_expert_absence import EndExpertAbsence
from engine.commands.enter_expert import EnterExpert
from engine.commands.set_expert_absence import SetExpertAbsence
from engine.commands.set_expert_status import SetExpertStatus
from engine.errors import Conflict, NotAllowed, Rejected
from engine.experts import ExpertNotFound, reads_experts
from engine.queries.experts import expert_file, words_for_experts
from engine.registry import registry_form
from web import door
from web.error_pages import sentence_for
from web.language import problem_words
from web.people import expert_words
from web.people.entry_form import drawn, entry, hand_in, is_page, seen
from web.permission import permission

_DAYS = ("absent_from", "absent_until")
screen = Blueprint("expert_page", __name__)


@screen.get("/me/expert")
@permission("signed_in")
def mine() -> str | Response:
    """The own line; who has none is told so."""
    try:
        return _page_of(door.actor().person_id)
    except ExpertNotFound:
        return render_template("people/no_expert.html")


@screen.get("/experts/new")
@permission("experts")
def new() -> str:
    return _new_page(answers=None)


@screen.post("/experts/new")
@permission("experts")
def add() -> Response:
    form, words = registry_form("expert"), _words()
    outcome = hand_in(form, words, page=_new_page, command=lambda answers: EnterExpert(answers=answers))
    if is_page(outcome):
        return outcome
    flash(_("已登记入册。"), "good")
    return redirect(url_for("pages.experts.show"))


@screen.get("/experts/<person_id>")
@permission("signed_in")
def show(person_id: str) -> str:
    return _page_of(person_id)


@screen.post("/experts/<person_id>")
@permission("experts")
def edit(person_id: str) -> Response:
    outcome = hand_in(
        registry_form("expert"), _words(person_id), page=lambda **said: _page_of(person_id, **said),
        command=lambda answers: EnterExpert(person_id=person_id, answers=answers, seen=seen()),
    )  # fmt: skip
    if is_page(outcome):
        return outcome
    flash(_("已保存。"), "good")
    return redirect(url_for("pages.expert_page.show", person_id=person_id))


@screen.post("/experts/<person_id>/absence")
@permission("signed_in")
def be_absent(person_id: str) -> Response:
    """What is wrong is said beside the day, with what was typed."""
    typed = {name: request.form.get(name, "").strip() for name in _DAYS}
    try:
        door.run(SetExpertAbsence(person_id=person_id, answers={name: typed[name] or None for name in _DAYS}))
    except Rejected as refusal:
        wrong = {problem.path: problem_words(problem) for problem in reversed(refusal.problems)}
        return _refused(person_id, absence={**typed, "wrong": wrong})
    flash(_("已登记，这几天不会给您派单。") if _is_me(person_id) else _("已登记，这几天不再派单。"), "good")
    return redirect(url_for("pages.expert_page.show", person_id=person_id))


@screen.post("/experts/<person_id>/absence/end")
@permission("signed_in")
def be_back(person_id: str) -> Response:
    door.run(EndExpertAbsence(person_id=person_id))
    flash(_("已取消，可以派单。"), "good")
    return redirect(url_for("pages.expert_page.show", person_id=person_id))


@screen.post("/experts/<person_id>/<any(suspended, dismissed, active):status>")
@permission("experts")
def set_status(person_id: str, status: str) -> Response:
    reason = request.form.get("reason", "").strip()
    try:
        door.run(SetExpertStatus(person_id=person_id, status=status, reason=reason))
    except (Rejected, Conflict, NotAllowed) as refusal:
        problem = next((problem_words(one) for one in refusal.problems), sentence_for(refusal))
        return _refused(person_id, ordered={"status": status, "reason": reason, "problem": problem})
    flash(_("已变更为“%(status)s”。", status=expert_words.STATUSES[status]), "good")
    return redirect(url_for("pages.expert_page.show", person_id=person_id))


def _refused(person_id: str, **said: Any) -> Response:
    return Response(_page_of(person_id, **said), 422, content_type="text/html; charset=utf-8")


def _is_me(person_id: str) -> bool:
    return door.actor().person_id == person_id


def _words(person_id: str | None = None) -> dict[str, Any]:
    with door.reading() as session:
        return words_for_experts(session, door.actor(), person_id=person_id)


def _new_page(*, answers: Any, verdict: Any = None, complaint: str | None = None) -> str:
    words = _words()
    return drawn(
        "people/new_expert.html", complaint=complaint, button=_("登记入册"), back=url_for("pages.experts.show"),
        has_people=bool(words["candidates"]), **entry(registry_form("expert"), words, answers=answers, verdict=verdict),
    )  # fmt: skip


def _page_of(
    person_id: str, *, answers: Any = None, verdict: Any = None, complaint: str | None = None, **more: Any
) -> str:
    """The page of an expert; `more` is what one of its other forms has to say."""
    with door.reading() as session:
        file = expert_file(session, door.actor(), person_id, today=door.today())
        words = words_for_experts(session, door.actor(), person_id=person_id)
    shown = file.answers if answers is None else {**answers, "person": file.username}
    may_write = file.may_keep and not file.has_left
    return drawn(
        "people/expert.html", file=file, words=expert_words, seen=file.version, complaint=complaint,
        action=url_for("pages.expert_page.show", person_id=person_id),
        button=_("保存"), back=url_for("pages.experts.show"), reads_all=reads_experts(door.actor()), **more,
        **entry(registry_form("expert"), words, answers=shown, verdict=verdict, may_write=may_write),
    )  # fmt: skip
