"""The tries of a designer (试运行): what is tried at the moment, a new one, one told as a scenario, one given up."""

from urllib.parse import quote

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.definitions.lint_problem import LintProblem
from engine.queries.processes import deployed_files, processes
from playing.written import written
from web import door
from web.designer.trial_door import own, trials
from web.designer.trial_view import end_of, view_of
from web.language import current_locale
from web.permission import permission

screen = Blueprint("tries", __name__)


@screen.get("/designer/tries")
@permission("designer")
def show() -> str:
    return _page()


@screen.post("/designer/tries")
@permission("designer")
def begin() -> Response | str:
    """With the newest version of a process that is deployed."""
    with door.reading() as session:
        files = deployed_files(session, request.form.get("process", ""), catalogue=door.engine().catalogue)
    trial_id, report = trials().open(files, owner=door.actor().person_id)
    if trial_id is None:
        return make_response(_page(problems=report.problems), 422)
    return redirect(url_for("pages.trying.show", trial_id=trial_id))


@screen.get("/designer/tries/<trial_id>/scenario")
@permission("designer")
def tell(trial_id: str) -> Response:
    """What was done, as a scenario file."""
    with own(trial_id).running() as run, run.engine.reading() as session:
        ends_at = end_of(view_of(run, session)) if run.journal.case_id else None
        description = request.args.get("description", "").strip()[:200] or _("试运行：%(name)s", name=run.journal.name)
        text = written(run.journal.story(description=description, ends_at=ends_at))
    answer = Response(text, content_type="application/yaml; charset=utf-8")
    name = quote(f"{run.journal.process}.yml")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@screen.post("/designer/tries/<trial_id>/end")
@permission("designer")
def end(trial_id: str) -> Response:
    trials().forget(trial_id, owner=door.actor().person_id)
    flash(_("试运行已结束，里面的内容已经删除。"), "good")
    return redirect(url_for("pages.tries.show"))


def _page(problems: tuple[LintProblem, ...] = ()) -> str:
    with door.reading() as session:
        rows = processes(session, door.actor(), catalogue=door.engine().catalogue)
    said = [problem.text(current_locale(), "message") for problem in problems if problem.severity == "error"]
    return render_template("designer/tries.html", rows=rows, mine=trials().of(door.actor().person_id), said=said)
