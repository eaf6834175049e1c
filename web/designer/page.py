"""Check process files beside their drawing; make drafts of foreign diagrams; deploy what can run."""

import io
import zipfile
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.commands.deploy import Deploy
from engine.commands.start_process_draft import StartProcessDraft
from engine.errors import Rejected
from engine.groups import DESIGNERS
from engine.queries.processes import process_detail
from web import door
from web.designer import bundle_fields, findings
from web.designer.verdict import Verdict, judge
from web.error_pages import sentence_for
from web.language import listed
from web.permission import permission

MAX_BUNDLE = 24 * 1024 * 1024  # bytes of a form: the files of a bundle, written as text
screen = Blueprint("designer", __name__)


@screen.get("/designer/check")
@permission("designer")
def show() -> str:
    return _page(None)


@screen.post("/designer/check")
@permission("designer")
def check() -> Response | str:
    """The files that were chosen; or those of the page before, now as a foreign diagram or with another process."""
    files, refused = bundle_fields.uploaded(request.files.getlist("files"))
    files = files or bundle_fields.sent_back(request.form)
    if refused:
        return make_response(_page(None, complaint=_unfit(refused)), 422)
    if not files:
        return make_response(_page(None, complaint=_("请先选择文件。")), 422)
    return _page(judge(files, is_foreign="foreign" in request.form, process=request.form.get("process") or None))


@screen.post("/designer/draft")
@permission("designer")
def download() -> Response:
    """The files on the page: one as it is, several as a zip."""
    files = bundle_fields.sent_back(request.form)
    path, content = next(iter(files.items()), ("draft.bpmn", b""))
    name = PurePosixPath(path)
    if len(files) > 1:
        name, content = name.with_suffix(".zip"), _zipped(files)
    answer = Response(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name.name)}"
    return answer


@screen.post("/designer/check/draft")
@permission("designer")
def keep() -> Response:
    """The files on the page become a draft, whatever is still to be mended in them."""
    files, gaps = bundle_fields.sent_back(request.form), bundle_fields.gaps_sent_back(request.form)
    command = StartProcessDraft(files=files, gaps=gaps, vendor=request.form.get("vendor") or None)
    try:
        draft_id = door.run(command)
    except Rejected as refusal:
        return make_response(_page(judge(files) if files else None, complaint=sentence_for(refusal)), 422)
    return redirect(url_for("pages.drafts.edit", draft_id=draft_id))


@screen.post("/designer/deploy")
@permission("designer")
def deploy() -> Response | str:
    files, comment = bundle_fields.sent_back(request.form), request.form.get("comment", "").strip()
    if not comment:
        return make_response(_page(judge(files), complaint=_("请写明这次部署改了什么。")), 422)
    report = door.run(Deploy(files=files, comment=comment))
    if report.bundle is None:
        return make_response(_page(judge(files), complaint=_("没有部署：还有必须修改的问题。")), 422)
    key = report.bundle.process_key
    with door.reading() as session:
        row = process_detail(session, door.actor(), key, catalogue=door.engine().catalogue).row
    flash(_("“%(process)s”已部署，现行版本 v%(version)s。", process=row.name, version=row.version), "good")
    return redirect(url_for("pages.processes.detail", key=key))


for view in (check, download, keep, deploy):
    view.form_text_limit = MAX_BUNDLE  # type: ignore[attr-defined]


def _page(verdict: Verdict | None, *, complaint: str = "") -> str:
    return render_template(
        "designer/check.html", verdict=verdict, complaint=complaint, may_design=door.actor().is_in(DESIGNERS),
        may_deploy=door.actor().is_in(DESIGNERS) and door.engine().direct_deployment,
        **(_shown(verdict) if verdict else {}),
    )  # fmt: skip


def _shown(verdict: Verdict) -> dict[str, Any]:
    diagrams = verdict.diagrams
    groups = findings.grouped(verdict.problems, diagrams)
    gaps = findings.grouped(verdict.gaps, diagrams)
    return {
        "groups": groups,
        "gaps": gaps,
        "diagrams": sorted(
            ((path, source, findings.marks((*groups, *gaps), path)) for path, source in diagrams.items()),
            key=lambda drawn: "error" not in drawn[2].values(),  # what must be mended is drawn first
        ),
        "hidden": bundle_fields.hidden(verdict.files),
        "kept_gaps": bundle_fields.hidden_gaps(verdict.gaps),
        "musts": sum(len(group.findings) for group in (*groups, *gaps) if group.severity == "error"),
    }


def _unfit(names: list[str]) -> str:
    return _(
        "这些文件不能检查：%(names)s。可以选择 .bpmn、.dmn、.form 和规则 .yml 文件，名称不能重复。",
        names=listed(names),
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return packed.getvalue()
