"""The whole board in one reading."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.actor import Actor
from engine.catalogue import Catalogue
from engine.queries.dispatch_board.experts import (
    ExpertLoad,
    ProfessionSupply,
    expert_load,
    may_see_experts,
    profession_supply,
)
from engine.queries.dispatch_board.offers import WaitingOffers, waiting_offers
from engine.queries.dispatch_board.period import PeriodFigures, period_figures
from engine.queries.dispatch_board.scope import PERIOD_DAYS, board_for
from engine.queries.dispatch_board.stages import OpenRequests, by_stage, open_counts
from engine.queries.dispatch_board.towns import TownCount, by_town
from engine.queries.paging import Page


@dataclass(frozen=True, kw_only=True)
class DispatchBoard:
    """`experts` and `professions` are None for who may not read the register of experts."""

    towns_in_scope: tuple[str, ...] | None
    period_days: int
    requests: OpenRequests
    towns: tuple[TownCount, ...]
    offers: WaitingOffers
    period: PeriodFigures
    experts: Page[ExpertLoad] | None
    professions: tuple[ProfessionSupply, ...] | None


def dispatch_board(
    session: Session,
    actor: Actor,
    *,
    catalogue: Catalogue,
    now: datetime,
    order: str = "name",
    cursor: str | None = None,
    limit: int = 20,
) -> DispatchBoard:
    """`order`, `cursor` and `limit` are those of the experts. Raises NotInGroup, CursorUnreadable, ProcessUnknown."""
    board = board_for(session, actor, catalogue=catalogue, now=now)
    counts = open_counts(board)
    period, reads = period_figures(board), may_see_experts(board)
    return DispatchBoard(
        towns_in_scope=board.towns,
        period_days=PERIOD_DAYS,
        requests=by_stage(board, counts),
        towns=by_town(board, counts),
        offers=waiting_offers(board),
        period=period,
        experts=expert_load(board, order=order, cursor=cursor, limit=limit) if reads else None,
        professions=profession_supply(board) if reads else None,
    )
