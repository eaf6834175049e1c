"""From table rows to the rows that edges get."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.clockwork import NO_DEADLINE
from engine.definitions.process import Element, Process
from engine.model import Case, Clock, Deployment, Document, UserTask
from engine.queries.rows import CaseRow, ClockRow, DocumentRow, TaskRow

Names = Mapping[str, tuple[str, str]]


def clock_row(clock: Clock, *, today: date | None = None) -> ClockRow:
    """With `today` also how long it took, and how much of that it stood still."""
    basis = clock.basis
    return ClockRow(
        id=clock.id,
        case_id=clock.case_id,
        element_id=clock.element_id,
        task_id=clock.task_id,
        rule=clock.rule,
        name=_word(basis, "name", "zh"),
        name_en=_word(basis, "name", "en"),
        state=clock.state,
        started_on=clock.started_on,
        due_on=clock.due_on,
        due_at=clock.due_at,
        article=basis.get("article"),
        formula=_word(basis, "formula", "zh"),
        formula_en=_word(basis, "formula", "en"),
        effect=_word(basis, "effect", "zh"),
        effect_en=_word(basis, "effect", "en"),
        mark=basis.get("mark"),
        provisional=clock.provisional,
        paused_until=clock.paused_until,
        paused_reason=clock.pause_reason,
        days_taken=clock.days_taken(today=today) if today else 0,
        days_stood_still=clock.days_stood_still(today=today) if today else 0,
        workdays_stood_still=clock.paused_workdays,
        extended_by=clock.extended_by,
    )


def people_of(task: UserTask) -> tuple[str | None, ...]:
    """Ids of those whom the row of a task names."""
    return (task.assignee_id, task.owner_id, task.on_behalf_of_id, task.returned_by_id, *task.candidate_users)


def task_row(
    task: UserTask, case: Case, *, process: Process, enterprise: str | None, clock: Clock | None, people: Names
) -> TaskRow:
    """`people` maps person ids to (username, name)."""
    element = process.elements.get(task.element_id)
    stage, stage_en = stage_names(process, task.stage)
    return TaskRow(
        id=task.id,
        case_id=case.id,
        case_number=case.number,
        case_title=case.title,
        case_status=case.status,
        process=case.process,
        enterprise=enterprise,
        town=case.town,
        element_id=task.element_id,
        name=task.name,
        name_en=english_name(task, element),
        form=task.form,
        state=task.state,
        stage=task.stage,
        stage_name=stage,
        stage_name_en=stage_en,
        candidate_groups=tuple(task.candidate_groups),
        four_eyes=task.four_eyes,
        created_at=task.created_at,
        claimed_at=task.claimed_at,
        completed_at=task.completed_at,
        due_at=None if task.due_at == NO_DEADLINE else task.due_at,
        follow_up_at=task.follow_up_at,
        clock=clock_row(clock) if clock else None,
        priority=task.priority,
        discretionary=task.discretionary,
        version=task.lock_version,
        superseded_at=task.superseded_at,
        return_reason=task.return_reason,
        **_holders(task, people),
    )


def _holders(task: UserTask, people: Names) -> dict[str, Any]:
    """To whom it is offered by name, who has it, for whom, who signs it, and how often they were asked for it."""
    username, name = people.get(task.assignee_id or "", (None, None))
    owner, owner_name = people.get(task.owner_id or "", (None, None))
    away, away_name = people.get(task.on_behalf_of_id or "", (None, None))
    sender, sender_name = people.get(task.returned_by_id or "", (None, None))
    named = [people[person] for person in task.candidate_users if person in people]
    return {
        "candidate_users": tuple(one for one, _ in named),
        "candidate_names": tuple(one for _, one in named),
        "assignee": username,
        "assignee_name": name,
        "owner": owner,
        "owner_name": owner_name,
        "on_behalf_of": away,
        "on_behalf_of_name": away_name,
        "taken_over": task.taken_over,
        "returned_by": sender,
        "returned_by_name": sender_name,
        "principal_id": task.principal_id,
        "signatures_awaited": sum(task.signatures_awaited.values()),
        "handed_in_at": task.handed_in_at,
        "urged_count": task.urged_count,
        "urged_at": task.urged_at,
    }


def english_name(task: UserTask, element: Element | None) -> str:
    """The English name of the element; of one instance of many with its label."""
    return task.name if element is None else element.in_english(task.name)


def case_row(
    case: Case,
    deployment: Deployment,
    *,
    process: Process,
    enterprise: str | None,
    creator: str | None,
    next_due: Clock | None,
) -> CaseRow:
    stage, stage_en = stage_names(process, case.stage)
    return CaseRow(
        id=case.id,
        number=case.number,
        title=case.title,
        process=case.process,
        process_name=process.name,
        process_name_en=process.name_en or process.name,
        version=deployment.version,
        status=case.status,
        stage=case.stage,
        stage_name=stage,
        stage_name_en=stage_en,
        enterprise=enterprise,
        enterprise_id=case.enterprise_id,
        town=case.town,
        parties={role: tuple(people) for role, people in case.parties.items()},
        created_at=case.created_at,
        created_by=creator,
        closed_at=case.closed_at,
        next_due=clock_row(next_due) if next_due else None,
        lock_version=case.lock_version,
    )


def document_row(document: Document, people: Names) -> DocumentRow:
    username, name = people.get(document.uploaded_by, (document.uploaded_by, ""))
    return DocumentRow(
        id=document.id,
        case_id=document.case_id,
        task_id=document.task_id,
        field=document.field,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        sha256=document.sha256,
        status=document.status,
        uploaded_by=username,
        uploaded_by_name=name,
        on_behalf_of_name=people.get(document.on_behalf_of_id or "", ("", None))[1],
        uploaded_at=document.uploaded_at,
        series_id=document.series_id,
        version=document.version,
        circle=document.circle,
        sent_on=document.sent_on,
        received_on=document.received_on,
        superseded_at=document.superseded_at,
    )


def stage_names(process: Process, stage_id: str | None) -> tuple[str, str]:
    found = next((s for s in process.stages if s.id == stage_id), None)
    return (found.name, found.name_en or found.name) if found else ("", "")


def _word(basis: Mapping[str, object], part: str, locale: str) -> str:
    words = basis.get(part)
    return str(words.get(locale) or words.get("zh") or "") if isinstance(words, Mapping) else ""
