"""Staff rosters from Excel: where one may begin, how far an import is, and what is wrong with which line."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as later

from engine.commands.cancel_roster import CancelRoster
from engine.commands.import_roster import ImportRoster
from engine.errors import Conflict, Rejected
from engine.queries.rosters import all_roster_flaws, roster_file, roster_flaws, roster_places, roster_run
from web import door
from web.error_pages import sentence_for
from web.fragments import is_fragment
from web.list_filters import address_with, given
from web.people.roster_sheets import column_words, flaw_sheet, template_sheet
from web.permission import permission

ROWS = 40
STATES = {
    "reading": later("正在核对"),
    "writing": later("正在写入"),
    "done": later("已导入"),
    "refused": later("未导入"),
    "cancelled": later("已取消"),
}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
screen = Blueprint("rosters", __name__)


@screen.get("/rosters")
@permission("signed_in")
def show() -> str | Response:
    """The enterprises whose staff one may enter; who has one only is there at once."""
    with door.reading() as session:
        rows = roster_places(session, door.actor(), text=given("q"), cursor=given("cursor"), limit=ROWS)
    if rows.total == 1 and not given("q"):
        return redirect(url_for("pages.rosters.place", enterprise_id=rows.items[0].id))
    more = address_with(cursor=rows.next) if rows.next else None
    return render_template("people/rosters.html", rows=rows, more=more)


@screen.get("/rosters/template.xlsx")
@permission("signed_in")
def template() -> Response:
    return _download(template_sheet(), "roster.xlsx")


@screen.get("/rosters/<enterprise_id>")
@permission("signed_in")
def place(enterprise_id: str) -> str:
    return _place_page(enterprise_id)


@screen.post("/rosters/<enterprise_id>")
@permission("signed_in")
def begin(enterprise_id: str) -> Response:
    file = request.files.get("file")
    content = file.read() if file else b""
    try:
        import_id = door.run(
            ImportRoster(enterprise_id=enterprise_id, filename=(file.filename if file else "") or "", content=content)
        )
    except (Rejected, Conflict) as refusal:
        return make_response(_place_page(enterprise_id, problem=sentence_for(refusal)), 422)
    return redirect(url_for("pages.rosters.run", import_id=import_id))


@screen.get("/roster-imports/<import_id>")
@permission("signed_in")
def run(import_id: str) -> str:
    """The page; while the import is under way its middle part is asked for again and again."""
    with door.reading() as session:
        found = roster_run(session, door.actor(), import_id)
        file = roster_file(session, door.actor(), found.enterprise_id)
        flaws = roster_flaws(session, door.actor(), import_id, cursor=given("cursor"), limit=ROWS)
    more = address_with(cursor=flaws.next) if flaws.next else None
    part = "roster_run_part" if is_fragment() else "roster_run"
    return render_template(
        f"people/{part}.html", run=found, place=file.place, states=STATES, flaws=flaws, more=more,
        column_words=column_words,
    )  # fmt: skip


@screen.post("/roster-imports/<import_id>/cancel")
@permission("signed_in")
def cancel(import_id: str) -> Response:
    door.run(CancelRoster(import_id=import_id))
    return redirect(url_for("pages.rosters.run", import_id=import_id))


@screen.get("/roster-imports/<import_id>/flaws.xlsx")
@permission("signed_in")
def flaws(import_id: str) -> Response:
    with door.reading() as session:
        content = flaw_sheet(all_roster_flaws(session, door.actor(), import_id))
    return _download(content, "roster-problems.xlsx")


def _place_page(enterprise_id: str, *, problem: str | None = None) -> str:
    with door.reading() as session:
        file = roster_file(session, door.actor(), enterprise_id)
    return render_template("people/roster.html", file=file, states=STATES, problem=problem)


def _download(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype=_SHEET)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
