"""The Word templates of official papers: their versions, trying one out, putting another in place, going back."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engine.actor import Actor
from engine.commands.replace_template import ReplaceTemplate
from engine.commands.restore_template import RestoreTemplate
from engine.definitions.paper import all_papers
from engine.errors import Conflict, EngineError, Rejected
from engine.media_types import DOCX, PDF
from engine.papers import is_kept_by
from engine.queries.paper_templates import kept_papers, kept_versions, template_content
from engine.queries.processes import processes
from papermaking import sample_of
from web import door
from web.attachment import attachment, preview
from web.error_pages import sentence_for, status_of
from web.language import problem_words
from web.permission import permission

screen = Blueprint("papers", __name__)
_PAPER = "/papers/<process>/<key>"


def looks_after_papers(actor: Actor) -> bool:
    return any(is_kept_by(paper, actor) for paper in all_papers().values())


@screen.get("/papers")
@permission("signed_in")
def show() -> str:
    with door.reading() as session:
        kept = kept_papers(session, door.actor())
        known = {row.key: row for row in processes(session, door.actor(), catalogue=door.engine().catalogue)}
    return render_template("papers/papers.html", kept=kept, processes=known)


@screen.get(_PAPER)
@permission("signed_in")
def one(process: str, key: str) -> str:
    before = request.args.get("before", type=int)
    return _page(f"{process}/{key}", before=before)


@screen.post(_PAPER)
@permission("signed_in")
def replace(process: str, key: str) -> Response:
    file, reason = request.files.get("file"), request.form.get("reason", "")
    if file is None or not file.filename:
        return _refused(f"{process}/{key}", reason, _("请选择要上传的文件。"))
    command = ReplaceTemplate(paper=f"{process}/{key}", filename=file.filename, content=file.read(), reason=reason)
    return _done(command, process, key, _("模板已更换，以后生成的 Word 文书使用这一版。"))


@screen.post(f"{_PAPER}/<int:version>/restore")
@permission("signed_in")
def restore(process: str, key: str, version: int) -> Response:
    command = RestoreTemplate(paper=f"{process}/{key}", version=version, reason=request.form.get("reason", ""))
    return _done(command, process, key, _("已恢复为以前的模板。"))


@screen.get(f"{_PAPER}/<int:version>.docx")
@permission("signed_in")
def template(process: str, key: str, version: int) -> Response:
    paper_id, engine = f"{process}/{key}", door.engine()
    with door.reading() as session:
        content = template_content(session, door.actor(), paper_id, version, store=engine.documents)
    return attachment(content, name=_filename(paper_id, _("模板"), version, "docx"), media_type=DOCX)


@screen.get(f"{_PAPER}/<int:version>/sample.docx")
@permission("signed_in")
def sample_word(process: str, key: str, version: int) -> Response:
    paper_id = f"{process}/{key}"
    content = sample_of(door.engine(), paper_id, version, "docx", actor=door.actor())
    return attachment(content, name=_filename(paper_id, _("样例"), version, "docx"), media_type=DOCX)


@screen.get(f"{_PAPER}/sample.pdf")
@permission("signed_in")
def sample_pdf(process: str, key: str) -> Response:
    paper_id = f"{process}/{key}"
    content = sample_of(door.engine(), paper_id, 0, "pdf", actor=door.actor())
    return preview(content, name=_filename(paper_id, _("样例"), 0, "pdf"), media_type=PDF)


def fields_of(sample: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(name, an example, the names inside of each item of a list)."""
    for name, value in sample.items():
        if isinstance(value, list):
            yield name, "", tuple(value[0]) if value else ()
        else:
            yield name, _("是") if value is True else _("否") if value is False else str(value).strip("　"), ()


def _done(command: Any, process: str, key: str, said: str) -> Response:
    try:
        version = door.run(command)
    except (Rejected, Conflict) as refusal:
        return _refused(f"{process}/{key}", command.reason, sentence_for(refusal), refusal=refusal)
    flash(_("%(said)s（第 %(version)s 版）", said=said, version=version), "good")
    return redirect(url_for("pages.papers.one", process=process, key=key))


def _refused(paper_id: str, reason: str, complaint: str, *, refusal: EngineError | None = None) -> Response:
    found = [problem_words(problem) for problem in refusal.problems] if refusal else []
    status = status_of(refusal) if refusal else 422
    return make_response(_page(paper_id, reason=reason, complaint=complaint, found=found), status)


def _page(paper_id: str, *, before: int | None = None, **said: Any) -> str:
    with door.reading() as session:
        kept = kept_versions(session, door.actor(), paper_id, before=before)
        current = kept if before is None else kept_versions(session, door.actor(), paper_id)
    return render_template(
        "papers/paper.html", kept=kept, newest=current.newest, fields=tuple(fields_of(kept.paper.sample)), **said
    )


def _filename(paper_id: str, what: str, version: int, ending: str) -> str:
    return f"{all_papers()[paper_id].name}-{what}-{version}.{ending}"
