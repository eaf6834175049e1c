"""An expert who cannot go on leaves a case, and another one takes over what they had to do."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.case_work import CaseWork
from engine.dispatching.offers import end_all, expert_named, experts_of, leave
from engine.model import Expert, ExpertOffer, Person, UserTask
from engine.model.expert_offer import OfferOutcome
from engine.model.party import EXPERT, LEAD_EXPERT
from engine.parties import appoint, offer

_OPEN = (OfferOutcome.OFFERED, OfferOutcome.ACCEPTED)


def standing(folder: CaseWork, username: str) -> dict[str, Any]:
    """`{profession, name, is_lead}` of somebody who works on the case as an expert; all null for anybody else."""
    row = _known(folder, username)
    if row is None or username not in _experts(folder):
        return {"profession": None, "name": None, "is_lead": None}
    is_lead = username in (folder.case.parties.get(LEAD_EXPERT) or {})
    return {"profession": row[0].profession, "name": row[1].name, "is_lead": is_lead}


def release(folder: CaseWork, username: str, *, reason: str) -> dict[str, Any]:
    """They leave the case and see of it only what is their own: `{experts, tasks, released}`.

    `experts` are those who are left, `tasks` what lies idle: what was theirs alone waits for a successor and is offered
    to nobody meanwhile; what their role had goes to whoever gets the role. Who has left before is not `released` again.
    """
    row = _known(folder, username)
    if row is None or username not in _experts(folder):
        return {"experts": experts_of(folder), "tasks": [], "released": False}
    _, person = row
    mine = (ExpertOffer.case_id == folder.case.id, ExpertOffer.person_id == person.id, ExpertOffer.outcome.in_(_OPEN))
    end_all(list(folder.work.session.scalars(select(ExpertOffer).where(*mine))), OfferOutcome.LEFT, folder, reason)
    tasks = [task for task in folder.tasks if person.id in (task.assignee_id, task.on_behalf_of_id)]
    idle = [task.id for task in tasks if _put_aside(folder, task)]
    leave(folder, person)
    folder.record("expert_left", actor="system", details={"expert": username, "tasks": len(tasks)})
    return {"experts": experts_of(folder), "tasks": idle, "released": True}


def take_over(folder: CaseWork, username: str, *, tasks: Sequence[str], is_lead: bool) -> list[dict[str, Any]]:
    """Who accepted the part of somebody who left gets what lies idle, and the lead; gives the experts of the case."""
    _, person = expert_named(folder, username)
    for task in [task for task in folder.tasks if task.id in set(tasks) and task.assignee_id is None]:
        task.candidate_groups = list(folder.bundle.process.elements[task.element_id].candidate_groups)
        task.assign(person_id=person.id, at=folder.work.now)
        offer(folder, task, again=True)
        folder.work.enqueue("notify_assigned", {"task_id": task.id, "person_id": person.id})
        facts = {"assignee": username}
        folder.record("task_assigned", element_id=task.element_id, task_id=task.id, actor="system", details=facts)
    if is_lead:
        appoint(folder, role=LEAD_EXPERT, people={username: person.id})
    return experts_of(folder)


def call_off(folder: CaseWork) -> None:
    """Nobody is looked for any more: who was asked hears that it is not needed."""
    waiting = (ExpertOffer.case_id == folder.case.id, ExpertOffer.outcome == OfferOutcome.OFFERED)
    found = list(folder.work.session.scalars(select(ExpertOffer).where(*waiting)))
    end_all(found, OfferOutcome.SUPERSEDED, folder)


def _put_aside(folder: CaseWork, task: UserTask) -> bool:
    """Whether the task lies idle now: the diagram names one person for it, and that was this one."""
    element = folder.bundle.process.elements.get(task.element_id)
    task.draft = None
    task.let_go()
    is_personal = element is not None and element.assignee is not None
    if is_personal:
        task.candidate_groups = []
    offer(folder, task, again=True)
    return is_personal


def _experts(folder: CaseWork) -> Mapping[str, str]:
    parties = folder.case.parties
    return {**(parties.get(LEAD_EXPERT) or {}), **(parties.get(EXPERT) or {})}


def _known(folder: CaseWork, username: str) -> tuple[Expert, Person] | None:
    """Also somebody who has left the city by now."""
    query = select(Expert, Person).join(Person, Person.id == Expert.person_id).where(Person.username == username)
    row = folder.work.session.execute(query).first()
    return (row[0], row[1]) if row else None
