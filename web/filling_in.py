"""A form on a page: read what was sent, store its files, see whether it may be handed in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from engine.commands.remove_document import RemoveDocument
from engine.commands.upload_document import UploadDocument
from engine.definitions.form import AnswersRejected, Form, FormView
from engine.errors import NotFound, Problem, Rejected
from web import door
from web.forms import PostedForm, read_html_form
from web.read_only import read_only

Context = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What came from the page, with its files stored. `problems` are those of files that were not taken."""

    answers: dict[str, Any]
    intent: str
    problems: tuple[Problem, ...] = ()
    files_changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def warned_of(self) -> str:
        """Stands for exactly these warnings, so that confirming them confirms no others."""
        said = sorted((warning.path, warning.code, warning.text or "") for warning in self.warnings)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    @property
    def must_be_shown(self) -> bool:
        """There are problems, or warnings that the person has not confirmed yet."""
        return bool(self.problems) or (bool(self.warnings) and request.form.get("confirmed") != self.warned_of)


def read_sent(form: Form | None, context: Context, *, task_id: str | None) -> Sent:
    """New files become documents of the task at once, so that nothing has to be chosen a second time."""
    if form is None:
        return Sent(answers={}, intent="submit")
    posted = read_html_form(form, request.form, request.files, context)
    problems: list[Problem] = []
    for upload in posted.uploads:
        posted = _store(posted, upload, task_id=task_id, problems=problems)
    for document_id in posted.removed_documents:
        _forget(document_id)
    return Sent(
        answers=posted.answers,
        intent=posted.intent,
        problems=tuple(problems),
        files_changed=bool(request.files) or bool(posted.removed_documents),
    )


def judge(form: Form | None, sent: Sent, context: Context) -> Verdict:
    """All problems, or the warnings that a person must have seen before the form goes out."""
    if form is None:
        return Verdict()
    try:
        accepted = form.accept(sent.answers, context)
    except AnswersRejected as refusal:
        return Verdict(problems=(*sent.problems, *refusal.problems))
    return Verdict(problems=sent.problems, warnings=accepted.warnings)


def _store(posted: PostedForm, upload: Any, *, task_id: str | None, problems: list[Problem]) -> PostedForm:
    command = UploadDocument(
        field_key=upload.field,
        filename=upload.filename,
        media_type=upload.media_type,
        content=upload.content,
        task_id=task_id,
    )
    try:
        return posted.with_document(upload, door.run(command))
    except Rejected as refusal:
        problems.extend(replace(problem, path=upload.path) for problem in refusal.problems)
        return posted.with_document(upload, None)


def _forget(document_id: str) -> None:
    try:
        door.run(RemoveDocument(document_id=document_id))
    except (NotFound, Rejected):
        return  # filed already, or never there: nothing to take back


def typed_view(form: Form | None, context: Context) -> FormView | None:
    """What the person typed, to read and copy, for a page that can no longer hand it in."""
    if form is None:
        return None
    return read_only(form.view(typed_answers(form, context), context))


def typed_answers(form: Form | None, context: Context) -> dict[str, Any] | None:
    return read_html_form(form, request.form, MultiDict(), context).answers if form else None
