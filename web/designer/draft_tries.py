"""A draft is tried, and what was tried becomes one of its scenarios."""

import re

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _

from engine.commands.save_process_draft import SaveProcessDraft
from engine.definitions.story_check import SCENARIOS
from engine.queries.drafts import draft
from playing.written import written
from web import door
from web.designer.trial_door import own, trials
from web.designer.trial_view import end_of, view_of
from web.language import current_locale, listed
from web.permission import permission

screen = Blueprint("draft_tries", __name__)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


@screen.post("/designer/drafts/<draft_id>/try")
@permission("designer")
def begin(draft_id: str) -> Response:
    """With the files as they were saved last, and the rules of the city."""
    with door.reading() as session:
        files = door.engine().catalogue.with_rules(session, draft(session, door.actor(), draft_id).files)
    trial_id, report = trials().open(files, owner=door.actor().person_id, draft=draft_id)
    if trial_id is not None:
        return redirect(url_for("pages.trying.show", trial_id=trial_id))
    wrong = [p.text(current_locale(), "message") for p in report.problems if p.severity == "error"][:3]
    flash(_("还不能试运行，先改正：%(problems)s", problems=listed(wrong)), "warn")
    return redirect(url_for("pages.drafts.edit", draft_id=draft_id))


@screen.post("/designer/tries/<trial_id>/keep")
@permission("designer")
def keep(trial_id: str) -> Response:
    """Into the draft that is tried, where it is played at every publication."""
    name, back = request.form.get("name", "").strip(), redirect(url_for("pages.trying.show", trial_id=trial_id))
    with own(trial_id).running() as run, run.engine.reading() as session:
        journal = run.journal
        ends_at = end_of(view_of(run, session)) if journal.case_id else None
    if not _NAME.fullmatch(name) or journal.draft is None or journal.start is None:
        flash(_("情景的名称用小写英文字母、数字和下划线，以字母开头。"), "warn")
        return back
    description = request.form.get("description", "").strip()[:200] or _("试运行：%(name)s", name=journal.name)
    text = written(journal.story(description=description, ends_at=ends_at))
    _save(journal.draft, {f"{SCENARIOS}{name}.yml": text.encode()})
    flash(_("情景“%(name)s”已存入草稿，每次发布前都会走一遍。", name=name), "good")
    return back


def _save(draft_id: str, files: dict[str, bytes]) -> None:
    """On top of what is saved: a file of a new name takes nothing from somebody who edits meanwhile."""
    with door.reading() as session:
        revision = draft(session, door.actor(), draft_id).row.revision
    door.run(SaveProcessDraft(draft_id=draft_id, revision=revision, files=files))
