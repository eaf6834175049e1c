"""Forms and decision tables of a draft, each in an editor of its own; and a form as people will see it."""

from flask import Blueprint, abort, render_template, request

from engine.errors import DefinitionError
from engine.groups import DESIGNERS
from engine.queries.drafts import draft
from engine.queries.form_preview import form_preview
from web import door
from web.designer.drafts import embedded
from web.error_pages import sentence_for
from web.language import problem_words
from web.list_filters import given
from web.permission import permission

screen = Blueprint("editors", __name__)
_LONGEST = 2_000_000  # characters of a form


@screen.get("/designer/drafts/<draft_id>/form")
@permission("designer")
def form(draft_id: str) -> str:
    return _editor(draft_id, ending=".form", template="designer/form.html")


@screen.get("/designer/drafts/<draft_id>/table")
@permission("designer")
def table(draft_id: str) -> str:
    return _editor(draft_id, ending=".dmn", template="designer/table.html")


@screen.post("/designer/drafts/<draft_id>/preview")
@permission("designer")
def preview(draft_id: str) -> str:
    """The form as it stands in the editor, drawn as for somebody who has it as a task; nothing is kept."""
    source, view, complaints = request.form.get("form", "")[:_LONGEST], None, ()
    with door.reading() as session:
        draft(session, door.actor(), draft_id)
        try:
            view = form_preview(session, door.actor(), source, catalogue=door.engine().catalogue, now=door.now())
        except DefinitionError as refusal:
            complaints = (sentence_for(refusal), *map(problem_words, refusal.problems))
        return render_template("designer/form_preview.html", view=view, complaints=complaints)


def _editor(draft_id: str, *, ending: str, template: str) -> str:
    path = given("file") or ""
    with door.reading() as session:
        found = draft(session, door.actor(), draft_id)
    if not path.endswith(ending) or path not in found.files:
        abort(404)
    may_edit = found.row.state == "open" and door.actor().is_in(DESIGNERS)
    return render_template(template, draft=found.row, path=path, data=embedded(found, may_edit=may_edit))
