"""Running cases move to another version of their process: looked at, rehearsed, carried out, followed."""

from typing import Any

from flask import Response, url_for

from api.blueprint import ApiBlueprint
from api.current import the_actor, the_engine
from api.downloads import download
from api.errors import problem_entry
from api.idempotency import run
from api.languages import the_locale
from api.paging import page_of
from api.permissions import permission
from api.schemas.migrations import (
    CaseOutlookAnswer,
    MigrateCaseQuestion,
    MigratedCaseAnswer,
    MigratedCasesQuestion,
    MigrationAnswer,
    MigrationId,
    MigrationListQuestion,
    MovedCaseAnswer,
    OutlookAnswer,
    PlannedCasesQuestion,
    PlanQuestion,
    StartMigrationQuestion,
)
from engine.commands.migrate_case import MigrateCase
from engine.commands.pause_migration import CancelMigration, PauseMigration, ResumeMigration
from engine.commands.start_migration import StartMigration
from engine.migrating.outlook import Plan, Verdict
from engine.queries.migration_results import case_results, result_table, rows_of_run
from engine.queries.migration_runs import RunSummary, migration_run, migration_runs
from engine.queries.migrations import cases_to_migrate, migration_outlook
from engine.queries.paging import Page
from engine.sheet_writing import MEDIA_TYPES, written

migrations = ApiBlueprint("migrations", "Running cases that move to another version of their process.")
_FILE = {"type": "string", "format": "binary"}


@migrations.get("/processes/<key>/migration")
@permission("designer")
@migrations.arguments(PlanQuestion, location="query")
@migrations.response(200, OutlookAnswer)
def outlook(question: dict, key: str) -> dict:
    """What moving the running cases of one version to another would mean; nothing is changed."""
    engine = the_engine()
    with engine.reading() as session:
        found = migration_outlook(session, the_actor(), Plan(process=key, **question), catalogue=engine.catalogue)
    counts = {str(verdict): found.count(verdict) for verdict in Verdict}
    return {**vars(found), **counts, "cases": found.cases, "groups": [_problems_told(group) for group in found.groups]}


@migrations.get("/processes/<key>/migration/cases")
@permission("designer")
@migrations.arguments(PlannedCasesQuestion, location="query")
@migrations.response(200, page_of(CaseOutlookAnswer))
def planned_cases(question: dict, key: str) -> Page[dict]:
    """One page of the running cases of the version, those that began first at first, and what is to be said of each."""
    asked = {name: question.pop(name) for name in ("verdict", "cursor", "limit")}
    engine, plan = the_engine(), Plan(process=key, **question)
    with engine.reading() as session:
        page = cases_to_migrate(session, the_actor(), plan, catalogue=engine.catalogue, **asked)
    return page.of(_problems_told(row) for row in page.items)


@migrations.post("/migrations")
@permission("designer")
@migrations.arguments(StartMigrationQuestion)
@migrations.response(201, MigrationId)
def start(question: dict) -> tuple[dict, int, dict]:
    """Begin to move running cases in the background, or to rehearse it."""
    case_ids = question.pop("case_ids")
    run_id = run(StartMigration(**question, case_ids=None if case_ids is None else tuple(case_ids)))
    return {"id": run_id}, 201, {"Location": url_for("migrations.one", run_id=run_id)}


@migrations.get("/migrations")
@permission("designer")
@migrations.arguments(MigrationListQuestion, location="query")
@migrations.response(200, page_of(MigrationAnswer))
def list_migrations(question: dict) -> object:
    """All migrations, the newest first."""
    with the_engine().reading() as session:
        return migration_runs(session, the_actor(), **question)


@migrations.get("/migrations/<run_id>")
@permission("designer")
@migrations.response(200, MigrationAnswer)
def one(run_id: str) -> RunSummary:
    """How far a migration is."""
    return _read(run_id)


@migrations.get("/migrations/<run_id>/cases")
@permission("designer")
@migrations.arguments(MigratedCasesQuestion, location="query")
@migrations.response(200, page_of(MigratedCaseAnswer))
def migrated_cases(question: dict, run_id: str) -> Page[dict]:
    """What became of each case, or would become of it."""
    engine, words = the_engine(), {"catalogue": the_engine().catalogue, "locale": the_locale()}
    with engine.reading() as session:
        page = rows_of_run(session, the_actor(), run_id, **question)
        told = case_results(session, migration_run(session, the_actor(), run_id), page.items, **words)
    return page.of(
        {**vars(row), "change": row.facts, "why": said.why} for row, said in zip(page.items, told, strict=True)
    )


@migrations.get("/migrations/<run_id>/result.csv")
@permission("designer")
@migrations.response(200, _FILE, content_type="text/csv")
def result_csv(run_id: str) -> Response:
    """What became of each case, as comma-separated values."""
    return _file(run_id, "csv")


@migrations.get("/migrations/<run_id>/result.xlsx")
@permission("designer")
@migrations.response(200, _FILE, content_type=MEDIA_TYPES["xlsx"])
def result_xlsx(run_id: str) -> Response:
    """What became of each case, as a workbook."""
    return _file(run_id, "xlsx")


@migrations.post("/migrations/<run_id>/pause")
@permission("designer")
@migrations.response(200, MigrationAnswer)
def pause(run_id: str) -> RunSummary:
    """Let it rest: what is moved stays moved."""
    run(PauseMigration(run_id=run_id))
    return _read(run_id)


@migrations.post("/migrations/<run_id>/resume")
@permission("designer")
@migrations.response(200, MigrationAnswer)
def resume(run_id: str) -> RunSummary:
    """Go on with a paused migration."""
    run(ResumeMigration(run_id=run_id))
    return _read(run_id)


@migrations.post("/migrations/<run_id>/cancel")
@permission("designer")
@migrations.response(200, MigrationAnswer)
def cancel(run_id: str) -> RunSummary:
    """Stop it for good: the cases that still wait stay on their version."""
    run(CancelMigration(run_id=run_id))
    return _read(run_id)


@migrations.post("/cases/<case_id>/migrate")
@permission("designer")
@migrations.arguments(MigrateCaseQuestion)
@migrations.response(200, MovedCaseAnswer)
def migrate(question: dict, case_id: str) -> dict[str, Any]:
    """Move one running case to another version of its process."""
    change = run(MigrateCase(case_id=case_id, **question))
    return {"id": case_id, "version": question["to_version"], "change": change}


def _read(run_id: str) -> RunSummary:
    with the_engine().reading() as session:
        return migration_run(session, the_actor(), run_id)


def _file(run_id: str, kind: str) -> Response:
    engine = the_engine()
    with engine.reading() as session:
        found = migration_run(session, the_actor(), run_id)
        head, rows = result_table(session, the_actor(), found, catalogue=engine.catalogue, locale=the_locale())
        content = written(kind, head, rows, at=engine.now())
    name = f"{found.process}_v{found.from_version}_v{found.to_version}.{kind}"
    return download(content, name=name, media_type=MEDIA_TYPES[kind])


def _problems_told(row: Any) -> dict[str, Any]:
    return {**vars(row), "problems": [problem_entry(problem) for problem in row.problems]}
