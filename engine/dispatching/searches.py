"""Searches for experts that are under way: the task offered by name, the profession, the round."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.city_rules import city_setting
from engine.model import Case, ExpertOffer, UserTask
from engine.model.case import CaseStatus
from engine.model.expert_offer import OfferOutcome
from engine.model.user_task import TaskState

SETTING, FROM_ROUND = "dispatch_come_forward_round", 2


def first_open_round(session: Session, today: date) -> int:
    """From which round on experts may come forward who were not asked."""
    return int(city_setting(session, SETTING, today, default=FROM_ROUND))


class Search(NamedTuple):
    """`task` waits for the first of those who were `asked` (person ids)."""

    task: UserTask
    case: Case
    profession: str
    round: int
    asked: frozenset[str]


def searches(session: Session, profession: str, *, case_id: str | None = None, limit: int = 200) -> tuple[Search, ...]:
    """Those of a profession for which nobody has answered yet, the oldest first."""
    query = select(UserTask, Case).join(Case, Case.id == UserTask.case_id)
    query = query.where(UserTask.state == TaskState.OPEN, Case.status == CaseStatus.RUNNING)
    waiting = select(ExpertOffer.case_id).where(
        ExpertOffer.profession == profession, ExpertOffer.outcome == OfferOutcome.OFFERED
    )
    query = query.where(Case.id == case_id) if case_id else query.where(Case.id.in_(waiting))
    rows = session.execute(query.order_by(UserTask.created_at, UserTask.id).limit(limit)).all()
    asked = _asked(session, profession, {case.id for _, case in rows})
    found = (_search(task, case, profession, asked.get(case.id, ())) for task, case in rows)
    return tuple(search for search in found if search is not None)


def _search(task: UserTask, case: Case, profession: str, offers: Iterable[ExpertOffer]) -> Search | None:
    """A task is that of a search when those who were asked are named in it."""
    named = [offer for offer in offers if offer.person_id in task.candidate_users]
    if not named:
        return None
    return Search(task, case, profession, max(o.round for o in named), frozenset(o.person_id for o in named))


def _asked(session: Session, profession: str, case_ids: Iterable[str]) -> Mapping[str, list[ExpertOffer]]:
    mine = (ExpertOffer.profession == profession, ExpertOffer.outcome == OfferOutcome.OFFERED)
    query = select(ExpertOffer).where(*mine, ExpertOffer.case_id.in_(set(case_ids)))
    found: dict[str, list[ExpertOffer]] = {}
    for offer in session.scalars(query):
        found.setdefault(offer.case_id, []).append(offer)
    return found
