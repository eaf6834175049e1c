"""Experts who may not be dispatched any more leave the cases that were offered to them, and those they work on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.definitions.process import EVERYBODY_DECLINED
from engine.dispatching.offers import note_left
from engine.incidents import open_incident
from engine.model import Case, Expert, ExpertOffer, Party, Person, UserTask
from engine.model.case import CaseStatus
from engine.model.expert_offer import OfferOutcome
from engine.model.party import IS_EXPERT
from engine.parties import offer
from engine.progress import moving
from engine.spiff.host import ErrorNotCaught
from engine.spiff.step import Failure
from engine.work import Work
from texts import sentence

LEFT = "expert_left"


def let_expert_go(work: Work, args: Mapping[str, Any]) -> None:
    """One job for each running case that was offered to them or that they work on, if they may still not go on."""
    person_id = args["person_id"]
    if _why_not(work, person_id) is None:
        return
    offered = select(ExpertOffer.case_id).where(
        ExpertOffer.person_id == person_id, ExpertOffer.outcome == OfferOutcome.OFFERED
    )
    works = select(Party.case_id).where(Party.person_id == person_id, IS_EXPERT)
    running = Case.status.in_((CaseStatus.RUNNING, CaseStatus.SUSPENDED))
    for case_id in work.session.scalars(
        select(Case.id).where(Case.id.in_(offered.union(works)), running).order_by(Case.id)
    ):
        facts = {"case_id": case_id, "person_id": person_id}
        work.enqueue("take_expert_off", facts, dedupe=f"expert:{person_id}:{case_id}:{args['job_id']}"[:140])


def take_expert_off(work: Work, args: Mapping[str, Any]) -> None:
    """Their open offers of one case end; a case they work on is told, which says how it goes on."""
    why, person = _why_not(work, args["person_id"]), work.session.get_one(Person, args["person_id"])
    if why is None:
        return
    folder = work.as_system().lock_case(args["case_id"], clocks_first=False)
    if folder.case.closed_at is not None:
        return
    reason = sentence("dispatch", why)
    note_left(folder, person_id=person.id, reason=reason)
    for task in [t for t in folder.tasks if person.id in t.candidate_users]:
        _take_off(folder, task, person, reason)
    is_working = any(person.username in (folder.case.parties.get(role) or {}) for role in ("expert", "lead_expert"))
    if is_working and _hears_of_it(folder):
        payload = {"left_expert": person.username, "left_reason": reason}
        told = {"name": LEFT, "key": folder.case.number, "payload": payload}
        work.enqueue("send_message", told | {"message_id": f"{LEFT}:{folder.case.id}:{args['job_id']}"})


def _take_off(folder: CaseWork, task: UserTask, person: Person, reason: str) -> None:
    """The others keep the offer; when nobody is left, the step ends as if all had declined."""
    task.candidate_users = [one for one in task.candidate_users if one != person.id]
    if task.assignee_id == person.id:
        task.draft = None
        task.let_go()
    offer(folder, task, again=True)
    facts = {"person": person.username}
    folder.record("task_offer_ended", element_id=task.element_id, task_id=task.id, reason=reason, details=facts)
    if not task.is_offered_to_nobody:
        return
    with moving(folder, by_person=True) as run:
        try:
            run.throw(task.step_id, EVERYBODY_DECLINED)
        except ErrorNotCaught as unforeseen:
            open_incident(folder, Failure(task.step_id, task.element_id, unforeseen))


def _hears_of_it(folder: CaseWork) -> bool:
    return any(element.message == LEFT for element in folder.bundle.process.elements.values())


def _why_not(work: Work, person_id: str) -> str | None:
    """The code of what keeps them from being dispatched; somebody may have been taken back meanwhile."""
    expert = work.session.get(Expert, person_id)
    return expert.why_not_on(work.today) if expert else None
