"""Why a case was offered to whom: every ranking as it was kept, with the excluded, and what became of the offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.errors import NotFound
from engine.model import Case, ExpertOffer, ExpertRanking, Person
from engine.permissions import is_in_charge, must_be_in_charge
from engine.queries.seeing import readable_case

_HEAD = (
    ExpertRanking.id, ExpertRanking.profession, ExpertRanking.round, ExpertRanking.ranked_at, ExpertRanking.eligible,
    ExpertRanking.sha256,
)  # fmt: skip


class RankingNotFound(NotFound):
    """There is no such ranking of experts in this case."""


@dataclass(frozen=True, kw_only=True)
class RankingRow:
    id: str
    profession: str
    round: int
    ranked_at: datetime
    eligible: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class OfferRow:
    """`rank` is None for whom the coordinator chose; `reason` is why it was declined or why they stood aside."""

    username: str
    name: str
    ranking_id: str | None
    profession: str
    round: int
    rank: int | None
    offered_at: datetime
    outcome: str
    outcome_at: datetime | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class DispatchGrounds:
    """`chosen` is the ranking whose `entries` are shown, `wanted` what it was asked for; `next` goes on behind them."""

    rankings: tuple[RankingRow, ...]
    offers: tuple[OfferRow, ...]
    chosen: RankingRow | None = None
    wanted: Mapping[str, Any]
    entries: Sequence[Mapping[str, Any]] = ()
    total: int = 0
    next: int | None = None


def has_grounds(session: Session, actor: Actor, case_id: str, *, catalogue: Catalogue) -> bool:
    """Whether there is something to show to this reader. Raises CaseNotFound."""
    case = readable_case(session, actor, case_id)
    if not is_in_charge(actor, _overseers(session, case, catalogue), town=case.town):
        return False
    return session.scalar(select(ExpertOffer.id).where(ExpertOffer.case_id == case_id).limit(1)) is not None


def dispatch_grounds(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    catalogue: Catalogue,
    ranking_id: str | None = None,
    behind: int = 0,
    limit: int = 50,
) -> DispatchGrounds:
    """The newest ranking, or the one that is named; a ranking never changes, so a page goes on behind a place in it.

    Raises CaseNotFound, RankingNotFound, and NotInCharge for who may read the case and is not in charge of it.
    """
    case = readable_case(session, actor, case_id)
    must_be_in_charge(actor, _overseers(session, case, catalogue), town=case.town)
    rankings, offers = _rankings(session, case_id), _offers(session, case_id)
    if ranking_id is not None and ranking_id not in {row.id for row in rankings}:
        raise RankingNotFound(ranking_id=ranking_id)
    chosen = next((row for row in rankings if ranking_id in (None, row.id)), None)
    if chosen is None:
        return DispatchGrounds(rankings=(), offers=offers, wanted={})
    kept = session.get_one(ExpertRanking, chosen.id)
    end = max(behind, 0) + limit
    return DispatchGrounds(
        rankings=rankings,
        offers=offers,
        chosen=chosen,
        wanted=kept.wanted,
        entries=kept.entries[max(behind, 0) : end],
        total=len(kept.entries),
        next=end if end < len(kept.entries) else None,
    )


def _overseers(session: Session, case: Case, catalogue: Catalogue) -> Sequence[str]:
    return catalogue.bundle(session, case.deployment_id).process.oversight_groups


def _rankings(session: Session, case_id: str) -> tuple[RankingRow, ...]:
    query = select(*_HEAD).where(ExpertRanking.case_id == case_id)
    query = query.order_by(ExpertRanking.ranked_at.desc(), ExpertRanking.round.desc(), ExpertRanking.id)
    return tuple(RankingRow(**row._mapping) for row in session.execute(query))


def _offers(session: Session, case_id: str) -> tuple[OfferRow, ...]:
    query = select(ExpertOffer, Person).join(Person, Person.id == ExpertOffer.person_id)
    query = query.where(ExpertOffer.case_id == case_id)
    query = query.order_by(ExpertOffer.offered_at.desc(), ExpertOffer.round.desc(), ExpertOffer.rank, ExpertOffer.id)
    return tuple(_offer(offer, person) for offer, person in session.execute(query))


def _offer(offer: ExpertOffer, person: Person) -> OfferRow:
    return OfferRow(
        username=person.username,
        name=person.name,
        ranking_id=offer.ranking_id,
        profession=offer.profession,
        round=offer.round,
        rank=offer.rank,
        offered_at=offer.offered_at,
        outcome=offer.outcome,
        outcome_at=offer.outcome_at,
        reason=offer.reason,
    )
