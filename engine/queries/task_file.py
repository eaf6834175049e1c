"""One task with its form, its data, and what this reader may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.circles import for_the_eyes_of
from engine.context import CaseWords, actor_words
from engine.cosigning.eligible import is_signed_by
from engine.definitions.bundle import Bundle
from engine.definitions.form import Form
from engine.former_versions import bundle_of_task
from engine.handing_in import file_words, local_words
from engine.model import Answer, Case, Document, UserTask
from engine.model.document import DocumentStatus
from engine.model.user_task import TaskState
from engine.people import people_options
from engine.queries.candidates import candidates
from engine.queries.case_words import CaseReading
from engine.queries.cosignatures import SignatureRow, signatures
from engine.queries.looking_up import clocks_by_task, people_by_id
from engine.queries.place import Place
from engine.queries.row_making import document_row, people_of, task_row
from engine.queries.rows import DocumentRow, TaskRow
from engine.queries.seeing import visible_task
from engine.queries.stand_ins import away_until, in_the_name_of
from engine.queries.standings import standing
from engine.queries.table_words import table_words
from engine.queries.task_actions import task_actions


@dataclass(frozen=True)
class TaskFile:
    """`actions` maps what may be done with it (see `task_actions`) to None or to the error code why not.

    `draft` is shown to the assignee and to those who sign it; `answers` are those handed in; `context` are the words
    of the form. `in_the_name_of` are (username, name) of those for whom the reader may take it, the reader first;
    `away_until` says that who has it is away, and somebody stands in for them.
    """

    task: TaskRow
    form: Form | None
    context: Mapping[str, Any]
    draft: Mapping[str, Any] | None
    draft_at: datetime | None
    answers: Mapping[str, Any] | None
    instructions: str
    instructions_en: str
    documents: tuple[DocumentRow, ...]
    candidates: tuple[tuple[str, str], ...]
    actions: Mapping[str, str | None]
    in_the_name_of: tuple[tuple[str, str], ...] = ()
    away_until: date | None = None
    signatures: tuple[SignatureRow, ...] = ()

    @property
    def may_write(self) -> bool:
        """The reader fills it in, whether or not it can be handed in yet."""
        return self.actions["complete"] is None or self.actions["draft"] is None


def task_file(session: Session, actor: Actor, task_id: str, *, catalogue: Catalogue, now: datetime) -> TaskFile:
    """A task that is over is shown as the version had it on which the case was then. Raises TaskNotFound."""
    task, case = visible_task(session, actor, task_id)
    place = Place(session, catalogue, now)
    reading = CaseReading(place, case)
    bundle, enterprise = reading.bundle, reading.enterprise
    shown = {d.id for d in _filed(session, case, for_the_eyes_of(session, case, bundle.process, actor))}
    before = standing(place, actor, task, case)
    mine = before.holds or is_signed_by(session, task, actor)
    documents = [d for d in _documents(session, task) if d.id in shown or (mine and d.status == DocumentStatus.DRAFT)]
    people = people_by_id(
        session, [*people_of(task), *(i for d in documents for i in (d.uploaded_by, d.on_behalf_of_id))]
    )
    clock = clocks_by_task(session, [task]).get(task.id)
    then = bundle_of_task(session, catalogue, task, case)
    element = then.process.elements.get(task.element_id)
    return TaskFile(
        task=task_row(
            task,
            case,
            process=then.process,
            enterprise=enterprise.name if enterprise else None,
            clock=clock,
            people=people,
        ),
        form=then.forms.get(task.form) if task.form else None,
        context=_words(reading, actor, task),
        draft=task.draft if mine else None,
        draft_at=task.draft_at if mine else None,
        answers=_answers(session, task),
        instructions=element.documentation if element else "",
        instructions_en=element.documentation_en if element else "",
        documents=tuple(document_row(d, people) for d in documents),
        candidates=candidates(session, task),
        actions=task_actions(before),
        in_the_name_of=in_the_name_of(before.chances),
        away_until=away_until(session, task, now=now),
        signatures=signatures(session, actor, task, case, process=bundle.process),
    )


def _words(reading: CaseReading, actor: Actor, task: UserTask) -> CaseWords:
    session, case, process = reading.place.session, reading.case, reading.bundle.process
    people = people_options(session, case, enterprise_id=case.enterprise_id)
    filed = _filed(session, case, for_the_eyes_of(session, case, process, actor))
    drafts = [d for d in _documents(session, task) if d.uploaded_by == actor.person_id or not task.discretionary]
    files = [file_words(d) for d in [*drafts, *filed]]
    words = reading.words(task)
    words = words.with_more(table_words(session, actor, case, process, words=words))
    local = local_words(process.elements.get(task.element_id), words)
    told = {**local, "people": lambda: people, "documents": lambda: files, **actor_words(actor)}
    return words.with_more(_blanks(task, reading.bundle) | told)


def _blanks(task: UserTask, bundle: Bundle) -> dict[str, Any]:
    """What somebody starts of his own accord begins empty: the case may hold what another handed in before."""
    form = bundle.forms.get(task.form) if task.form and task.discretionary else None
    return {key: lambda: None for key in form.written_keys} if form else {}


def _documents(session: Session, task: UserTask) -> list[Document]:
    query = select(Document).where(Document.task_id == task.id, Document.status != DocumentStatus.REMOVED)
    return list(session.scalars(query.order_by(Document.uploaded_at, Document.id)))


def _filed(session: Session, case: Case, for_me: Any) -> list[Document]:
    query = select(Document).where(Document.case_id == case.id, Document.status == DocumentStatus.FILED, for_me)
    return list(session.scalars(query))


def _answers(session: Session, task: UserTask) -> Mapping[str, Any] | None:
    if task.state != TaskState.COMPLETED:
        return None
    return session.scalars(select(Answer.answers).where(Answer.task_id == task.id)).first()
