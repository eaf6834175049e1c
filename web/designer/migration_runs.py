"""How far migrations are, and what became of each case."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from engine.commands.pause_migration import CancelMigration, PauseMigration, ResumeMigration
from engine.errors import Conflict
from engine.groups import DESIGNERS
from engine.queries.migration_results import CHANGES, OUTCOMES, case_results, result_table, rows_of_run
from engine.queries.migration_runs import RunSummary, migration_run, migration_runs
from web import door
from web.designer.words import RUN_STATES
from web.error_pages import sentence_for
from web.fragments import is_fragment
from web.language import current_locale
from web.list_filters import given
from web.permission import permission
from web.spreadsheet import table_file

screen = Blueprint("migration_runs", __name__)
ROWS = 50
ACTS = {"pause": PauseMigration, "resume": ResumeMigration, "cancel": CancelMigration}


@screen.get("/designer/migrations")
@permission("designer")
def show() -> str:
    with door.reading() as session:
        page = migration_runs(session, door.actor(), process=given("process"), cursor=given("cursor"))
    return render_template("designer/migration_runs.html", page=page, states=RUN_STATES)


@screen.get("/designer/migrations/<run_id>")
@permission("designer")
def one(run_id: str) -> str:
    """The page; while cases are moved it is asked for again and again."""
    outcome = given("outcome") if given("outcome") in OUTCOMES else None
    with door.reading() as session:
        run = migration_run(session, door.actor(), run_id)
        page = rows_of_run(session, door.actor(), run_id, outcome=outcome, cursor=given("cursor"), limit=ROWS)
        told = case_results(session, run, page.items, catalogue=door.engine().catalogue, locale=current_locale())
    return render_template(
        "designer/migration_progress.html" if is_fragment() else "designer/migration_run.html",
        run=run, rows=told, next=page.next, outcome=outcome, cursor=given("cursor"), states=RUN_STATES,
        counts={"moved": run.moved, "stayed": run.stayed, "waiting": run.waiting}, kinds=CHANGES,
        in_earnest=_in_earnest(run), may_design=door.actor().is_in(DESIGNERS),
    )  # fmt: skip


@screen.post("/designer/migrations/<run_id>/<any(pause, resume, cancel):act>")
@permission("designer")
def order(run_id: str, act: str) -> Response:
    try:
        door.run(ACTS[act](run_id=run_id))
        flash(_said(act), "good")
    except Conflict as refusal:  # it has ended, or somebody else was faster: the page says how it stands
        flash(sentence_for(refusal), "warn")
    return redirect(url_for("pages.migration_runs.one", run_id=run_id))


@screen.get("/designer/migrations/<run_id>/result.<any(xlsx, csv):kind>")
@permission("designer")
def result(run_id: str, kind: str) -> Response:
    with door.reading() as session:
        run = migration_run(session, door.actor(), run_id)
        head, rows = _table(session, run)
        name = _("迁移结果_%(process)s_v%(old)s_v%(new)s", process=run.name, old=run.from_version, new=run.to_version)
        return table_file(kind, name, head, rows)


def _table(session: Any, run: RunSummary) -> Any:
    return result_table(session, door.actor(), run, catalogue=door.engine().catalogue, locale=current_locale())


def _in_earnest(run: RunSummary) -> str:
    """The page of the plan, filled in as it was rehearsed."""
    asked = {"from": run.from_version, "to": run.to_version, "rehearsed": run.id}
    return url_for("pages.migrations.show", key=run.process, _anchor="order-title", **asked)


def _said(act: str) -> str:
    words = {
        "pause": _("已暂停，已经迁移的案件不变。"),
        "resume": _("迁移继续进行。"),
        "cancel": _("已停止，没有处理的案件留在旧版。"),
    }
    return words[act]
