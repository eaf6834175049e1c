"""One organisation: what is on file, its people, what was changed."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask_babel import gettext as _

from engine.commands.add_organisation import AddOrganisation
from engine.commands.edit_organisation import EditOrganisation
from engine.groups import ADMINISTRATORS
from engine.queries.administration import acts_about
from engine.queries.organisations import organisation_file
from engine.registry import form_of_organisation, organisation_words
from web import door
from web.people.entry_form import drawn, entry, hand_in, is_page, seen
from web.people.organisations import KINDS
from web.permission import permission

ACTS = 10
screen = Blueprint("organisation_page", __name__)


@screen.get("/organisations/new/<kind>")
@permission("admin")
def new(kind: str) -> str:
    return _new_page(kind, answers=None)


@screen.post("/organisations/new/<kind>")
@permission("admin")
def add(kind: str) -> Response:
    if kind not in KINDS:
        abort(404)
    outcome = hand_in(
        form_of_organisation(kind), _words(None),
        page=lambda **said: _new_page(kind, **said),
        command=lambda answers: AddOrganisation(kind=kind, answers=answers),
    )  # fmt: skip
    if is_page(outcome):
        return outcome
    flash(_("已登记单位。"), "good")
    return redirect(url_for("pages.organisation_page.show", organisation_id=outcome))


@screen.get("/organisations/<organisation_id>")
@permission("registry")
def show(organisation_id: str) -> str:
    return _page(organisation_id, answers=None)


@screen.post("/organisations/<organisation_id>")
@permission("admin")
def edit(organisation_id: str) -> Response:
    with door.reading() as session:
        kind = organisation_file(session, door.actor(), organisation_id).kind
    outcome = hand_in(
        form_of_organisation(kind), _words(organisation_id), page=lambda **said: _page(organisation_id, **said),
        command=lambda answers: EditOrganisation(organisation_id=organisation_id, answers=answers, seen=seen()),
    )  # fmt: skip
    if is_page(outcome):
        return outcome
    flash(_("已保存。"), "good")
    return redirect(url_for("pages.organisation_page.show", organisation_id=organisation_id))


def _words(organisation_id: str | None) -> dict[str, Any]:
    with door.reading() as session:
        return organisation_words(session, organisation_id=organisation_id)


def _new_page(kind: str, *, answers: Any, verdict: Any = None, complaint: str | None = None) -> str:
    if kind not in KINDS:
        abort(404)
    return drawn(
        "people/new_organisation.html", kind=kind, kinds=KINDS, complaint=complaint, button=_("登记"),
        back=url_for("pages.organisations.show"),
        **entry(form_of_organisation(kind), _words(None), answers=answers, verdict=verdict),
    )  # fmt: skip


def _page(organisation_id: str, *, answers: Any, verdict: Any = None, complaint: str | None = None) -> str:
    with door.reading() as session:
        file = organisation_file(session, door.actor(), organisation_id)
        acts = acts_about(session, door.actor(), f"organisation:{organisation_id}", limit=ACTS)
    may_write = door.actor().is_in(ADMINISTRATORS)
    shown = file.answers if answers is None else answers
    return drawn(
        "people/organisation.html", file=file, acts=acts, kinds=KINDS, seen=file.version, complaint=complaint,
        button=_("保存"), back=url_for("pages.organisations.show"),
        **entry(form_of_organisation(file.kind), _words(file.id), answers=shown, verdict=verdict, may_write=may_write),
    )  # fmt: skip
