"""Drafts of processes: begun, saved, checked, handed to a second person, published."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, request, url_for

from api.blueprint import ApiBlueprint, body_limit
from api.current import the_actor, the_engine
from api.deployments import problem_entries
from api.downloads import download
from api.errors import MalformedRequest, problem_response
from api.idempotency import run
from api.languages import the_locale
from api.paging import page_of
from api.permissions import permission
from api.schemas.cases import ReasonQuestion
from api.schemas.drafts import (
    ChangesAnswer,
    CheckDraftQuestion,
    CommentQuestion,
    DraftAlone,
    DraftAnswer,
    DraftId,
    DraftListQuestion,
    NamesAnswer,
    NamesQuestion,
    OptionalCommentQuestion,
    RevisionAnswer,
    SaveDraftQuestion,
    StartDraftQuestion,
)
from api.schemas.processes import ReportAnswer
from engine.commands.discard_process_draft import DiscardProcessDraft
from engine.commands.publish_process_draft import PublishProcessDraft
from engine.commands.return_process_draft import ReturnProcessDraft
from engine.commands.save_process_draft import DraftMovedOn, SaveProcessDraft
from engine.commands.start_process_draft import StartProcessDraft
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.definitions.check import Report
from engine.definitions.comparing.change import Change
from engine.definitions.packing import packed
from engine.errors import Problem
from engine.groups import DESIGNERS
from engine.permissions import must_be_in
from engine.queries.bringing_in import BroughtIn, bring_in
from engine.queries.draft_changes import draft_changes
from engine.queries.drafts import check_draft, draft, names_in_draft
from engine.queries.drafts import drafts as find_drafts

drafts = ApiBlueprint("drafts", "Drafts of processes, and how they become versions.")
DRAFT_LIMIT = 24_000_000  # bytes: the files of a draft as JSON, or packed


@drafts.get("/drafts")
@permission("designer")
@drafts.arguments(DraftListQuestion, location="query")
@drafts.response(200, page_of(DraftAnswer))
def list_drafts(question: dict) -> object:
    """All drafts, the latest change first."""
    with the_engine().reading() as session:
        return find_drafts(session, the_actor(), **question)


@drafts.post("/drafts")
@permission("designer")
@body_limit(DRAFT_LIMIT)
@drafts.arguments(StartDraftQuestion, location="either")
@drafts.response(201, DraftId)
def start(question: dict) -> tuple[dict, int, dict]:
    """Begin a draft: a copy of a process, an empty one, or of files; a diagram of another tool is translated."""
    must_be_in(the_actor(), DESIGNERS)
    files = [file for file in request.files.getlist("files") if file.filename]
    brought = _brought_in(files) if files else BroughtIn({})
    draft_id = run(StartProcessDraft(**question, **vars(brought)))
    return {"id": draft_id}, 201, {"Location": url_for("drafts.one", draft_id=draft_id)}


@drafts.get("/drafts/<draft_id>")
@permission("designer")
@drafts.response(200, DraftAlone)
def one(draft_id: str) -> dict:
    """A draft with all its files."""
    with the_engine().reading() as session:
        return told(draft(session, the_actor(), draft_id))


@drafts.put("/drafts/<draft_id>/files")
@permission("designer")
@body_limit(DRAFT_LIMIT)
@drafts.arguments(SaveDraftQuestion)
@drafts.response(200, RevisionAnswer)
def save(question: dict, draft_id: str) -> dict | Response:
    """Keep changed files; 409 with who saved when, if `revision` is not the newest."""
    changes = as_bytes(question["files"])
    try:
        return {"revision": run(SaveProcessDraft(draft_id=draft_id, revision=question["revision"], files=changes))}
    except DraftMovedOn as stale:
        said = {"saved_by": stale.details["by"], "saved_at": stale.details["saved_at"]}
        more = {**said, "revision": stale.details["revision"]}
        return problem_response(409, code=stale.code, params=stale.details, more=more)


@drafts.post("/drafts/<draft_id>/check")
@permission("designer")
@body_limit(DRAFT_LIMIT)
@drafts.arguments(CheckDraftQuestion)
@drafts.response(200, ReportAnswer)
def check(question: dict, draft_id: str) -> dict:
    """What the door says of the draft, with changes that are not saved; nothing is kept."""
    changes = as_bytes(question["files"])
    with the_engine().reading() as session:
        return _verdict(check_draft(session, the_actor(), draft_id, changes, **_kit()))


@drafts.post("/drafts/<draft_id>/names")
@permission("designer")
@body_limit(DRAFT_LIMIT)
@drafts.arguments(NamesQuestion)
@drafts.response(200, NamesAnswer)
def names(question: dict, draft_id: str) -> Any:
    """What an expression may name, and which steps write it, with changes that are not saved; nothing is kept."""
    changes = as_bytes(question["files"])
    with the_engine().reading() as session:
        found = names_in_draft(session, the_actor(), draft_id, changes, path=question["path"], **_kit())
    return found or {"process": None, "scopes": {}}


@drafts.post("/drafts/<draft_id>/submit")
@permission("designer")
@drafts.arguments(CommentQuestion)
@drafts.response(200, ReportAnswer)
def submit(question: dict, draft_id: str) -> dict | Response:
    """Hand the draft to a second person; 422 with all problems when it cannot run."""
    return _reported(run(SubmitProcessDraft(draft_id=draft_id, **question)))


@drafts.post("/drafts/<draft_id>/publish")
@permission("designer")
@drafts.arguments(OptionalCommentQuestion)
@drafts.response(200, ReportAnswer)
def publish(question: dict, draft_id: str) -> dict | Response:
    """Make it the newest version, after its scenarios were played; by another designer than who made it."""
    return _reported(run(PublishProcessDraft(draft_id=draft_id, **question)))


@drafts.post("/drafts/<draft_id>/return")
@permission("designer")
@drafts.arguments(ReasonQuestion)
@drafts.response(204)
def return_(question: dict, draft_id: str) -> Response:
    """Give it back to be changed."""
    run(ReturnProcessDraft(draft_id=draft_id, **question))
    return Response(status=204)


@drafts.post("/drafts/<draft_id>/discard")
@permission("designer")
@drafts.arguments(ReasonQuestion)
@drafts.response(204)
def discard(question: dict, draft_id: str) -> Response:
    """Close a draft that will not be published."""
    run(DiscardProcessDraft(draft_id=draft_id, **question))
    return Response(status=204)


@drafts.get("/drafts/<draft_id>/changes")
@permission("designer")
@drafts.response(200, ChangesAnswer)
def changes(draft_id: str) -> dict | Response:
    """What it changes in the version that runs now, in words; and what that means for running cases."""
    with the_engine().reading() as session:
        found = draft_changes(session, the_actor(), draft_id, **_kit())
    if found.after is None:
        return _reported(found.report)
    return {"against": found.against, "changes": changes_told(found.changes), "effect": found.effect}


@drafts.get("/drafts/<draft_id>/export")
@permission("designer")
@drafts.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
def export(draft_id: str) -> Response:
    """All files as a zip; brought in again, they have the same bytes."""
    with the_engine().reading() as session:
        found = draft(session, the_actor(), draft_id)
    return download(packed(found.files), name=f"{found.row.process or 'draft'}.zip", media_type="application/zip")


def as_bytes(files: Mapping[str, str | None]) -> dict[str, bytes | None]:
    return {path: None if text is None else text.encode() for path, text in files.items()}


def told(found: Any) -> dict[str, Any]:
    files = {path: content.decode() for path, content in found.files.items()}
    own = {"files": files, "gaps": problem_entries(found.gaps), "newest": found.newest}
    return {**vars(found.row), **own, "is_overtaken": found.is_overtaken}


def changes_told(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {**vars(change.thing), **vars(change), "area": change.area, "message": change.text(the_locale())}
        for change in changes
    ]


def _kit() -> dict[str, Any]:
    """What it takes to read a bundle as the door does."""
    engine = the_engine()
    return {"catalogue": engine.catalogue, "services": engine.services}


def _verdict(report: Report) -> dict[str, Any]:
    return {"deployable": report.deployable, "problems": problem_entries(report.problems)}


def _reported(report: Report) -> dict | Response:
    verdict = _verdict(report)
    if report.deployable:
        return verdict
    return problem_response(422, code="not_deployable", problems=verdict["problems"], more={"deployable": False})


def _brought_in(files: list[Any]) -> BroughtIn:
    engine, uploads = the_engine(), dict[str, bytes]()
    for file in files:
        if file.filename in uploads:
            raise MalformedRequest(problems=[Problem(file.filename, "request_file_twice")])
        uploads[file.filename] = file.read()
    with engine.reading() as session:
        return bring_in(session, uploads, catalogue=engine.catalogue, services=engine.services)
