"""The task queue, and what a person does with one task."""

from dataclasses import fields
from typing import Any

from flask import Response, request

from api.blueprint import ApiBlueprint, body_limit, takes_header
from api.current import the_actor, the_engine
from api.errors import problem_entry
from api.etags import ETAG_HEADER, IF_MATCH, IF_NONE_MATCH, refuse_stale, tag_of, tagged
from api.form_data import form_data
from api.idempotency import run
from api.paging import page_of
from api.permissions import permission
from api.schemas.cases import ReasonQuestion
from api.schemas.documents import DocumentId, UploadQuestion
from api.schemas.tasks import (
    AnswersQuestion,
    AssignQuestion,
    ClaimQuestion,
    Completed,
    TaskAlone,
    TaskAnswer,
    TaskListQuestion,
    TaskState,
)
from api.uploads import DOCUMENT_LIMIT, upload_of
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.decline_task import DeclineTask
from engine.commands.release_task import ReleaseTask
from engine.commands.save_draft import SaveDraft
from engine.queries.task_file import TaskFile, task_file
from engine.queries.worklist import TaskFilter, worklist

tasks = ApiBlueprint("tasks", "The task queue.")
_ALONE = TaskAlone()


@tasks.get("/tasks")
@permission("signed_in")
@tasks.arguments(TaskListQuestion, location="query")
@tasks.response(200, page_of(TaskAnswer))
def task_list(question: dict) -> object:
    """One page of a task queue: mine, claimable, group, followed, overdue, today, paused or done."""
    page = {name: question.pop(name) for name in ("cursor", "limit")}
    engine = the_engine()
    with engine.reading() as session:
        when = {"catalogue": engine.catalogue, "now": engine.now()}
        return worklist(session, the_actor(), filters=TaskFilter(**question), **when, **page)


@tasks.get("/tasks/<task_id>")
@permission("case_party")
@takes_header(IF_NONE_MATCH)
@tasks.alt_response(304, description="Not modified")
@tasks.response(200, TaskAlone, headers=ETAG_HEADER)
def task(task_id: str) -> Response:
    """One task with its form, what the fields hold, and what this person may do with it."""
    found = _read(task_id)
    return tagged(_ALONE.dump(_alone(found)), tag=_tag(found))


@tasks.post("/tasks/<task_id>/claim")
@permission("case_party")
@tasks.arguments(ClaimQuestion)
@tasks.response(200, TaskState)
def claim(question: dict, task_id: str) -> dict:
    """Take a task that is offered to you, or to somebody for whom you stand in."""
    run(ClaimTask(task_id=task_id, **question))
    return {"id": task_id, "state": "claimed", "assignee": the_actor().username}


@tasks.post("/tasks/<task_id>/release")
@permission("case_party")
@tasks.response(200, TaskState)
def release(task_id: str) -> dict:
    """Put a claimed task back."""
    run(ReleaseTask(task_id=task_id))
    return {"id": task_id, "state": "open", "assignee": None}


@tasks.post("/tasks/<task_id>/decline")
@permission("case_party")
@tasks.arguments(ReasonQuestion)
@tasks.response(204)
def decline(question: dict, task_id: str) -> None:
    """Decline a task that was offered to you by name, with the reason that goes into the history."""
    run(DeclineTask(task_id=task_id, **question))


@tasks.post("/tasks/<task_id>/assign")
@permission("oversight")
@tasks.arguments(AssignQuestion)
@tasks.response(200, TaskState)
def assign(question: dict, task_id: str) -> dict:
    """Give a task to somebody, with the reason that goes into the history."""
    run(AssignTask(task_id=task_id, **question))
    return {"id": task_id, "state": "claimed", "assignee": question["assignee"]}


@tasks.post("/tasks/<task_id>/draft")
@permission("case_party")
@takes_header(IF_MATCH)
@tasks.arguments(AnswersQuestion)
@tasks.alt_response(412, "PRECONDITION_FAILED")
@tasks.response(200, TaskState)
def draft(question: dict, task_id: str) -> dict:
    """Keep answers without handing them in."""
    _refuse_stale_task(task_id)
    run(SaveDraft(task_id=task_id, **question))
    return {"id": task_id, "state": "claimed", "assignee": the_actor().username}


@tasks.post("/tasks/<task_id>/complete")
@permission("case_party")
@takes_header(IF_MATCH)
@tasks.arguments(AnswersQuestion)
@tasks.alt_response(412, "PRECONDITION_FAILED")
@tasks.response(200, Completed)
def complete(question: dict, task_id: str) -> dict:
    """Hand in the form of a task and let the case move on; what others sign afterwards stays claimed until they do."""
    _refuse_stale_task(task_id)
    done = run(CompleteTask(task_id=task_id, **question))
    warnings = [problem_entry(w) for w in done.warnings]
    state = "claimed" if done.is_signed_first else "completed"
    return {"id": task_id, "case_id": done.case_id, "state": state, "warnings": warnings}


@tasks.post("/tasks/<task_id>/files")
@permission("case_party")
@body_limit(DOCUMENT_LIMIT)
@tasks.arguments(UploadQuestion, location="multipart")
@tasks.response(201, DocumentId)
def upload(question: dict, task_id: str) -> dict:
    """Upload a document for a file field of the task's form."""
    return {"id": run(upload_of(question, task_id=task_id))}


def _read(task_id: str) -> TaskFile:
    engine = the_engine()
    with engine.reading() as session:
        return task_file(session, the_actor(), task_id, catalogue=engine.catalogue, now=engine.now())


def _alone(found: TaskFile) -> dict[str, Any]:
    form = found.form
    return {
        **{field.name: getattr(found.task, field.name) for field in fields(found.task)},
        "schema": form.schema if form else None,
        "data": found.answers if found.answers is not None else form_data(form, found.draft, found.context),
        "instructions": found.instructions,
        "instructions_en": found.instructions_en,
        "documents": found.documents,
        "actions": found.actions,
        "in_the_name_of": [username for username, _ in found.in_the_name_of],
        "away_until": found.away_until,
    }


def _tag(found: TaskFile) -> str:
    """Changes with the task and its documents; not with the time, which a form may show."""
    documents = [document.id for document in found.documents]
    return tag_of([found.task.id, found.task.version, documents])


def _refuse_stale_task(task_id: str) -> None:
    if request.if_match:
        refuse_stale(_tag(_read(task_id)))
