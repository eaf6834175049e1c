"""The register of experts as an Excel file: taken out, filled in, brought in."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import xlsxwriter
from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.import_experts import ImportExperts
from engine.errors import Problem, Rejected
from engine.expert_lines import COLUMNS, DAYS, MOST_LINES, MUST_HAVE
from engine.experts import must_keep_experts
from engine.queries.experts import ExpertRow, all_experts
from web import door
from web.error_pages import sentence_for
from web.people.expert_words import STATUSES, column_words, profession_words, professions
from web.permission import permission

PROBLEMS_SHOWN = 200
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDTH = 20
# The same template is the same file, whenever it is fetched.
_WRITTEN_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - these files know no zone
screen = Blueprint("expert_sheets", __name__)


@screen.get("/experts/import")
@permission("experts")
def form() -> str:
    must_keep_experts(door.actor())
    return _page()


@screen.post("/experts/import")
@permission("experts")
def bring_in() -> Response:
    file = request.files.get("file")
    name, content = (file.filename or "", file.read()) if file else ("", b"")
    try:
        entered = door.run(ImportExperts(filename=name, content=content))
    except Rejected as refusal:
        return make_response(_page(problem=sentence_for(refusal), flaws=refusal.problems), 422)
    counts = {"added": entered.added, "changed": entered.changed}
    flash(_("名册已导入：新登记 %(added)s 人，更新 %(changed)s 人。", **counts), "good")
    return redirect(url_for("pages.experts.show"))


@screen.get("/experts/template.xlsx")
@permission("experts")
def template() -> Response:
    return _download(_workbook(()), "experts-template.xlsx")


@screen.get("/experts/register.xlsx")
@permission("experts")
def register() -> Response:
    with door.reading() as session:
        rows = all_experts(session, door.actor(), today=door.today())
    return _download(_workbook(rows), "experts.xlsx")


def _page(*, problem: str | None = None, flaws: Iterable[Problem] = ()) -> str:
    places = [(*flaw.path.partition(".")[::2], flaw) for flaw in flaws]
    return render_template(
        "people/expert_import.html", problem=problem, flaws=places[:PROBLEMS_SHOWN],
        unshown=len(places) - PROBLEMS_SHOWN, column_words=column_words, most=MOST_LINES,
    )  # fmt: skip


def _workbook(rows: Iterable[ExpertRow]) -> bytes:
    """The columns that can be brought in again, and the state, which is changed on the page only."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"created": _WRITTEN_AT})
        sheet = book.add_worksheet(_("特派指导员名册"))
        text, as_day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, _WIDTH, as_day if column in DAYS else text)
        sheet.data_validation(
            1, 2, MOST_LINES, 2, {"validate": "list", "source": [words for _key, words in professions()]}
        )
        names = [column_words(column) + ("*" if column in MUST_HAVE else "") for column in COLUMNS]
        sheet.write_row(0, 0, [*names, _("状态")], book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            for place, (column, value) in enumerate(_cells(row).items()):
                sheet.write(number, place, value, as_day if column in DAYS else text)
    return target.getvalue()


def _cells(row: ExpertRow) -> dict[str, Any]:
    said = {column: getattr(row, column, None) for column in COLUMNS}
    lists = {"fields": "、".join(row.fields), "towns": "、".join(row.towns)}
    words = {"person": row.username, "profession": profession_words(row.profession)}
    return {**said, **lists, **words, "status": str(STATUSES[row.status])}


def _download(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype=_SHEET)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
