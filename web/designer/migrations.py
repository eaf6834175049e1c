"""Running cases move to another version of their process: looked at and ordered here, followed in `migration_runs`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.start_migration import StartMigration
from engine.errors import EngineError, NotAllowed, Rejected
from engine.groups import DESIGNERS
from engine.migrating.outlook import Plan, Verdict
from engine.queries.migration_runs import cases_of_run, migration_run
from engine.queries.migrations import cases_to_migrate, migration_outlook
from engine.queries.versions import compare_versions, versions
from web import door
from web.designer import two_diagrams
from web.designer.words import FITS, VERDICTS
from web.error_pages import sentence_for, status_of
from web.fragments import is_fragment
from web.language import problem_words
from web.permission import permission

screen = Blueprint("migrations", __name__)
UNDECIDED = "?"  # no element has such an id
ROWS = 50
_AT_ONCE = 200
_CHOICE = "choice."


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of the page: of the address, or of the form that was sent."""

    plan: Plan
    verdict: str | None = None
    cursor: str | None = None
    scope: str = "all"
    cases: tuple[str, ...] = ()
    rules: str = "keep"
    reason: str = ""

    def order(self, *, is_rehearsal: bool) -> StartMigration:
        chosen = self.cases if self.scope == "chosen" else None
        return StartMigration(
            **vars(self.plan), keeps_rules=self.rules != "new", reason=self.reason, case_ids=chosen,
            is_rehearsal=is_rehearsal,
        )  # fmt: skip


@screen.get("/designer/processes/<key>/migration")
@permission("designer")
def show(key: str) -> Response | str:
    """Without versions in the address there is nothing to compare: the list of versions has the links."""
    if "from" not in request.args:
        return redirect(url_for("pages.versions.show", key=key))
    typed, rehearsed = _typed(key, request.args), request.args.get("rehearsed")
    return _page(_as_rehearsed(typed, rehearsed) if rehearsed else typed)


@screen.post("/designer/processes/<key>/migration")
@permission("designer")
def look(key: str) -> Response | str:
    """The same page with what was typed so far: other choices, another filter, more cases. Nothing changes."""
    typed = _typed(key, request.form)
    answer = make_response(_page(typed))
    answer.headers["HX-Push-Url"] = _address(typed)
    return answer


@screen.post("/designer/processes/<key>/migration/start")
@permission("designer")
def start(key: str) -> Response:
    """A rehearsal, or the migration itself."""
    typed = _typed(key, request.form)
    try:
        run_id = door.run(typed.order(is_rehearsal=request.form.get("order") != "start"))
    except (NotAllowed, Rejected) as refusal:
        return make_response(_page(typed, refusal=refusal), status_of(refusal))
    return redirect(url_for("pages.migration_runs.one", run_id=run_id))


def _typed(key: str, given: Any) -> Typed:
    numbers = [given.get(name, type=int) for name in ("from", "to")]
    if None in numbers:
        abort(404)
    chosen = {name.removeprefix(_CHOICE): value for name, value in given.items() if name.startswith(_CHOICE)}
    wanted = given.get("only", given.get("verdict"))  # the button that was pressed, else what is shown
    plan = Plan(
        process=key, from_version=numbers[0], to_version=numbers[1],
        choices={old: new for old, new in chosen.items() if new != UNDECIDED},
    )  # fmt: skip
    return Typed(
        plan=plan,
        verdict=wanted if wanted in VERDICTS else None,
        cursor=given.get("cursor") or None,
        scope=given.get("scope", "all"),
        cases=() if "untick" in given else tuple(dict.fromkeys(given.getlist("case"))),
        rules=given.get("rules", "keep"),
        reason=given.get("reason", ""),
    )


def _as_rehearsed(typed: Typed, run_id: str) -> Typed:
    """The order as it was tried; the cases are ticked if it was tried with some of them only."""
    with door.reading() as session:
        run = migration_run(session, door.actor(), run_id)
        cases = tuple(_cases_of(session, run_id))
        running = cases_to_migrate(session, door.actor(), typed.plan, catalogue=door.engine().catalogue, limit=1).total
    rules = "keep" if run.keeps_rules else "new"
    same = replace(typed, plan=replace(typed.plan, choices=run.choices), rules=rules, reason=run.reason)
    return replace(same, scope="chosen", cases=cases) if len(cases) < running else same


def _cases_of(session: Any, run_id: str) -> Iterator[str]:
    after = -1
    while some := cases_of_run(session, door.actor(), run_id, after=after, limit=_AT_ONCE):
        yield from (row.case_id for row in some)
        after = some[-1].position


def _address(typed: Typed) -> str:
    """Of the page as it stands, for the browser's history; what was typed for the order is not in it."""
    plan = typed.plan
    asked = {"from": plan.from_version, "to": plan.to_version, "verdict": typed.verdict}
    chosen = {f"{_CHOICE}{old}": new for old, new in plan.choices.items()}
    return url_for("pages.migrations.show", key=plan.process, **asked, **chosen)


def _page(typed: Typed, *, refusal: EngineError | None = None) -> str:
    catalogue, plan = door.engine().catalogue, typed.plan
    with door.reading() as session:
        outlook = migration_outlook(session, door.actor(), plan, catalogue=catalogue)
        page = cases_to_migrate(
            session, door.actor(), plan, catalogue=catalogue, verdict=typed.verdict, cursor=typed.cursor, limit=ROWS
        )
        pair = compare_versions(
            session, door.actor(), plan.process, before=plan.from_version, after=plan.to_version, catalogue=catalogue
        )
        known = versions(session, door.actor(), plan.process, limit=200).items
    return render_template(
        "designer/migration.html", typed=typed, plan=plan, outlook=outlook, page=page, versions=known,
        counts={verdict: outlook.count(verdict) for verdict in Verdict}, verdicts=VERDICTS, fits=FITS,
        drawings=two_diagrams.drawings(pair.before, pair.after), marks=two_diagrams.marks(pair.changes),
        areas=two_diagrams.by_area(pair.changes), undecided=UNDECIDED, complaints=_complaints(refusal),
        elsewhere=_elsewhere(typed, page.items), may_design=door.actor().is_in(DESIGNERS), is_part=is_fragment(),
        address=_address(typed),
    )  # fmt: skip


def _elsewhere(typed: Typed, rows: Iterable[Any]) -> list[str]:
    """Cases that were ticked on another page of the list."""
    here = {row.case_id for row in rows}
    return [id_ for id_ in typed.cases if id_ not in here]


def _complaints(refusal: EngineError | None) -> list[str]:
    if refusal is None:
        return []
    if any(problem.path == "cases" and problem.code == "required" for problem in refusal.problems):
        return [_("没有要迁移的案件：请在案件清单中勾选，或选择全部案件。")]
    return [problem_words(problem) for problem in refusal.problems] or [sentence_for(refusal)]
