"""What the rules ask about a person and tasks, read for many tasks with as many statements as for one."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.context import actor_words
from engine.cosigning.eligible import offers_cosigning
from engine.model import Case, Cosignature, TaskOffer, UserTask
from engine.model.cosignature import AWAITED
from engine.permissions import MAY_RETURN, is_in_charge, offers_return
from engine.queries.case_words import CaseReading
from engine.queries.place import Place
from engine.queries.seeing import may_read_case, may_see_task
from engine.queries.task_actions import Standing
from engine.taking import chances_among, is_offered_now


def standings(at: Place, actor: Actor, task_ids: Sequence[str]) -> list[Standing]:
    """Tasks that this person cannot see are left out."""
    query = select(UserTask, Case).join(Case, Case.id == UserTask.case_id).where(UserTask.id.in_(set(task_ids)))
    rows = at.session.execute(query.where(may_see_task(actor))).all()
    return _made(at, actor, [(task, case) for task, case in rows])


def standing(at: Place, actor: Actor, task: UserTask, case: Case) -> Standing:
    return _made(at, actor, [(task, case)])[0]


def offered_among(session: Session, actor: Actor, tasks: Iterable[UserTask]) -> frozenset[str]:
    """The ids of those tasks that are offered to somebody."""
    query = select(TaskOffer.task_id).where(TaskOffer.task_id.in_([t.id for t in tasks]))
    return frozenset(session.scalars(query.where(TaskOffer.audience.in_(actor.audiences))))


def may_begin(reading: CaseReading, actor: Actor, task: UserTask) -> bool:
    """Whether the condition of what people may start holds for this person."""
    element = reading.bundle.process.elements.get(task.element_id)
    if element is None or element.offered_when is None:
        return True
    return is_offered_now(element, reading.words(task).with_more(actor_words(actor)))


def _made(at: Place, actor: Actor, rows: list[tuple[UserTask, Case]]) -> list[Standing]:
    chances = chances_among(at.session, actor, [task for task, _ in rows])
    readable = _readable_among(at.session, actor, {case.id for _, case in rows})
    asked = _asked_among(at.session, actor, [task for task, _ in rows])
    return [
        Standing(
            task=task,
            case=case,
            actor=actor,
            now=at.now,
            chances=chances[task.id],
            is_offered_now=may_begin(CaseReading(at, case), actor, task),
            is_in_charge=_is_in_charge(at, actor, case),
            sees_all=case.id in readable,
            offers_return=_offers_return(at, task, case),
            offers_cosigning=offers_cosigning(at.catalogue.bundle(at.session, case.deployment_id).process, task),
            asked_signers=task.id in asked,
        )
        for task, case in rows
    ]


def _readable_among(session: Session, actor: Actor, case_ids: set[str]) -> frozenset[str]:
    return frozenset(session.scalars(select(Case.id).where(Case.id.in_(case_ids), may_read_case(actor))))


def _asked_among(session: Session, actor: Actor, tasks: Iterable[UserTask]) -> frozenset[str]:
    """Those of these tasks for which this person asked somebody to sign who has not yet."""
    ids = [task.id for task in tasks if any(task.signatures_awaited.values())]
    if not ids:
        return frozenset()
    mine = (Cosignature.asked_by_id == actor.person_id, Cosignature.state.in_(AWAITED))
    return frozenset(session.scalars(select(Cosignature.principal_id).where(Cosignature.principal_id.in_(ids), *mine)))


def _offers_return(at: Place, task: UserTask, case: Case) -> bool:
    process = at.catalogue.bundle(at.session, case.deployment_id).process
    element = process.elements.get(task.element_id)
    declared = element.properties.get(MAY_RETURN) if element else None
    return offers_return(declared, task.candidate_groups, parties={*process.party_roles, *case.parties})


def _is_in_charge(at: Place, actor: Actor, case: Case) -> bool:
    groups = at.catalogue.bundle(at.session, case.deployment_id).process.oversight_groups
    return is_in_charge(actor, groups, town=case.town)
