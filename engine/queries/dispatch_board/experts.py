"""How busy the experts are, by name or by load, and which professions have nobody left to send."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, and_, case, cast, distinct, func, or_, select

from engine.context import CITY_TIME
from engine.experts import reads_experts, warned_before
from engine.model import Case, Expert, ExpertOffer, ExpertRanking, Party, Person
from engine.model.expert import ExpertStatus, Profession
from engine.model.expert_offer import OfferOutcome
from engine.model.party import EXPERT, LEAD_EXPERT
from engine.queries.dispatch_board.scope import Board
from engine.queries.paging import Page, page_of

ORDERS = ("name", "load")
_SEARCHING = "dispatch"


@dataclass(frozen=True, kw_only=True)
class ExpertLoad:
    """`why_not` is why nobody may dispatch them today, `ends_soon` when licence or term ends, where that is near.

    Nothing of what enterprises said about them is here.
    """

    id: str
    name: str
    profession: str
    open: int
    max_open: int
    why_not: str | None
    absent_until: date | None
    ends_soon: date | None


@dataclass(frozen=True)
class ProfessionSupply:
    """`available` can be sent today and have `places` left; `waiting` requests of the scope wait for an answer.

    `unfound` are open requests for which the newest search found nobody.
    """

    profession: str
    available: int
    places: int
    waiting: int
    unfound: int

    @property
    def is_short(self) -> bool:
        return self.places == 0 or self.places < self.waiting or self.unfound > 0


def may_see_experts(board: Board) -> bool:
    """The register is for those who read it; a 联企干部 sees the experts in the file of each request."""
    return reads_experts(board.actor)


def expert_load(board: Board, *, order: str = "name", cursor: str | None = None, limit: int = 20) -> Page[ExpertLoad]:
    """Those who are in office. Raises NotInGroup where the register is not for the reader's eyes."""
    busy = _busy()
    open_ones = func.coalesce(busy.c.open, 0)
    query = select(Expert, Person.name, open_ones).join(Person, Person.id == Expert.person_id)
    query = query.outerjoin(busy, busy.c.person_id == Expert.person_id).where(Expert.status != ExpertStatus.DISMISSED)
    key: tuple[tuple[Any, type], ...] = ((Person.name, str), (Person.id, str))
    if order == "load":  # the busiest first: a list goes one way, so it climbs from the most negative
        key = ((-(open_ones * 1000 // Expert.max_open), int), *key)
    page = page_of(board.session, query, *key, cursor=cursor, limit=limit)
    today = board.now.astimezone(CITY_TIME).date()
    soon = today + warned_before(board.session, today)
    return page.of(_load(row, today, soon) for row in page.items)


def profession_supply(board: Board) -> tuple[ProfessionSupply, ...]:
    today = board.now.astimezone(CITY_TIME).date()
    busy, free = _busy(), _can_be_sent(today)
    left = case((and_(free, Expert.max_open > func.coalesce(busy.c.open, 0)),
                 Expert.max_open - func.coalesce(busy.c.open, 0)), else_=0)  # fmt: skip
    query = select(Expert.profession, func.sum(cast(free, Integer)), func.sum(left))
    query = query.outerjoin(busy, busy.c.person_id == Expert.person_id).group_by(Expert.profession)
    known = {profession: (int(able), int(places)) for profession, able, places in board.session.execute(query)}
    waiting, unfound = _waiting(board), _unfound(board)
    return tuple(
        ProfessionSupply(one, *known.get(one, (0, 0)), waiting.get(one, 0), unfound.get(one, 0)) for one in Profession
    )


def _busy() -> Any:
    """How many open cases everybody works on; from the few that are open, not from all there ever were."""
    query = select(Party.person_id, func.count(distinct(Party.case_id)).label("open"))
    query = query.join(Case, Case.id == Party.case_id).where(Case.closed_at.is_(None))
    return query.where(Party.role.in_((EXPERT, LEAD_EXPERT))).group_by(Party.person_id).subquery()


def _can_be_sent(today: date) -> Any:
    """In SQL what `Expert.why_not_on` says."""
    return and_(
        Expert.status == ExpertStatus.ACTIVE,
        Expert.term_from <= today,
        Expert.term_to >= today,
        Expert.licence_until >= today,
        or_(Expert.absent_from.is_(None), Expert.absent_from > today, Expert.absent_until < today),
    )


def _load(row: Any, today: date, soon: date) -> ExpertLoad:
    expert, name, open_ones = row
    is_near = today <= expert.ends_on <= soon
    return ExpertLoad(
        id=expert.person_id, name=name, profession=expert.profession, open=int(open_ones), max_open=expert.max_open,
        why_not=expert.why_not_on(today), absent_until=expert.absent_until if expert.is_absent_on(today) else None,
        ends_soon=expert.ends_on if is_near else None,
    )  # fmt: skip


def _waiting(board: Board) -> dict[str, int]:
    query: Select[Any] = select(ExpertOffer.profession, func.count(ExpertOffer.case_id.distinct()))
    out = (ExpertOffer.profession.in_(tuple(Profession)), ExpertOffer.outcome == OfferOutcome.OFFERED)
    query = query.join(Case, Case.id == ExpertOffer.case_id).where(board.open_requests, *out)
    return dict(board.session.execute(query.group_by(ExpertOffer.profession)).all())


def _unfound(board: Board) -> dict[str, int]:
    """Open requests whose newest ranking of a profession had nobody who could be asked."""
    latest = (ExpertRanking.ranked_at.desc(), ExpertRanking.round.desc())
    place = func.row_number().over(partition_by=(ExpertRanking.case_id, ExpertRanking.profession), order_by=latest)
    newest = select(ExpertRanking.profession, ExpertRanking.eligible, place.label("place"))
    newest = newest.join(Case, Case.id == ExpertRanking.case_id).where(board.open_requests, Case.stage == _SEARCHING)
    found = newest.subquery()
    query = select(found.c.profession, func.count()).where(found.c.place == 1, found.c.eligible == 0)
    return dict(board.session.execute(query.group_by(found.c.profession)).all())
