"""What is special about the tasks of one page: files, notes, a draft, that I follow them. One statement for all."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, literal, select, union_all
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.circles import own_circles
from engine.definitions.process import Process
from engine.model import Case, CaseFollow, Document, Note, TaskFollow, UserTask
from engine.model.document import DocumentStatus
from engine.queries.seeing import may_read_case

FOLLOWED, ATTACHMENT, NOTE, DRAFT = "followed", "attachment", "note", "draft"
Facts = dict[str, set[tuple[str, str]]]


def flags_of(
    session: Session, actor: Actor, found: Sequence[tuple[UserTask, Case, Process]]
) -> dict[str, tuple[str, ...]]:
    """{task id: flags}. A note that is not for the reader's eyes leaves no trace; a guest sees no flags of the case."""
    if not found:
        return {}
    facts = _facts(session, actor, {t.id for t, _, _ in found}, {c.id for _, c, _ in found})
    return {task.id: tuple(_flags(task, case, process, actor, facts)) for task, case, process in found}


def _flags(task: UserTask, case: Case, process: Process, actor: Actor, facts: Facts) -> list[str]:
    flags = [FOLLOWED] if facts["followed"] & {(task.id, ""), (case.id, "")} else []
    flags += [DRAFT] if task.draft_at is not None and task.assignee_id == actor.person_id else []
    if (case.id, "") not in facts["readable"]:
        return flags
    flags += [ATTACHMENT] if (case.id, "") in facts["attachment"] else []
    circles = {(case.id, str(circle)) for circle in own_circles(case, process, actor)}
    return flags + ([NOTE] if facts["note"] & circles else [])


def _facts(session: Session, actor: Actor, tasks: Collection[str], cases: Collection[str]) -> Facts:
    facts: Facts = defaultdict(set)
    for kind, id_, more in session.execute(_asked(actor, tasks, cases)):
        facts[kind].add((id_, more))
    return facts


def _asked(actor: Actor, tasks: Collection[str], cases: Collection[str]) -> CompoundSelect[Any]:
    filed = Document.status == DocumentStatus.FILED
    return union_all(
        _rows("readable", Case.id).where(Case.id.in_(cases), may_read_case(actor)),
        _rows("attachment", Document.case_id).where(Document.case_id.in_(cases), filed).distinct(),
        _rows("note", Note.case_id, Note.circle).where(Note.case_id.in_(cases), Note.withdrawn_at.is_(None)).distinct(),
        _rows("followed", CaseFollow.case_id).where(
            CaseFollow.person_id == actor.person_id, CaseFollow.case_id.in_(cases)
        ),
        _rows("followed", TaskFollow.task_id).where(
            TaskFollow.person_id == actor.person_id, TaskFollow.task_id.in_(tasks)
        ),
    )


def _rows(kind: str, id_: Any, more: Any = None) -> Any:
    return select(literal(kind), id_, literal("") if more is None else more)
