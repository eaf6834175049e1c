"""What an expert (特派指导员) has before them: offers, requests to come forward for, their cases, their visits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.context import CITY_TIME
from engine.dispatching.searches import Search, first_open_round, searches
from engine.model import Case, Expert, ExpertOffer, ExpertRanking, Party, Person, UserTask
from engine.model.expert_offer import OfferOutcome
from engine.model.party import IS_EXPERT, LEAD_EXPERT
from engine.model.user_task import TaskState
from engine.queries.cases import case_rows
from engine.queries.place import Place
from engine.queries.rows import CaseRow, TaskRow
from engine.queries.spot_codes import SpotTask, tasks_for_the_spot
from engine.queries.worklist import TaskFilter, worklist

MOST = 100
SHOWN_FOR = timedelta(days=7)
_OPEN = (TaskState.OPEN, TaskState.CLAIMED)


@dataclass(frozen=True, kw_only=True)
class OfferLine:
    """A request that waits for this expert; so many `asked` in this `round`, this one among them."""

    task: TaskRow
    profession: str
    round: int
    asked: int


@dataclass(frozen=True, kw_only=True)
class SearchLine:
    """A request for which others are asked. For whom it is stays unsaid until the expert has taken it."""

    task_id: str
    field: str
    town: str | None
    serves_town: bool
    round: int
    asked: int
    since: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class LostLine:
    """Somebody else was first."""

    case_number: str
    taken_by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    case: CaseRow
    is_lead: bool
    tasks: tuple[TaskRow, ...]
    spots: tuple[SpotTask, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """`task_id` is the record of the visit, where it is this expert's."""

    case_id: str
    case_number: str
    title: str
    at: datetime
    place: str | None
    task_id: str | None


@dataclass(frozen=True, kw_only=True)
class ExpertDesk:
    offers: tuple[OfferLine, ...] = ()
    searches: tuple[SearchLine, ...] = ()
    lost: tuple[LostLine, ...] = ()
    cases: tuple[CaseLine, ...] = ()
    visits: tuple[VisitLine, ...] = ()


def expert_desk(session: Session, actor: Actor, *, catalogue: Catalogue, now: datetime) -> ExpertDesk:
    """Empty for who is not in the register. `spots` of a case: what the enterprise may be asked to confirm at once."""
    expert = session.get(Expert, actor.person_id)
    if expert is None:
        return ExpertDesk()
    tasks = _tasks(session, actor, catalogue, now)
    cases = _cases(session, actor, tasks, Place(session, catalogue, now))
    return ExpertDesk(
        offers=_offers(session, actor, tasks),
        searches=_searches(session, actor, expert, now),
        lost=_lost(session, actor, now),
        cases=cases,
        visits=_visits(session, actor, [line.case for line in cases], now),
    )


def _tasks(session: Session, actor: Actor, catalogue: Catalogue, now: datetime) -> list[TaskRow]:
    pages = (
        worklist(session, actor, filters=TaskFilter(view=view), catalogue=catalogue, now=now, limit=MOST)
        for view in ("mine", "claimable")
    )
    return [task for page in pages for task in page.items]


def _offers(session: Session, actor: Actor, tasks: Iterable[TaskRow]) -> tuple[OfferLine, ...]:
    named = [task for task in tasks if task.state == TaskState.OPEN and actor.username in task.candidate_users]
    mine = (ExpertOffer.person_id == actor.person_id, ExpertOffer.outcome == OfferOutcome.OFFERED)
    query = select(ExpertOffer).where(*mine, ExpertOffer.case_id.in_([task.case_id for task in named]))
    offers = {offer.case_id: offer for offer in session.scalars(query)}
    return tuple(
        OfferLine(task=task, profession=offer.profession, round=offer.round, asked=len(task.candidate_users))
        for task in named
        if (offer := offers.get(task.case_id)) is not None
    )


def _searches(session: Session, actor: Actor, expert: Expert, now: datetime) -> tuple[SearchLine, ...]:
    today = now.astimezone(CITY_TIME).date()
    if expert.why_not_on(today):
        return ()
    least = first_open_round(session, today)
    found = [
        search
        for search in searches(session, expert.profession, limit=MOST)
        if search.round >= least and actor.person_id not in search.asked
    ]
    wanted = _wanted(session, expert.profession, [search.case.id for search in found])
    return tuple(_search_line(search, wanted.get(search.case.id, {}), expert) for search in found)


def _search_line(search: Search, wanted: Mapping[str, object], expert: Expert) -> SearchLine:
    town = search.case.town
    return SearchLine(
        task_id=search.task.id,
        field=str(wanted.get("field") or ""),
        town=town,
        serves_town=not expert.towns or town in expert.towns,
        round=search.round,
        asked=len(search.asked),
        since=search.task.created_at,
        due_at=search.task.due_at,
    )


def _wanted(session: Session, profession: str, case_ids: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    """What the newest ranking of each case was asked for."""
    query = select(ExpertRanking.case_id, ExpertRanking.wanted).where(
        ExpertRanking.profession == profession, ExpertRanking.case_id.in_(case_ids)
    )
    return dict(session.execute(query.order_by(ExpertRanking.ranked_at)).all())


def _lost(session: Session, actor: Actor, now: datetime) -> tuple[LostLine, ...]:
    mine = (ExpertOffer.person_id == actor.person_id, ExpertOffer.outcome == OfferOutcome.SUPERSEDED)
    query = select(ExpertOffer).where(*mine, ExpertOffer.outcome_at > now - SHOWN_FOR)
    offers = list(session.scalars(query.order_by(ExpertOffer.outcome_at.desc()).limit(10)))
    taken = (
        select(ExpertOffer.case_id, ExpertOffer.profession, Person.name, Case.number)
        .join(Person, Person.id == ExpertOffer.person_id)
        .join(Case, Case.id == ExpertOffer.case_id)
        .where(ExpertOffer.case_id.in_([o.case_id for o in offers]), ExpertOffer.outcome == OfferOutcome.ACCEPTED)
    )
    by = {(row.case_id, row.profession): row for row in session.execute(taken)}
    return tuple(
        LostLine(case_number=row.number, taken_by=row.name, at=offer.outcome_at or now)
        for offer in offers
        if (row := by.get((offer.case_id, offer.profession))) is not None
    )


def _cases(session: Session, actor: Actor, tasks: Iterable[TaskRow], at: Place) -> tuple[CaseLine, ...]:
    query = select(Case).join(Party, Party.case_id == Case.id).where(Party.person_id == actor.person_id, IS_EXPERT)
    found = session.scalars(query.where(Case.closed_at.is_(None)).order_by(Case.created_at, Case.id).limit(MOST))
    cases = list(dict.fromkeys(found))
    leads = {case.id for case in cases if actor.username in (case.parties.get(LEAD_EXPERT) or {})}
    mine: dict[str, list[TaskRow]] = {}
    for task in tasks:
        mine.setdefault(task.case_id, []).append(task)
    spots = tasks_for_the_spot(session, actor, [case.id for case in cases], catalogue=at.catalogue, now=at.now)
    return tuple(
        CaseLine(case=row, is_lead=row.id in leads, tasks=tuple(mine.get(row.id, ())), spots=spots.get(row.id, ()))
        for row in case_rows(session, cases, catalogue=at.catalogue)
    )


def _visits(session: Session, actor: Actor, cases: Sequence[CaseRow], now: datetime) -> tuple[VisitLine, ...]:
    """Those that are still to be recorded, in the order of their time; of a team's visit each expert has their own."""
    rows = {case.id: case for case in cases}
    query = select(UserTask).where(UserTask.case_id.in_(list(rows)), UserTask.meeting_at.is_not(None))
    query = query.where(UserTask.state.in_(_OPEN), UserTask.meeting_at > now - timedelta(days=30))
    found: dict[tuple[str, datetime], UserTask] = {}
    for task in session.scalars(query.order_by(UserTask.meeting_at, UserTask.id)):
        assert task.meeting_at is not None
        at = (task.case_id, task.meeting_at)
        if at not in found or task.assignee_id == actor.person_id:
            found[at] = task
    return tuple(_visit(rows[case_id], at, task, actor) for (case_id, at), task in found.items())


def _visit(case: CaseRow, at: datetime, task: UserTask, actor: Actor) -> VisitLine:
    return VisitLine(
        case_id=case.id,
        case_number=case.number,
        title=case.enterprise or case.title,
        at=at,
        place=task.meeting_place,
        task_id=task.id if task.assignee_id == actor.person_id else None,
    )
