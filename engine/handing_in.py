"""Handing in a form: what is accepted, what is kept for ever, what the process is told."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import or_, select

from engine.audit import digest
from engine.automation import evaluate
from engine.case_work import CaseWork
from engine.circles import Circle, for_the_eyes_of
from engine.context import actor_words
from engine.definitions.form import Accepted, Form
from engine.definitions.process import Element
from engine.errors import DefinitionError
from engine.feel import to_json
from engine.model import Answer, Document, UserTask
from engine.model.base_model import exact_dumps, new_id
from engine.model.document import DocumentStatus
from engine.people import people_options

FILE_KIND = "files"


class CircleNotKnown(DefinitionError):
    """The property `circle` of a file field names no circle of readers."""


class FormMissing(DefinitionError):
    """The bundle has no form of this name."""


def accept_answers(folder: CaseWork, form_id: str, answers: Mapping[str, Any], *, task: UserTask | None) -> Accepted:
    """Raises AnswersRejected with every problem."""
    form = form_of(folder, form_id)
    return form.accept(answers, form_words(folder, task=task))


def form_of(folder: CaseWork, form_id: str) -> Form:
    form = folder.bundle.forms.get(form_id)
    if form is None:
        raise FormMissing(form=form_id)
    return form


def form_words(folder: CaseWork, *, task: UserTask | None) -> Mapping[str, Any]:
    """The words of the case, and the people and files that a form may name."""
    case, session = folder.case, folder.work.session
    element = folder.bundle.process.elements.get(task.element_id) if task else None
    return folder.words_with(
        {
            **local_words(element, folder.words),
            **actor_words(folder.work.actor),
            "people": lambda: people_options(session, case, enterprise_id=case.enterprise_id),
            "documents": lambda: [file_words(d) for d in _files(folder, task)],
        }
    )


def local_words(element: Element | None, words: Mapping[str, Any]) -> dict[str, Callable[[], Any]]:
    """What the input mapping of a task gives its form to read, and nobody else."""
    mapping = element.inputs if element else ()
    return {target: partial(evaluate, source, words) for source, target in mapping}


def keep_answer(
    folder: CaseWork, values: Mapping[str, Any], *, element_id: str, form: str | None, task: UserTask | None
) -> Answer:
    """An own deep copy that nothing changes afterwards."""
    answer = Answer(
        id=new_id(),
        case_id=folder.case.id,
        task_id=task.id if task else None,
        element_id=element_id,
        form=form,
        answers=dict(values),
        digest=digest(dict(values)),
        submitted_by=folder.work.actor.person_id,
        on_behalf_of_id=folder.work.acts_for_id,
        submitted_at=folder.work.now,
    )
    folder.work.session.add(answer)
    return answer


def file_documents(folder: CaseWork, values: Mapping[str, Any], form_id: str | None, *, task: UserTask | None) -> None:
    """The files that the answers name are filed with the case; drafts that they do not name are removed."""
    if form_id is None or FILE_KIND not in form_of(folder, form_id).fields.values():
        return
    named = set(_strings(values))
    for document in _files(folder, task):
        if document.id in named:
            document.case_id, document.status = folder.case.id, DocumentStatus.FILED
            document.superseded_at = None
            document.circle = _circle_of(folder, form_of(folder, form_id), document.field, values) or document.circle
            if document.circle == Circle.EVERYBODY:
                folder.record("document_filed", details={"document": document.id, "sha256": document.sha256})
        elif document.status == DocumentStatus.DRAFT and document.task_id == (task.id if task else None):
            document.status = DocumentStatus.REMOVED


def _circle_of(folder: CaseWork, form: Form, field: str, values: Mapping[str, Any]) -> str | None:
    """Who may see the files of a field: its property `circle`, a word or FEEL over the answers."""
    source = form.property_of(field, "circle")
    if source is None:
        return None
    circle = evaluate(source, ChainMap(dict(values), folder.words)) if source.startswith("=") else source  # type: ignore[arg-type]
    if circle not in set(Circle):
        raise CircleNotKnown(form=form.id, field=field, circle=str(circle))
    return str(circle)


def told_to_process(folder: CaseWork, element: Element, values: Mapping[str, Any]) -> dict[str, Any]:
    """All answers, or what the output mapping of the element makes of them."""
    if not element.outputs:
        return dict(values)
    words = ChainMap(dict(values), folder.words)  # type: ignore[arg-type]
    return {target: to_json(evaluate(source, words)) for source, target in element.outputs}


def exact_size(answers: Mapping[str, Any]) -> int:
    return len(exact_dumps(dict(answers)).encode())


def _files(folder: CaseWork, task: UserTask | None) -> list[Document]:
    """Files of this task's draft, and files already filed with the case."""
    mine = (Document.task_id.is_(None)) & (Document.uploaded_by == folder.work.actor.person_id)
    draft = (Document.task_id == task.id) if task else (mine & Document.case_id.is_(None))
    if task is not None and task.discretionary:  # several people may be filling it in at once
        draft &= Document.uploaded_by == folder.work.actor.person_id
    session, process, actor = folder.work.session, folder.bundle.process, folder.work.actor
    filed = (Document.case_id == folder.case.id) & (Document.status == DocumentStatus.FILED)
    filed &= for_the_eyes_of(session, folder.case, process, actor)
    query = select(Document).where(Document.status != DocumentStatus.REMOVED, or_(draft, filed))
    return list(session.scalars(query))


def file_words(document: Document) -> dict[str, Any]:
    """What a form may know of a file: an item of the word `documents`."""
    return {
        "id": document.id,
        "field": document.field,
        "name": document.name,
        "size": document.size,
        "media_type": document.media_type,
    }


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]
