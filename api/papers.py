"""Papers that a case gives, and the Word templates they are made from."""

from flask import Response

from api.blueprint import ApiBlueprint, body_limit
from api.current import the_actor, the_engine
from api.downloads import download
from api.idempotency import run
from api.permissions import permission
from api.schemas.documents import DocumentId
from api.schemas.papers import (
    KeptPaperAnswer,
    KeptPaperList,
    MakingQuestion,
    PaperFactsAnswer,
    PaperList,
    RestoringQuestion,
    TemplateQuestion,
    TemplateVersion,
    VersionsQuestion,
)
from engine.commands.replace_template import ReplaceTemplate
from engine.commands.restore_template import RestoreTemplate
from engine.media_types import DOCX
from engine.queries.paper_templates import KeptPaper, kept_papers, kept_versions, template_content
from engine.queries.papers import Sheet, case_papers, paper_sheet
from papermaking import make_paper, sample_of

papers = ApiBlueprint("papers", "Papers that a case gives, and the Word templates they are made from.")
TEMPLATE_LIMIT = 6_000_000  # bytes: 5 MB of file and the multipart around it
_TEMPLATES = "/papers/<process>/<key>/templates"
_BYTES = {"type": "string", "format": "binary"}


@papers.get("/cases/<case_id>/papers")
@permission("case_party")
@papers.response(200, PaperList)
def of_case(case_id: str) -> dict:
    """The papers of a case: which can be made now, and the newest ones that were."""
    engine = the_engine()
    with engine.reading() as session:
        rows = case_papers(session, the_actor(), case_id, catalogue=engine.catalogue, now=engine.now())
    return {"items": rows}


@papers.get("/cases/<case_id>/papers/<key>")
@permission("case_party")
@papers.response(200, PaperFactsAnswer)
def now(case_id: str, key: str) -> Sheet:
    """What a paper would say now: its facts by name, and the Word template that would be used."""
    engine = the_engine()
    kit = {"catalogue": engine.catalogue, "store": engine.documents, "now": engine.now()}
    with engine.reading() as session:
        return paper_sheet(session, the_actor(), case_id, key, **kit)


@papers.post("/cases/<case_id>/papers/<key>")
@permission("case_party")
@papers.arguments(MakingQuestion)
@papers.response(201, DocumentId)
def make(question: dict, case_id: str, key: str) -> dict:
    """Make a paper from what the case says now; the same facts give the document that is there already."""
    return {"id": make_paper(the_engine(), case_id, key, question["kind"], actor=the_actor())}


@papers.get("/papers")
@permission("signed_in")
@papers.response(200, KeptPaperList)
def kept() -> dict:
    """The papers whose Word templates you look after, each with the version in use."""
    with the_engine().reading() as session:
        return {"items": kept_papers(session, the_actor())}


@papers.get(_TEMPLATES)
@permission("signed_in")
@papers.arguments(VersionsQuestion, location="query")
@papers.response(200, KeptPaperAnswer)
def versions(question: dict, process: str, key: str) -> KeptPaper:
    """The versions of a template, the newest first: who put them in place, when and why."""
    with the_engine().reading() as session:
        return kept_versions(session, the_actor(), f"{process}/{key}", **question)


@papers.post(_TEMPLATES)
@permission("signed_in")
@body_limit(TEMPLATE_LIMIT)
@papers.arguments(TemplateQuestion, location="multipart")
@papers.response(201, TemplateVersion)
def replace(question: dict, process: str, key: str) -> dict:
    """Put another Word template in place; it is checked and tried with a sample first."""
    file, paper = question.pop("file"), f"{process}/{key}"
    command = ReplaceTemplate(paper=paper, filename=file.filename or "", content=file.read(), **question)
    return {"version": run(command)}


@papers.get(f"{_TEMPLATES}/<int:version>")
@permission("signed_in")
@papers.response(200, _BYTES, content_type=DOCX)
def template(process: str, key: str, version: int) -> Response:
    """Download a version of a template."""
    engine = the_engine()
    with engine.reading() as session:
        content = template_content(session, the_actor(), f"{process}/{key}", version, store=engine.documents)
    return download(content, name=f"{key}-{version}.docx", media_type=DOCX)


@papers.get(f"{_TEMPLATES}/<int:version>/sample.<kind>")
@permission("signed_in")
@papers.response(200, _BYTES, content_type="application/octet-stream")
def sample(process: str, key: str, version: int, kind: str) -> Response:
    """The paper of an invented case, made from a version of its template."""
    content = sample_of(the_engine(), f"{process}/{key}", version, kind, actor=the_actor())
    return download(content, name=f"{key}-{version}.{kind}", media_type="application/octet-stream")


@papers.post(f"{_TEMPLATES}/<int:version>/restore")
@permission("signed_in")
@papers.arguments(RestoringQuestion)
@papers.response(201, TemplateVersion)
def restore(question: dict, process: str, key: str, version: int) -> dict:
    """Go back to an older version; it becomes the newest."""
    return {"version": run(RestoreTemplate(paper=f"{process}/{key}", version=version, **question))}
