"""The documents of a case: versions, days sent and received, who may see them, and adding one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _

from engine.commands.attach_document import AttachDocument
from engine.commands.remove_document import RemoveDocument
from engine.commands.settle_document import SettleDocument
from engine.errors import Conflict, Rejected
from engine.media_types import SHOWN_IN_BROWSERS
from engine.queries.case_file import case_file
from engine.queries.notes import writing
from engine.queries.papers import case_papers
from engine.queries.rows import DocumentRow
from web import door
from web.case_page import page_of_case
from web.error_pages import sentence_for, status_of
from web.permission import permission

screen = Blueprint("case_documents", __name__)


@dataclass(frozen=True)
class Series:
    """A document with its earlier versions, the latest of them first."""

    newest: DocumentRow
    earlier: tuple[DocumentRow, ...]

    @property
    def can_be_shown(self) -> bool:
        return self.newest.media_type in SHOWN_IN_BROWSERS


@dataclass(frozen=True)
class Draft:
    """What somebody has entered beside the file, and what is wrong with it."""

    circle: str = ""
    sent_on: str = ""
    received_on: str = ""
    problem: str = ""


def by_series(documents: Iterable[DocumentRow]) -> tuple[Series, ...]:
    series: dict[str, list[DocumentRow]] = {}
    for row in documents:
        series.setdefault(row.series_id, []).append(row)
    ordered = (sorted(rows, key=lambda row: -row.version) for rows in series.values())
    return tuple(Series(rows[0], tuple(rows[1:])) for rows in ordered)


@screen.get("/cases/<case_id>/documents")
@permission("case_party")
def show(case_id: str) -> str:
    return documents_page(case_id, Draft())


@screen.post("/cases/<case_id>/documents")
@permission("case_party")
def attach(case_id: str) -> Response:
    given, file = request.form, request.files.get("file")
    draft = Draft(given.get("circle", ""), given.get("sent_on", ""), given.get("received_on", ""))
    if file is None or not file.filename:
        return _refused(case_id, draft, _("请选择要上传的文件。"))
    try:
        sent, received = _day(draft.sent_on), _day(draft.received_on)
    except ValueError:
        return _refused(case_id, draft, _("日期写法不对，请按 2026-03-05 这样填写。"))
    command = AttachDocument(
        case_id=case_id, filename=file.filename, content=file.read(), circle=draft.circle,
        replaces=given.get("replaces") or None, sent_on=sent, received_on=received,
    )  # fmt: skip
    return _done(case_id, draft, command, _("文件已加入案件。"))


@screen.post("/documents/<document_id>/settle")
@permission("case_party")
def settle(document_id: str) -> Response:
    status = request.form.get("status", "")
    said = {"final": _("已定稿，不能再加新版本。"), "filed": _("已归档。")}.get(status, "")
    return _done(_case(), Draft(), SettleDocument(document_id=document_id, status=status), said)


@screen.post("/documents/<document_id>/take-away")
@permission("case_party")
def take_away(document_id: str) -> Response:
    return _done(_case(), Draft(), RemoveDocument(document_id=document_id), _("文件已移除。"))


def _case() -> str:
    return request.form.get("case_id", "")


def _done(case_id: str, draft: Draft, command: Any, said: str) -> Response:
    try:
        door.run(command)
    except (Rejected, Conflict) as refusal:
        return _refused(case_id, draft, sentence_for(refusal), status=status_of(refusal))
    flash(said, "good")
    return redirect(url_for("pages.case_documents.show", case_id=case_id))


def _refused(case_id: str, draft: Draft, problem: str, *, status: int = 422) -> Response:
    kept = Draft(draft.circle, draft.sent_on, draft.received_on, problem)
    return make_response(documents_page(case_id, kept), status)


def _day(text: str) -> date | None:
    """Raises ValueError."""
    return date.fromisoformat(text) if text else None


def documents_page(case_id: str, draft: Draft | None = None, *, not_made: str = "") -> str:
    catalogue = door.engine().catalogue
    with door.reading() as session:
        file = case_file(session, door.actor(), case_id, catalogue=catalogue, now=door.now())
        papers = case_papers(session, door.actor(), case_id, catalogue=catalogue, now=door.now())
        may = None if file.is_guest else writing(session, door.actor(), case_id, catalogue=catalogue)
        return page_of_case(
            session, case_id, "documents", series=by_series(file.documents), writing=may, draft=draft or Draft(),
            may_file=file.actions["suspend"] != "not_in_charge", not_made=not_made,
            papers=[paper for paper in papers if paper.refused != "not_for_you_to_make"],
        )  # fmt: skip
