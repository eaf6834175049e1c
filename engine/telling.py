"""Who is told something, and the notices; who stands in for somebody is told of what arrives for them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import literal, select

from engine.mailing import plan_mails
from engine.model import Case, Notice, Person, TaskOffer, UserTask
from engine.model.base_model import new_id
from engine.notice_kinds import PASSED_ON
from engine.people import known_person, members_behind
from engine.standing_in import acting, stand_ins_of
from engine.visibility import is_offered, sees_part, within
from engine.work import CITY_TIME, Work


@dataclass(frozen=True)
class _Listener:
    """`away` is set for who is told because they stand in for that person."""

    person_id: str
    away: Person | None = None


def readers_of(work: Work, tasks: list[UserTask]) -> list[str]:
    """Assignees, those for whom they hold it, and for tasks nobody has everybody to whom they are offered."""
    assigned = [i for t in tasks if t.assignee_id for i in (t.assignee_id, t.on_behalf_of_id) if i]
    free = [t.id for t in tasks if not t.assignee_id]
    keys = work.session.scalars(select(TaskOffer.audience).where(TaskOffer.task_id.in_(free))).all() if free else ()
    return list(dict.fromkeys([*assigned, *members_behind(work.session, keys)]))


def tell(
    work: Work,
    person_ids: Iterable[str],
    *,
    kind: str,
    params: Mapping[str, Any],
    task: UserTask | None = None,
    case_id: str | None = None,
    about: str | None = None,
) -> None:
    """One notice a person who has not left; the same notice is never written twice."""
    case_id = task.case_id if task else case_id
    named = {**params, **_of_case(work, case_id, task)} if case_id else dict(params)
    subject = about or task.id if task else f"{about}:{work.today.isoformat()}"
    here = work.session.scalars(select(Person.id).where(Person.id.in_(list(person_ids)), Person.left_at.is_(None)))
    listeners = [_Listener(person_id) for person_id in here]
    if kind in PASSED_ON and case_id is not None:
        listeners += _stand_ins(work, [one.person_id for one in listeners], case_id, task)
    keys = {f"{kind}:{subject}:{one.person_id}": one for one in listeners}
    known = set(work.session.scalars(select(Notice.dedupe).where(Notice.dedupe.in_(list(keys)))))
    notices = [
        Notice(
            id=new_id(),
            person_id=one.person_id,
            kind=kind,
            params=named | ({"for": one.away.name} if one.away else {}),
            case_id=case_id,
            task_id=task.id if task else None,
            at=work.now,
            dedupe=key,
        )
        for key, one in keys.items()
        if key not in known
    ]
    work.session.add_all(notices)
    work.session.flush()
    plan_mails(work, notices, due_at=_deadline(task, params))


def _of_case(work: Work, case_id: str, task: UserTask | None) -> dict[str, str]:
    """The number of the case, and what the task is called on English pages."""
    case = work.session.get_one(Case, case_id)
    process = work.catalogue.bundle(work.session, case.deployment_id).process
    element = process.elements.get(task.element_id) if task else None
    return {"case": case.number} | ({"task_en": element.in_english(task.name)} if task and element else {})


def _stand_ins(work: Work, told: Collection[str], case_id: str, task: UserTask | None) -> list[_Listener]:
    """Those who act today for one of these people, where what arrived is within what was passed on to them."""
    found: dict[str, _Listener] = {}
    for stand_in in stand_ins_of(work.session, told, today=work.today):
        deputy = stand_in.stand_in_id
        if deputy not in told and deputy not in found and _reaches(work, deputy, stand_in.person_id, case_id, task):
            found[deputy] = _Listener(deputy, work.session.get_one(Person, stand_in.person_id))
    return list(found.values())


def _reaches(work: Work, deputy: str, away: str, case_id: str, task: UserTask | None) -> bool:
    actor = acting(work.session, known_person(work.session, deputy), today=work.today)
    ways = [one for one in actor.absent if one.person_id == away]
    conditions = [
        (is_offered(one.audiences, task.id) if task else sees_part(one.audiences, case_id))
        & within(actor, one, literal(case_id))
        for one in ways
    ]
    return any(work.session.scalar(select(condition)) for condition in conditions)


def _deadline(task: UserTask | None, params: Mapping[str, Any]) -> datetime | None:
    """What a notice presses for: its task's deadline, that of its clock, or the end of a vote."""
    if task is not None:
        return task.due_at
    said = params.get("due") or params.get("closes_at")
    moment = datetime.fromisoformat(said) if said else None
    return moment.replace(tzinfo=CITY_TIME) if moment and moment.tzinfo is None else moment
