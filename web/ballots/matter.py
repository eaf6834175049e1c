"""What is voted on: in short, what it means to me, what has changed, in full, and the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from engine.definitions.form import Form
from engine.queries.ballot_matter import BallotMatter, ShownForm, ballot_document, ballot_matter
from web import door
from web.ballots import voting
from web.ballots.reading import Change, Line, Thing, changes, facts, things
from web.forms import read_html_form
from web.fragments import is_fragment
from web.language import current_locale
from web.permission import permission
from web.read_only import read_only

screen = Blueprint("matter", __name__)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One form as voters read it; `changes` is None when there is nothing to compare with."""

    name: str
    facts: tuple[Line, ...]
    things: tuple[Thing, ...]
    changes: tuple[Change, ...] | None


@screen.get("/ballots/<ballot_id>/matter")
@permission("signed_in")
def show(ballot_id: str) -> str:
    return _page(ballot_id, answers=None)


@screen.post("/ballots/<ballot_id>/matter")
@permission("signed_in")
def estimate(ballot_id: str) -> str:
    """Work out what it means to me; what was filled in is forgotten with the answer."""
    matter = _matter(ballot_id)
    answers = {}
    if matter.estimate:
        answers = read_html_form(matter.estimate, request.form, MultiDict(), matter.context).answers
    return _page(ballot_id, answers=answers)


@screen.get("/ballots/<ballot_id>/files/<document_id>")
@permission("signed_in")
def file(ballot_id: str, document_id: str) -> Response:
    store = door.engine().documents
    with door.reading() as session:
        row, content = ballot_document(session, door.actor(), ballot_id, document_id, store=store)
    response = Response(content, mimetype=row.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _page(ballot_id: str, *, answers: Mapping[str, Any] | None) -> str:
    matter, shown = _matter(ballot_id), voting.ballot(ballot_id)
    tried = matter.estimate.view(answers, matter.context) if matter.estimate else None
    if is_fragment():
        return render_template("ballots/estimate.html", ballot=shown, tried=tried)
    parts = tuple(_part(form, matter) for form in matter.forms)
    return voting.page("matter", shown, matter=matter, parts=parts, tried=tried)


def _part(shown: ShownForm, matter: BallotMatter) -> Part:
    view = read_only(shown.form.view(shown.answers, matter.context))
    before = shown.form.view(shown.before, matter.context) if shown.before is not None else None
    return Part(
        name=_name(shown.form),
        facts=facts(view),
        things=things(view),
        changes=changes(before, view) if before is not None else None,
    )


def _name(form: Form) -> str:
    properties = form.schema.get("properties", {})
    return (properties.get("name_en") if current_locale() == "en" else None) or properties.get("name") or form.id


def _matter(ballot_id: str) -> BallotMatter:
    with door.reading() as session:
        return ballot_matter(session, door.actor(), ballot_id, catalogue=door.engine().catalogue, now=door.now())
